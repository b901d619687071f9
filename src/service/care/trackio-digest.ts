// The digest Trackio gives to a version's files [M2].
import { CairnError } from "../../core/errors.ts";
import { entriesOf, filesOf, isReference } from "../../core/manifest.ts";
import type { VersionRef } from "../../core/records.ts";
import { trackioText } from "../../core/trackio.ts";
import { getManifest, getVersionOf } from "../../store/artifacts.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { sha256sOf } from "../sha256s.ts";

/**
 * Computes the SHA-256 of each file where unknown, keeps it, and answers Trackio's digest as 64 hex characters.
 *
 * @throws CairnError `aborted`, `not_found`, `in_trash`, `blob_missing`, `digest_mismatch`, storage errors
 */
export async function trackioDigest(
  ctx: Ctx,
  version: VersionRef,
  signal: AbortSignal,
): Promise<string> {
  const manifest = await withRead(
    ctx.db,
    ["artifacts", "versions", "deletedVersions", "manifests"],
    async (tx) => getManifest(tx, (await getVersionOf(tx, version)).version.digest),
  );
  try {
    const sha256s = await sha256sOf(ctx, [...filesOf(manifest)], signal);
    const entries = [...entriesOf(manifest)].map((entry) =>
      isReference(entry) ? entry : { ...entry, digest: sha256s.get(entry.digest) ?? "" },
    );
    return await ctx.hasher.sha256(trackioText(entries));
  } catch (error) {
    throw signal.aborted ? new CairnError("aborted", {}, { cause: error }) : error;
  }
}
