// Logs an artifact: its files are staged, then committed as one version.
import type { DraftInput } from "../../core/draft.ts";
import { CairnError } from "../../core/errors.ts";
import type { RunUid } from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import type { LogResult, StageRequest } from "../../protocol/ingest.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import type { Artifact } from "./artifact.ts";
import { freeze, release, takeDraft, type DraftParts } from "./artifact-internals.ts";
import { connection } from "./connection.ts";
import { FoundVersion } from "./found-version.ts";

/** How far logging is. */
export interface LogProgress {
  readonly filesTotal: number;
  /** Bytes read, hashed and stored. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** How to log. */
export interface LogOptions {
  /** Aliases to put on the version, whether it is new or known. */
  readonly aliases?: readonly string[];
  /** Tags for a new version. */
  readonly tags?: readonly string[];
  /** Called at most ten times a second. */
  readonly onProgress?: (progress: LogProgress) => void;
  /** Cancels: nothing is kept then. */
  readonly signal?: AbortSignal;
}

const FILES_PER_MESSAGE = 500;

/**
 * Logs a draft under a project. The same content as a known version's is that version. The draft
 * is frozen from here on, and is one again when this fails.
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
  const draft = takeDraft(artifact);
  try {
    const { store } = await connection();
    const result = await stageAndCommit(store, artifact, draft, project, run, options);
    const { name, version } = result;
    const [detail, manifest] = await Promise.all([
      store.getVersion(result.project, name, formatVersion(version.number)),
      store.getManifest(version.digest),
    ]);
    const { created, detailsIgnored, healed, twinInTrash: twin } = result;
    const twinInTrash =
      twin === null ? null : { version: formatVersion(twin.number), trash: twin.trash };
    const outcome = { created, detailsIgnored, healed, twinInTrash };
    freeze(artifact, new FoundVersion(detail, manifest, outcome));
  } catch (error) {
    release(artifact);
    throw error;
  }
}

async function stageAndCommit(
  store: StoreApi,
  artifact: Artifact,
  { contents, description, metadata }: DraftParts,
  project: string,
  run: RunUid | null,
  options: LogOptions,
): Promise<LogResult> {
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
  return commit(store, input, requests, contents, options);
}

async function commit(
  store: StoreApi,
  input: DraftInput,
  requests: readonly StageRequest[],
  contents: DraftParts["contents"],
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
    // A signal that fired while the ingest was opened fires no more.
    if (isAborted(signal)) throw new CairnError("aborted", {});
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
    // Nothing of it is left when the caller hears; a second failure would only hide the first.
    await store.cancelIngest(ingest).catch(() => undefined);
    throw isAborted(signal) ? new CairnError("aborted", {}, { cause: error }) : error;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** Asked anew each time: a signal changes while a call runs. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
