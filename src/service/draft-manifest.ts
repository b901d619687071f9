// The manifest that a draft's staged files make.
import { CairnError } from "../core/errors.ts";
import {
  canonicalManifest,
  manifestOf,
  totalSize,
  type Manifest,
  type ManifestEntry,
} from "../core/manifest.ts";
import { checkPathSet, parsePath } from "../core/path.ts";
import type { Digest } from "../core/digest.ts";
import type { DraftEntries } from "../protocol/ingest.ts";
import type { Ctx } from "./context.ts";
import { stagedFiles, type Ingest } from "./ingest/ingest.ts";

export interface DraftManifest {
  /** In the order the draft gives. */
  readonly entries: readonly ManifestEntry[];
  readonly manifest: Manifest;
  readonly digest: Digest;
  readonly sizeBytes: number;
  /** Bytes of the blobs that the store did not hold when they were staged. */
  readonly newBytes: number;
}

/**
 * Builds the manifest of staged files at the given paths.
 *
 * @throws CairnError `invalid_path`, `path_conflict`, `empty_artifact`, or a file's own problem
 */
export function draftManifest(
  ctx: Ctx,
  ingest: Ingest,
  { fileIds, paths }: DraftEntries,
): DraftManifest {
  if (fileIds.length === 0) throw new CairnError("empty_artifact", { name: "" });
  const logical = paths.map(parsePath);
  checkPathSet(logical, (index) => paths[index] ?? "");
  const files = stagedFiles(ingest, fileIds);
  const entries = logical.map((path, i) => {
    const file = files[i];
    if (file === undefined) throw new CairnError("internal", { reason: `no file for ${path}` });
    return { path, digest: file.digest, size: file.sizeBytes };
  });
  const manifest = manifestOf(entries);
  const fresh = new Map(
    entries
      .filter(({ digest }) => ingest.own.has(digest))
      .map(({ digest, size }) => [digest, size]),
  );
  return {
    entries,
    manifest,
    digest: ctx.hasher.hashText(canonicalManifest(manifest)),
    sizeBytes: totalSize(manifest),
    newBytes: [...fresh.values()].reduce((sum, size) => sum + size, 0),
  };
}
