// Files of a remote brought here once for all who want them at the same time, such as previews of one pack's files [U5].
import { CairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import type { RemoteBytes } from "../../protocol/remote.ts";
import type { Database } from "../../store/schema.ts";
import type { Ctx } from "../context.ts";
import { bringHere } from "./bring-here.ts";

type Told = (bytes: number) => void;

interface UnderWay {
  readonly here: Promise<ReadonlySet<Digest>>;
  readonly end: AbortController;
  /** Who waits, each told the bytes that arrive. */
  readonly waiting: Set<Told>;
  doneBytes: number;
}

const underWay = new WeakMap<Database, Map<string, UnderWay>>();

/**
 * As `bringHere`, with whoever brings the same file already. It ends when nobody waits for it any more.
 *
 * @param onBytes told first what arrived before
 * @throws CairnError what `bringHere` throws
 */
export async function bringOnce(
  ctx: Ctx,
  file: RemoteBytes,
  signal: AbortSignal,
  onBytes: Told,
): Promise<ReadonlySet<Digest>> {
  if (signal.aborted) throw new CairnError("aborted", {});
  const files = underWay.get(ctx.db) ?? new Map<string, UnderWay>();
  underWay.set(ctx.db, files);
  const shared = files.get(file.sha256) ?? begin(ctx, file, files);
  const told: Told = (bytes) => onBytes(bytes);
  shared.waiting.add(told);
  if (shared.doneBytes > 0) told(shared.doneBytes);
  try {
    return await Promise.race([shared.here, whenAborted(signal, shared.here)]);
  } finally {
    shared.waiting.delete(told);
    if (shared.waiting.size === 0) {
      // Who comes from now on begins anew.
      if (files.get(file.sha256) === shared) files.delete(file.sha256);
      shared.end.abort();
    }
  }
}

function begin(ctx: Ctx, file: RemoteBytes, files: Map<string, UnderWay>): UnderWay {
  const end = new AbortController();
  const waiting = new Set<Told>();
  const shared: UnderWay = {
    here: bringHere(ctx, file, end.signal, (bytes) => {
      shared.doneBytes += bytes;
      for (const told of waiting) told(bytes);
    }),
    end,
    waiting,
    doneBytes: 0,
  };
  files.set(file.sha256, shared);
  return shared;
}

/** Rejects when it is aborted; listens no longer than the other takes. */
function whenAborted(signal: AbortSignal, other: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(new CairnError("aborted", {}));
    const stop = (): void => signal.removeEventListener("abort", abort);
    // It may have been while the other began.
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort);
    other.then(stop, stop);
  });
}
