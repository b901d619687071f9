// Files of a version, checked.
import { CairnError } from "../../core/errors.ts";
import { entryAt, isReference, rowOf } from "../../core/manifest.ts";
import type { VersionNumber } from "../../core/version.ts";
import { getManifest, getVersionOf } from "../../store/artifacts.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { createBlobSource } from "./blob-source.ts";

/** The files as Blobs whose bytes were just checked [U4]. Throws `not_found`, also for a reference. */
export async function openFiles(
  ctx: Ctx,
  ref: { project: string; name: string; number: VersionNumber },
  paths: readonly string[],
): Promise<readonly Blob[]> {
  const stores = ["artifacts", "versions", "deletedVersions", "manifests"] as const;
  const manifest = await withRead(ctx.db, [...stores], async (tx) =>
    getManifest(tx, (await getVersionOf(tx, ref)).version.digest),
  );
  const source = createBlobSource(ctx);
  const { signal } = new AbortController();
  const files: Blob[] = [];
  for (const path of paths) {
    const row = rowOf(manifest, path);
    const entry = row < 0 ? undefined : entryAt(manifest, row);
    if (entry === undefined || isReference(entry))
      throw new CairnError("not_found", { what: "file", name: path });
    files.push(new Blob([await source.open(entry, signal)]));
  }
  return files;
}
