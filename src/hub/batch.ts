// Asks which objects the repository lacks, and where it wants them.
import type { RemoteTarget } from "../core/sync/remote.ts";
import { BRANCH, gitOf } from "./addresses.ts";
import { kindOf, type Failures } from "./failures.ts";
import type { LfsObject, UploadPlan } from "./hub.ts";
import { inPool } from "./pool.ts";
import { jsonOf, type Wire } from "./wire.ts";

const LFS_JSON = "application/vnd.git-lfs+json";
const AT_ONCE = 4;
const MOST_OBJECTS = 100;

export const LFS_HEADERS = { Accept: LFS_JSON, "Content-Type": LFS_JSON } as const;

/** A plan for each object, in their order, however many there are. */
export async function planUploads(
  wire: Wire,
  target: RemoteTarget,
  objects: readonly LfsObject[],
  signal: AbortSignal,
): Promise<readonly UploadPlan[]> {
  const distinct = [...new Map(objects.map((object) => [object.sha256, object])).values()];
  const batches = Array.from({ length: Math.ceil(distinct.length / MOST_OBJECTS) }, (_, index) =>
    distinct.slice(index * MOST_OBJECTS, (index + 1) * MOST_OBJECTS),
  );
  const ask = (batch: readonly LfsObject[], inner: AbortSignal): Promise<readonly UploadPlan[]> =>
    askBatch(wire, target, batch, inner);
  const plans = (await inPool(batches, AT_ONCE, ask, signal)).flat();
  const bySha = new Map(plans.map((plan) => [plan.object.sha256, plan]));
  return objects.flatMap(({ sha256 }) => bySha.get(sha256) ?? []);
}

async function askBatch(
  wire: Wire,
  target: RemoteTarget,
  batch: readonly LfsObject[],
  signal: AbortSignal,
): Promise<readonly UploadPlan[]> {
  const answer = await wire.ask(
    {
      method: "POST",
      url: `${gitOf(target)}.git/info/lfs/objects/batch`,
      headers: LFS_HEADERS,
      isSigned: true,
      isRetried: true,
      body: JSON.stringify({
        operation: "upload",
        transfers: ["basic", "multipart"],
        hash_algo: "sha256",
        ref: { name: BRANCH },
        objects: batch.map(({ sha256, sizeBytes }) => ({ oid: sha256, size: sizeBytes })),
      }),
    },
    signal,
  );
  return readBatch(batch, jsonOf(answer, wire.failures), {
    failures: wire.failures,
    requestId: answer.headers.get("X-Request-Id"),
  });
}

interface BatchAnswer {
  readonly transfer?: unknown;
  readonly objects?: unknown;
}

interface ObjectAnswer {
  readonly oid?: unknown;
  readonly error?: { readonly code?: unknown; readonly message?: unknown } | null;
  readonly actions?: { readonly upload?: Action | null } | null;
}

interface Action {
  readonly href?: unknown;
  readonly header?: Readonly<Record<string, unknown>> | null;
}

interface Reading {
  readonly failures: Failures;
  readonly requestId: string | null;
}

function readBatch(
  batch: readonly LfsObject[],
  value: unknown,
  reading: Reading,
): readonly UploadPlan[] {
  const { transfer, objects } = (value ?? {}) as BatchAnswer;
  const rows = (Array.isArray(objects) ? objects : []) as readonly (ObjectAnswer | null)[];
  const byOid = new Map(rows.map((row) => [row?.oid, row]));
  return batch.map((object) => {
    const row = byOid.get(object.sha256);
    if (row === undefined || row === null) throw odd(reading, "An object was left out.");
    if (row.error) throw refused(row.error, reading);
    const upload = row.actions?.upload;
    if (!upload) return { kind: "present", object };
    if (transfer === "xet") throw reading.failures.failure("needs_xet", reading);
    return readAction(object, upload, reading);
  });
}

function readAction(object: LfsObject, { href, header }: Action, reading: Reading): UploadPlan {
  const url = readUrl(href, reading);
  const headers = Object.entries(header ?? {});
  if (header?.["chunk_size"] === undefined)
    return {
      kind: "basic",
      object,
      url,
      headers: Object.fromEntries(headers.map(([name, text]) => [name, String(text)])),
    };
  const chunkBytes = Number(header["chunk_size"]);
  const urls = headers
    .filter(([name]) => /^\d+$/.test(name))
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, part]) => readUrl(part, reading));
  if (!(chunkBytes > 0) || urls.length !== Math.ceil(object.sizeBytes / chunkBytes))
    throw odd(reading, "The parts don't make up the object.");
  return { kind: "multipart", object, chunkBytes, urls, completionUrl: url };
}

function readUrl(value: unknown, reading: Reading): string {
  if (typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value)) return value;
  throw odd(reading, "An address to upload to is none.");
}

function refused(
  { code, message }: NonNullable<ObjectAnswer["error"]>,
  { failures, requestId }: Reading,
): Error {
  const detail = typeof message === "string" ? message : "";
  return failures.failure(kindOf(Number(code), detail), { detail, requestId });
}

function odd({ failures, requestId }: Reading, detail: string): Error {
  return failures.failure("odd_answer", { detail, requestId });
}
