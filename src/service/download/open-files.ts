// Files of a version, checked.
import { CairnError } from "../../core/errors.ts";
import { entryAt, isReference, rowOf, type FileEntry, type Manifest } from "../../core/manifest.ts";
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
  const manifest = await manifestOf(ctx, ref);
  const source = createBlobSource(ctx);
  const { signal } = new AbortController();
  const files: Blob[] = [];
  for (const path of paths)
    files.push(new Blob([await source.open(fileIn(manifest, path), signal)]));
  return files;
}

/** One file as a Blob of which nothing was read yet. Throws as {@link openFiles}, but never `digest_mismatch`. */
export async function peekFile(
  ctx: Ctx,
  ref: { project: string; name: string; number: VersionNumber },
  path: string,
): Promise<Blob> {
  const entry = fileIn(await manifestOf(ctx, ref), path);
  const content = await createBlobSource(ctx).peek(entry, new AbortController().signal);
  return content instanceof Blob ? content : new Blob([content]);
}

function manifestOf(
  ctx: Ctx,
  ref: { project: string; name: string; number: VersionNumber },
): Promise<Manifest> {
  const stores = ["artifacts", "versions", "deletedVersions", "manifests"] as const;
  return withRead(ctx.db, [...stores], async (tx) =>
    getManifest(tx, (await getVersionOf(tx, ref)).version.digest),
  );
}

function fileIn(manifest: Manifest, path: string): FileEntry {
  const row = rowOf(manifest, path);
  const entry = row < 0 ? undefined : entryAt(manifest, row);
  if (entry === undefined || isReference(entry))
    throw new CairnError("not_found", { what: "file", name: path });
  return entry;
}
