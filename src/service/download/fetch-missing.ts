// What to do about a blob that is not here: it is brought from the remote [U5].
import { CairnError } from "../../core/errors.ts";
import type { FileEntry } from "../../core/manifest.ts";
import type { Ctx } from "../context.ts";

/**
 * Fetches, checks and stores a blob, with those that lie in the same file of the remote.
 *
 * @param why what is known of the copy here
 * @throws CairnError `blob_missing` or `digest_mismatch` when no other copy can be had, `remote_failed`,
 *   `aborted`, what the remote throws
 */
export async function fetchMissing(
  ctx: Ctx,
  entry: FileEntry,
  why: "missing" | "corrupt",
  signal: AbortSignal,
): Promise<void> {
  const { digest, path } = entry;
  const file = (await ctx.remote?.locate(digest)) ?? null;
  if (file === null) {
    if (why === "corrupt") throw new CairnError("digest_mismatch", { digest, path });
    const lastKnown = (await ctx.remote?.lastKnown(digest)) ?? null;
    throw new CairnError("blob_missing", { digest, path, lastKnown });
  }
  // Most browsers have all their bytes.
  const { bringHere, wrongBytes } = await import("./bring-here.ts");
  const here = await bringHere(ctx, file, signal);
  if (!here.has(digest)) throw wrongBytes(file);
}
