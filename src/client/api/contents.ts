// What an artifact will hold before it is logged: files, references, and what it takes over from a version.
import { CairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import { entriesOf, isReference, rowOf, type Manifest } from "../../core/manifest.ts";
import { rowsUnder } from "../../core/manifest-tree.ts";
import { parsePath } from "../../core/path.ts";
import { looksSigned, parseUri, pathOfUri } from "../../core/reference.ts";
import type { DraftBase, DraftReference } from "../../protocol/ingest.ts";

/** A file to be read when the artifact is logged. */
export type FileSource = Blob | FileSystemFileHandle;

/** An entry as it stands in a draft or a version. */
export interface ArtifactEntry {
  /** Path inside the artifact, `/` between names. */
  readonly path: string;
  /** Bytes; `null` before the file is read. */
  readonly size: number | null;
  /** `blake3:<64 hex>`; for a reference whatever tells its content. `null` before the file is hashed. */
  readonly digest: string | null;
  /** The URI of a reference; `null` for a file. */
  readonly ref: string | null;
}

/** What is known of a reference. */
export interface ReferenceOptions {
  /** Path in the artifact; the URI's last segment when left out. */
  readonly path?: string;
  /** What tells its content, such as an ETag or a digest; the URI itself when left out. */
  readonly digest?: string;
  /** Bytes; 0 when left out. */
  readonly size?: number;
}

/** The contents of a draft. */
export class Contents {
  readonly #files = new Map<string, FileSource>();
  readonly #references = new Map<string, DraftReference>();
  readonly #base: { readonly digest: Digest; readonly manifest: Manifest } | null;
  readonly #removed = new Set<string>();

  constructor(base: { readonly digest: Digest; readonly manifest: Manifest } | null) {
    this.#base = base;
  }

  /** Throws `invalid_path`, `path_conflict`. */
  addFile(source: FileSource, path: string): void {
    this.#files.set(this.#claim(path), source);
  }

  /** Answers a warning for a URI that seems to carry a signature or a secret. Throws `invalid_reference`. */
  addReference(uri: string, options: ReferenceOptions): string | null {
    const path = this.#claim(options.path ?? pathOfUri(parseUri(uri)));
    const { digest = null, size = 0 } = options;
    this.#references.set(path, { path, uri, digest, sizeBytes: size });
    return looksSigned(uri)
      ? `The URL of “${path}” seems to carry a signature or a secret: it may expire, and whoever can read this artifact can read it.`
      : null;
  }

  /** Takes out a file, or everything in a folder when the path ends in a slash. Throws `not_found`. */
  remove(path: string): void {
    const isFolder = path.endsWith("/");
    const added = [...this.#files.keys(), ...this.#references.keys()].filter((known) =>
      isFolder ? known.startsWith(path) : known === path,
    );
    const kept = this.#basePaths(path).filter((known) => !this.#removed.has(known));
    if (added.length + kept.length === 0)
      throw new CairnError("not_found", { what: isFolder ? "folder" : "file", name: path });
    for (const known of added) {
      this.#files.delete(known);
      this.#references.delete(known);
    }
    for (const known of kept) this.#removed.add(known);
  }

  entries(): readonly ArtifactEntry[] {
    const given = new Set([...this.#files.keys(), ...this.#references.keys()]);
    const kept =
      this.#base === null
        ? []
        : entriesIn(this.#base.manifest).filter(
            ({ path }) => !given.has(path) && !this.#removed.has(path),
          );
    const files = Array.from(this.#files, ([path, source]) => ({
      path,
      size: source instanceof Blob ? source.size : null,
      digest: null,
      ref: null,
    }));
    const references = Array.from(
      this.#references.values(),
      ({ path, uri, digest, sizeBytes }) => ({
        path,
        size: sizeBytes,
        digest: digest ?? uri,
        ref: uri,
      }),
    );
    return [...kept, ...files, ...references];
  }

  /** The files, opened. Throws `file_unreadable`. */
  async files(): Promise<readonly { readonly path: string; readonly file: File }[]> {
    return Promise.all(
      Array.from(this.#files, async ([path, source]) => ({ path, file: await open(path, source) })),
    );
  }

  get references(): readonly DraftReference[] {
    return [...this.#references.values()];
  }

  get base(): DraftBase | null {
    return this.#base === null
      ? null
      : { manifest: this.#base.digest, removed: [...this.#removed] };
  }

  /** A path that nothing else given has; what the base has there is replaced. */
  #claim(text: string): string {
    const path = parsePath(text);
    if (this.#files.has(path) || this.#references.has(path))
      throw new CairnError("path_conflict", {
        path,
        first: path,
        second: path,
        reason: "duplicate",
      });
    return path;
  }

  #basePaths(path: string): readonly string[] {
    if (this.#base === null) return [];
    const { manifest } = this.#base;
    if (path.endsWith("/")) return manifest.paths.slice(...rowsUnder(manifest, path));
    return rowOf(manifest, path) < 0 ? [] : [path];
  }
}

/** A manifest's entries as the API shows them. */
export function entriesIn(manifest: Manifest): readonly ArtifactEntry[] {
  return Array.from(entriesOf(manifest), (entry) => ({
    path: entry.path,
    size: entry.size,
    digest: entry.digest,
    ref: isReference(entry) ? entry.ref : null,
  }));
}

async function open(path: string, source: FileSource): Promise<File> {
  if (source instanceof File) return source;
  if (source instanceof Blob) return new File([source], path);
  try {
    return await source.getFile();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CairnError("file_unreadable", { path, reason }, { cause: error });
  }
}
