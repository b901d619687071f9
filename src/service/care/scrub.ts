// The background check: re-reads the whole store a little at a time while nothing else happens [U4].
import { CairnError, problemOf, type Problem } from "../../core/errors.ts";
import type { LastScrub } from "../../protocol/care-api.ts";
import type { CheckRecord, Database, PackKey } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { checkPack } from "./check-pack.ts";
import { replaceCheck } from "./checks.ts";
import { committedPacks } from "./pack-walk.ts";

/** Held during a step, so that one tab scrubs at a time. */
const SCRUB_LOCK = "cairn-scrub";
/** After a whole pass, the next begins this much later than it did. */
const PASS_INTERVAL_MS = 7 * 86_400_000;
const STEP_BYTES = 64 * 1024 * 1024;

export interface ScrubOptions {
  /** Resolves after a pause, once nothing else is being done; asked before each step. */
  readonly idle: () => Promise<void>;
  /** True while files are being staged: a step ends at once then. */
  readonly isBusy: () => boolean;
  /** Bytes read in one step, give or take a pack. */
  readonly stepBytes?: number;
}

export interface Scrub {
  /** Ends it, also in the middle of a large file. The next start goes on where it was. */
  stop(): void;
  /** Never rejects: resolves after {@link Scrub.stop} with `null`, or with what made it give up. */
  readonly ended: Promise<Problem | null>;
}

/** Scrubs until stopped. A corrupt blob is set aside; one that can't even be read ends the scrub. */
export function startScrub(ctx: Ctx, options: ScrubOptions): Scrub {
  const abort = new AbortController();
  const { signal } = abort;
  const stopped = new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  const run = async (): Promise<null> => {
    for (;;) {
      await Promise.race([options.idle(), stopped]);
      if (signal.aborted) return null;
      if (!options.isBusy())
        await ctx.locks.tryWith(SCRUB_LOCK, () => scrubStep(ctx, options, signal));
    }
  };
  return {
    stop: () => abort.abort(),
    ended: run().catch((error: unknown) => (signal.aborted ? null : problemOf(error))),
  };
}

/** When the whole store was last checked, and how much of it is damaged. */
export function lastScrub(db: Database): Promise<LastScrub> {
  return withRead(db, ["checks", "quarantine"], async (tx) => {
    const [check, damaged] = await Promise.all([
      tx.objectStore("checks").get("all"),
      tx.objectStore("quarantine").count(),
    ]);
    return { verifiedAt: check?.verifiedAt ?? null, damaged };
  });
}

/** Goes on with the pass under way, or begins one when it is time. */
async function scrubStep(ctx: Ctx, options: ScrubOptions, signal: AbortSignal): Promise<void> {
  const read = await readCheck(ctx.db);
  const now = ctx.now();
  if (read?.pass === undefined && !isDue(read, now)) return;
  const startedAt = read?.pass?.startedAt ?? now;
  const from = read?.pass?.after ?? null;
  const { last, isEnd } = await checkSome(ctx, options, from, signal);
  if (isEnd) await replaceCheck(ctx.db, read, { verifiedAt: startedAt });
  else if (last !== null && last !== from)
    await replaceCheck(ctx.db, read, {
      verifiedAt: read?.verifiedAt ?? null,
      pass: { startedAt, after: last },
    });
}

/** Checks packs after a place until the step is full, or something else is to be done. */
async function checkSome(
  ctx: Ctx,
  { isBusy, stepBytes = STEP_BYTES }: ScrubOptions,
  from: PackKey | null,
  signal: AbortSignal,
): Promise<{ readonly last: PackKey | null; readonly isEnd: boolean }> {
  const halt = new AbortController();
  const stop = (): void => halt.abort();
  const stopIfBusy = (): void => {
    if (isBusy()) halt.abort();
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  let last = from;
  let bytes = 0;
  try {
    for await (const { key, record } of committedPacks(ctx.db, from)) {
      stopIfBusy();
      if (halt.signal.aborted || bytes >= stepBytes) return { last, isEnd: false };
      const findings = await checkPack(ctx, key, null, halt.signal, stopIfBusy);
      for (const { problem } of findings)
        if (problem?.code === "storage_failed") throw new CairnError(problem.code, problem.data);
      last = key;
      bytes += record.sizes.reduce((sum, size) => sum + size, 0);
    }
    return { last, isEnd: true };
  } catch (error) {
    if (halt.signal.aborted) return { last, isEnd: false };
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function isDue(check: CheckRecord | undefined, now: string): boolean {
  const last = check?.verifiedAt ?? null;
  return last === null || Date.parse(now) - Date.parse(last) >= PASS_INTERVAL_MS;
}

function readCheck(db: Database): Promise<CheckRecord | undefined> {
  return withRead(db, ["checks"], (tx) => tx.objectStore("checks").get("all"));
}
