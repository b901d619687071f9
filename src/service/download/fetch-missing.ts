// What to do about a blob that is not here: it is brought from the remote [U5].
import { CairnError } from "../../core/errors.ts";
import type { FileEntry } from "../../core/manifest.ts";
import { PROGRESS_INTERVAL_MS } from "../../protocol/jobs.ts";
import type { Fetching } from "../../protocol/downloads.ts";
import type { RemoteBytes } from "../../protocol/remote.ts";
import type { Ctx } from "../context.ts";

/**
 * Fetches, checks and stores a blob, with those that lie in the same file of the remote.
 *
 * @param why what is known of the copy here
 * @param onFetch told how far it is, at most ten times a second
 * @throws CairnError `blob_missing` or `digest_mismatch` when no other copy can be had, `remote_failed`,
 *   `aborted`, what the remote throws
 */
export async function fetchMissing(
  ctx: Ctx,
  entry: FileEntry,
  why: "missing" | "corrupt",
  signal: AbortSignal,
  onFetch: (fetching: Fetching) => void = () => undefined,
): Promise<void> {
  const { digest, path } = entry;
  const file = (await ctx.remote?.locate(digest)) ?? null;
  if (file === null) {
    if (why === "corrupt") throw new CairnError("digest_mismatch", { digest, path });
    const lastKnown = (await ctx.remote?.lastKnown(digest)) ?? null;
    throw new CairnError("blob_missing", { digest, path, lastKnown });
  }
  // Most browsers have all their bytes.
  const [{ bringOnce }, { wrongBytes }] = await Promise.all([
    import("./bring-once.ts"),
    import("./bring-here.ts"),
  ]);
  const here = await bringOnce(ctx, file, signal, telling(file, onFetch));
  if (!here.has(digest)) throw wrongBytes(file);
}

function telling(
  { label: from, sizeBytes: totalBytes }: RemoteBytes,
  onFetch: (fetching: Fetching) => void,
): (bytes: number) => void {
  let doneBytes = 0;
  let toldAt = performance.now();
  onFetch({ from, doneBytes, totalBytes });
  return (bytes) => {
    doneBytes += bytes;
    const at = performance.now();
    if (at - toldAt < PROGRESS_INTERVAL_MS) return;
    toldAt = at;
    onFetch({ from, doneBytes, totalBytes });
  };
}
