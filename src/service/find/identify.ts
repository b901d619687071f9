// Which versions hold the bytes of given files. Hashes them, and stores nothing.
import type { Digest } from "../../core/digest.ts";
import { CairnError, isCairnError, type Problem } from "../../core/errors.ts";
import type { Identified, IdentifyProgress } from "../../protocol/find-api.ts";
import type { FileId, StageRequest } from "../../protocol/ingest.ts";
import { inLanes } from "../care/lanes.ts";
import type { Ctx } from "../context.ts";
import { failureOf } from "../hash-files.ts";
import { findReadProblem } from "../ingest/stage-large.ts";
import { readProblem } from "../ingest/stage-small.ts";
import { WaitingFiles } from "../ingest/units.ts";
import type { FileCatalog } from "./file-catalog.ts";
import { IdentifyMeter } from "./identify-meter.ts";
import { placesOf } from "./places.ts";

/** What hashing a file gave. */
type Outcome = { readonly digest: Digest } | { readonly problem: Problem };

/**
 * Hashes the files and looks their digests up among all versions, live or in the trash.
 *
 * @param places the most to answer for each file
 * @throws CairnError `aborted`, storage errors
 */
export async function identify(
  ctx: Ctx,
  files: FileCatalog,
  requests: readonly StageRequest[],
  places: number,
  onProgress: (progress: IdentifyProgress) => void,
  signal: AbortSignal,
): Promise<readonly Identified[]> {
  const meter = new IdentifyMeter(requests, onProgress);
  // What versions hold is read beside hashing; a failure of that is met below.
  const ready = files.whenReady((fraction) => meter.reading(fraction));
  ready.catch(() => undefined);
  const outcomes = await hashAll(ctx, requests, meter, signal);
  await unlessAborted(ready, signal);
  meter.finish();
  const digests = [...outcomes.values()].flatMap((of) => ("digest" in of ? [of.digest] : []));
  const known = await placesOf(ctx.db, files.index, digests, places, signal);
  return requests.map(({ id, path }): Identified => {
    const outcome = outcomes.get(id);
    if (outcome === undefined)
      throw new CairnError("internal", { reason: `${path} was not looked at` });
    if ("problem" in outcome) return { id, ...outcome };
    return { id, ...outcome, ...(known.get(outcome.digest) ?? { places: [], count: 0 }) };
  });
}

async function hashAll(
  ctx: Ctx,
  requests: readonly StageRequest[],
  meter: IdentifyMeter,
  signal: AbortSignal,
): Promise<ReadonlyMap<FileId, Outcome>> {
  const outcomes = new Map<FileId, Outcome>();
  await inLanes(ctx.pool.size, tasksOf(requests), async ({ isSmall, group }) => {
    signal.throwIfAborted();
    if (isSmall) {
      for (const [id, outcome] of await hashSmall(ctx, group)) outcomes.set(id, outcome);
    } else
      for (const request of group)
        outcomes.set(request.id, await hashLarge(ctx, request, meter, signal));
    meter.count(group);
  });
  return outcomes;
}

/** Small files in groups, which are read at once; large ones each by itself. */
function* tasksOf(requests: readonly StageRequest[]): Generator<{
  readonly isSmall: boolean;
  readonly group: readonly StageRequest[];
}> {
  const waiting = new WaitingFiles();
  waiting.add(requests);
  for (let unit = waiting.take(); unit !== undefined; unit = waiting.take())
    if (unit.kind === "small") yield { isSmall: true, group: unit.requests };
    else for (const request of unit.requests) yield { isSmall: false, group: [request] };
}

async function hashSmall(
  ctx: Ctx,
  group: readonly StageRequest[],
): Promise<readonly (readonly [FileId, Outcome])[]> {
  const { files } = await ctx.pool.readAndHash(group);
  return Promise.all(
    group.map(async (request, i): Promise<readonly [FileId, Outcome]> => {
      const { id, path } = request;
      const file = files[i];
      if (file === undefined || "failed" in file) return [id, { problem: readProblem(path, file) }];
      const problem = request.sizeBytes === 0 ? await problemOfEmpty(request) : null;
      return [id, problem === null ? { digest: file.digest } : { problem }];
    }),
  );
}

/** A file that was deleted before its size was asked for looks like an empty one, until it is read. */
async function problemOfEmpty({ file, path }: StageRequest): Promise<Problem | null> {
  try {
    const { byteLength } = await file.arrayBuffer();
    return byteLength === 0 ? null : { code: "file_changed", data: { path } };
  } catch (error) {
    return readProblem(path, { failed: failureOf(error) });
  }
}

async function hashLarge(
  ctx: Ctx,
  request: StageRequest,
  meter: IdentifyMeter,
  signal: AbortSignal,
): Promise<Outcome> {
  const { file, id, path, sizeBytes } = request;
  try {
    if (file.size !== sizeBytes) return { problem: { code: "file_changed", data: { path } } };
    const onBytes = (done: number): void => meter.advance(id, done);
    return { digest: await ctx.pool.hashBlob(file, onBytes, signal) };
  } catch (error) {
    if (signal.aborted || isCairnError(error, "worker_lost")) throw error;
    return {
      problem: (await findReadProblem(request)) ?? readProblem(path, { failed: "unreadable" }),
    };
  }
}

/** Waits no longer than until the signal says so. */
async function unlessAborted(waited: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new CairnError("aborted", {}));
  });
  signal.addEventListener("abort", stop, { once: true });
  try {
    await Promise.race([waited, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
