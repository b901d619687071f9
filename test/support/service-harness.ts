// A whole store service over a fresh database, with hashing in this thread: for rules and for real browsers alike.
import { createHubTokens } from "../../src/service/hub-tokens.ts";
import { ulid } from "ulid";
import { createHasher } from "../../src/hash/hasher.ts";
import type { ChangeNotice } from "../../src/protocol/changes.ts";
import type { FileId, IngestNotice, LogResult, StageRequest } from "../../src/protocol/ingest.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import type { DraftInput } from "../../src/core/draft.ts";
import type { IngestUid, Uid, VersionRef } from "../../src/core/records.ts";
import type { Ctx } from "../../src/service/context.ts";
import { createHashPool } from "../../src/service/hash-pool.ts";
import { createHashService } from "../../src/service/hash-files.ts";
import type { Locks } from "../../src/service/locks.ts";
import { createService, type Service } from "../../src/service/service.ts";
import { openDatabase } from "../../src/store/open.ts";
import { memoryLocks } from "./memory-locks.ts";

export interface Harness {
  readonly ctx: Ctx;
  readonly service: Service;
  readonly api: StoreApi;
  readonly notices: ChangeNotice[];
  /** Closes this connection, as a closed tab does; its locks end when `locks` says so. */
  close(): void;
}

/** One pool for all harnesses: it queues, and compiling its WebAssembly takes longer than most tests. */
let shared: Promise<Pick<Ctx, "hasher" | "pool">> | undefined;

async function startHashing(): Promise<Pick<Ctx, "hasher" | "pool">> {
  const workers = await Promise.all([createHasher(), createHasher()]);
  return { hasher: await createHasher(), pool: createHashPool(workers.map(createHashService)) };
}

/** Opens a service. Harnesses with one `name` and one `locks` are tabs of one browser. */
export async function openHarness(
  name: string = ulid(),
  options: {
    readonly locks?: Locks;
    readonly storesBlobs?: boolean;
    readonly ctx?: Partial<Ctx>;
  } = {},
): Promise<Harness> {
  const db = await openDatabase({ name, onClosed: () => undefined });
  const notices: ChangeNotice[] = [];
  const hashing = await (shared ??= startHashing());
  const ctx: Ctx = {
    db,
    ...hashing,
    locks: options.locks ?? memoryLocks(),
    storesBlobs: options.storesBlobs ?? true,
    remote: null,
    hubTokens: createHubTokens(),
    letBlobsGo: () => undefined,
    actor: "device:test",
    now: () => new Date().toISOString(),
    newUid: <Kind extends string>() => ulid() as Uid<Kind>,
    notify: (notice) => notices.push(notice),
    ...options.ctx,
  };
  const service = createService(ctx);
  return { ctx, service, api: service.api, notices, close: () => db.close() };
}

/** Files by path: text or bytes. */
export type Files = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;

/** Turns paths and contents into what the page sends. */
export function stageRequests(files: Files): readonly StageRequest[] {
  return Object.entries(files).map(([path, content], id) => {
    const file = new File([content], path.split("/").at(-1) ?? path, {
      lastModified: 1_700_000_000_000,
    });
    return { id, file, path, sizeBytes: file.size, modifiedMs: file.lastModified };
  });
}

/** A draft with every field filled in. */
export function aDraft(input: Partial<DraftInput> = {}): DraftInput {
  return {
    project: "digits",
    name: "net",
    type: "model",
    description: "",
    metadata: "",
    aliases: [],
    run: "",
    ...input,
  };
}

export interface OpenDraft {
  readonly ingest: IngestUid;
  readonly notices: IngestNotice[];
  readonly entries: { readonly fileIds: Uint32Array; readonly paths: readonly string[] };
}

/** Opens an ingest and stages files, without waiting for them. */
export async function stage(api: StoreApi, files: Files): Promise<OpenDraft> {
  const notices: IngestNotice[] = [];
  const ingest = await api.openIngest((notice) => notices.push(notice));
  const requests = stageRequests(files);
  await api.stageFiles(ingest, requests);
  const fileIds = Uint32Array.from(requests, ({ id }): FileId => id);
  return { ingest, notices, entries: { fileIds, paths: requests.map(({ path }) => path) } };
}

/** As {@link stage}, and waits until every file is staged. */
export async function stageWhole(api: StoreApi, files: Files): Promise<OpenDraft> {
  const draft = await stage(api, files);
  await api.compareDraft(draft.ingest, { project: "none", name: "none" }, draft.entries);
  return draft;
}

/** Stages files and commits them. */
export async function log(
  api: StoreApi,
  files: Files,
  draft: Partial<DraftInput> = {},
): Promise<LogResult> {
  const { ingest, entries } = await stage(api, files);
  return api.commitDraft(ingest, aDraft(draft), entries);
}

/** How a page names what was logged. */
export function refOf({ project, name, version }: LogResult): VersionRef {
  return { project, name, number: version.number };
}
