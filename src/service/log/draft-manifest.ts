// The manifest that a draft makes: staged files, what it takes over from a version, references.
import { CairnError } from "../../core/errors.ts";
import {
  canonicalManifest,
  entriesOf,
  isReference,
  manifestOf,
  totalSize,
  type Manifest,
  type ManifestEntry,
} from "../../core/manifest.ts";
import { checkPathSet, parsePath } from "../../core/path.ts";
import { parseUri } from "../../core/reference.ts";
import type { Digest } from "../../core/digest.ts";
import type { DraftBase, DraftEntries, DraftReference } from "../../protocol/ingest.ts";
import type { Ctx } from "../context.ts";
import { stagedFiles, type Ingest } from "../ingest/ingest.ts";

export interface DraftManifest {
  /** In the order the draft gives, staged files first. */
  readonly entries: readonly ManifestEntry[];
  readonly manifest: Manifest;
  readonly digest: Digest;
  readonly sizeBytes: number;
  /** Bytes of the blobs that the store did not hold when they were staged. */
  readonly newBytes: number;
}

/**
 * Builds the manifest of a draft.
 *
 * @throws CairnError `invalid_path`, `invalid_reference`, `path_conflict`, `empty_artifact`, or a file's own problem
 */
export function draftManifest(ctx: Ctx, ingest: Ingest, draft: DraftEntries): DraftManifest {
  const given = [...stagedEntries(ingest, draft), ...(draft.references ?? []).map(referenceEntry)];
  const entries = [...given, ...takenOver(ingest, draft.base, given)];
  if (entries.length === 0) throw new CairnError("empty_artifact", { name: "" });
  checkPathSet(
    entries.map(({ path }) => path),
    (index) => entries[index]?.path ?? "",
  );
  const manifest = manifestOf(entries);
  const fresh = new Map<Digest, number>();
  for (const entry of entries)
    if (!isReference(entry) && ingest.own.has(entry.digest)) fresh.set(entry.digest, entry.size);
  return {
    entries,
    manifest,
    digest: ctx.hasher.hashText(canonicalManifest(manifest)),
    sizeBytes: totalSize(manifest),
    newBytes: [...fresh.values()].reduce((sum, size) => sum + size, 0),
  };
}

function stagedEntries(ingest: Ingest, { fileIds, paths }: DraftEntries): ManifestEntry[] {
  const files = stagedFiles(ingest, fileIds);
  return paths.map((text, i) => {
    const path = parsePath(text);
    const file = files[i];
    if (file === undefined) throw new CairnError("internal", { reason: `no file for ${path}` });
    return { path, digest: file.digest, size: file.sizeBytes };
  });
}

/** The URI stands in where nothing better tells the content [M4]. */
function referenceEntry({ path, uri, digest, sizeBytes }: DraftReference): ManifestEntry {
  const size = Number.isSafeInteger(sizeBytes) && sizeBytes >= 0 ? sizeBytes : 0;
  return { path: parsePath(path), ref: parseUri(uri), digest: digest ?? uri, size };
}

/** What the draft keeps of the version it started from: all but the removed and the replaced. */
function takenOver(
  ingest: Ingest,
  base: DraftBase | undefined,
  given: readonly ManifestEntry[],
): ManifestEntry[] {
  if (base === undefined) return [];
  const manifest = ingest.bases.get(base.manifest);
  if (manifest === undefined)
    throw new CairnError("internal", { reason: "the draft was not started from that version" });
  const left = new Set<string>([...base.removed, ...given.map(({ path }) => path)]);
  return [...entriesOf(manifest)].filter(({ path }) => !left.has(path));
}
