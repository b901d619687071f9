// Files of a version, checked.
import { CairnError } from "../../core/errors.ts";
import { entryAt, isReference, rowOf, type FileEntry, type Manifest } from "../../core/manifest.ts";
import type { VersionRef } from "../../core/records.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { DownloadVia, Fetching } from "../../protocol/downloads.ts";
import { getManifest, getVersionOf } from "../../store/artifacts.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { createBlobSource } from "./blob-source.ts";
import { checkVia } from "./via.ts";

/** A version, and the link it was found through. */
interface FileSource {
  readonly project: string;
  readonly name: string;
  readonly number: VersionNumber;
  readonly via: DownloadVia | undefined;
}

/** The files as Blobs whose bytes were just checked [U4]. Throws `not_found`, also for a reference; `not_permitted`. */
export async function openFiles(
  ctx: Ctx,
  source: FileSource,
  paths: readonly string[],
): Promise<readonly Blob[]> {
  const manifest = await manifestOf(ctx, source);
  const blobs = createBlobSource(ctx);
  const { signal } = new AbortController();
  const files: Blob[] = [];
  for (const path of paths)
    files.push(new Blob([await blobs.open(fileIn(manifest, path), signal)]));
  return files;
}

/** One file as a Blob of which nothing was read yet. Throws as {@link openFiles}, but never `digest_mismatch`. */
export async function peekFile(ctx: Ctx, source: FileSource, path: string): Promise<Blob> {
  const entry = fileIn(await manifestOf(ctx, source), path);
  const content = await createBlobSource(ctx).peek(entry, new AbortController().signal);
  return content instanceof Blob ? content : new Blob([content]);
}

/** Brings one file's bytes here, unless they are [U5]. Throws as {@link peekFile}, and `aborted`. */
export async function bringFile(
  ctx: Ctx,
  version: VersionRef,
  path: string,
  onFetch: (fetching: Fetching) => void,
  signal: AbortSignal,
): Promise<void> {
  const entry = fileIn(await manifestOf(ctx, { ...version, via: undefined }), path);
  await createBlobSource(ctx, onFetch).peek(entry, signal);
}

async function manifestOf(ctx: Ctx, source: FileSource): Promise<Manifest> {
  await checkVia(ctx, source.via);
  const stores = ["artifacts", "versions", "deletedVersions", "manifests"] as const;
  return withRead(ctx.db, [...stores], async (tx) =>
    getManifest(tx, (await getVersionOf(tx, source)).version.digest),
  );
}

function fileIn(manifest: Manifest, path: string): FileEntry {
  const row = rowOf(manifest, path);
  const entry = row < 0 ? undefined : entryAt(manifest, row);
  if (entry === undefined || isReference(entry))
    throw new CairnError("not_found", { what: "file", name: path });
  return entry;
}
