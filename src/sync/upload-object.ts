// Files and packs of a version as a remote takes them: bytes under their SHA-256, read when they are wanted.
import type { Digest } from "../core/digest.ts";
import type { FileEntry } from "../core/manifest.ts";
import type { LfsObject } from "../hub/hub.ts";
import type { Ctx } from "../service/context.ts";
import { createBlobSource, type BlobSource } from "../service/download/blob-source.ts";
import { buildTar, type PackPlanned } from "./tar-pack.ts";

/** Bytes the remote may lack. */
export interface UploadObject extends LfsObject {
  /** For messages: a path in the version. */
  readonly name: string;
  /** Reads or makes them, checked. Throws `blob_missing`, `digest_mismatch`. */
  readonly body: (signal: AbortSignal) => Promise<Blob>;
}

export interface Makers {
  file(entry: FileEntry, sha256: string): UploadObject;
  pack(pack: PackPlanned, sha256: string): UploadObject;
}

/**
 * Makes objects of files and packs.
 *
 * @param checked blobs, and packs by their identity, whose bytes were found right just now
 */
export function objectMakers(sync: Ctx, checked: ReadonlySet<Digest>): Makers {
  // A source keeps packs in memory: one for each body, so that what is only planned holds nothing.
  const sourceOf = (key: Digest): BlobSource => {
    const source = createBlobSource(sync);
    // To check again what was right a moment ago would take as long as to send it.
    return checked.has(key) ? { ...source, open: source.peek } : source;
  };
  return {
    file: (entry, sha256) => ({
      name: entry.path,
      sha256,
      sizeBytes: entry.size,
      async body(signal) {
        const content = await sourceOf(entry.digest).open(entry, signal);
        return content instanceof Blob ? content : new Blob([content]);
      },
    }),
    pack: ({ path, tar, identity }, sha256) => ({
      name: path,
      sha256,
      sizeBytes: tar.sizeBytes,
      body: (signal) => buildTar(sourceOf(identity), tar, signal),
    }),
  };
}
