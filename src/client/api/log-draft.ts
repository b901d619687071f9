// Logs an artifact: its files are staged, then committed as one version.
import type { DraftInput } from "../../core/draft.ts";
import { CairnError } from "../../core/errors.ts";
import type { RunUid } from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import type { LogResult, StageRequest } from "../../protocol/ingest.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import { draftOf, freeze, type Artifact } from "./artifact.ts";
import { connection } from "./connection.ts";

/** How far logging is. */
export interface LogProgress {
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface LogOptions {
  /** Aliases to put on the version, whether it is new or known. */
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  readonly onProgress?: (progress: LogProgress) => void;
  readonly signal?: AbortSignal;
}

const FILES_PER_MESSAGE = 500;

/**
 * Logs a draft under a project. The same content as a known version's is that version.
 *
 * @param run the run that made it, or `null`
 * @throws CairnError `frozen`, `empty_artifact`, `type_mismatch`, `file_changed`, `file_unreadable`,
 *   `quota_exceeded`, `aborted`; nothing is kept then
 */
export async function logDraft(
  artifact: Artifact,
  project: string,
  run: RunUid | null,
  options: LogOptions,
): Promise<void> {
  const { contents, description, metadata } = draftOf(artifact);
  const { store } = await connection();
  const input: DraftInput = {
    project,
    name: artifact.name,
    type: artifact.type,
    description,
    metadata: JSON.stringify(metadata),
    aliases: options.aliases ?? [],
    tags: options.tags ?? [],
    run: "",
    runUid: run,
  };
  const requests = (await contents.files()).map(({ path, file }, id): StageRequest => ({
    id,
    file,
    path,
    sizeBytes: file.size,
    modifiedMs: file.lastModified,
  }));
  const result = await commit(store, input, requests, contents, options);
  const { name, version } = result;
  const [detail, manifest] = await Promise.all([
    store.getVersion(result.project, name, formatVersion(version.number)),
    store.getManifest(version.digest),
  ]);
  const { created, detailsIgnored, healed, twinInTrash: twin } = result;
  const twinInTrash =
    twin === null ? null : { version: formatVersion(twin.number), trash: twin.trash };
  freeze(artifact, {
    detail,
    manifest,
    outcome: { created, detailsIgnored, healed, twinInTrash },
  });
}

async function commit(
  store: StoreApi,
  input: DraftInput,
  requests: readonly StageRequest[],
  contents: ReturnType<typeof draftOf>["contents"],
  { onProgress, signal }: LogOptions,
): Promise<LogResult> {
  const bytesTotal = requests.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const filesTotal = requests.length;
  if (isAborted(signal)) throw new CairnError("aborted", {});
  const ingest = await store.openIngest(({ doneBytes }) =>
    onProgress?.({ filesTotal, bytesDone: doneBytes, bytesTotal }),
  );
  const cancel = (): void => void store.cancelIngest(ingest).catch(() => undefined);
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    const { base, references } = contents;
    if (base !== null) await store.startFrom(ingest, base.manifest);
    for (let from = 0; from < requests.length; from += FILES_PER_MESSAGE)
      await store.stageFiles(ingest, requests.slice(from, from + FILES_PER_MESSAGE));
    const entries = {
      fileIds: Uint32Array.from(requests, ({ id }) => id),
      paths: requests.map(({ path }) => path),
      references,
      ...(base !== null && { base }),
    };
    return await store.commitDraft(ingest, input, entries);
  } catch (error) {
    cancel();
    throw isAborted(signal) ? new CairnError("aborted", {}, { cause: error }) : error;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** Asked anew each time: a signal changes while a call runs. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
