// The artifact of the public API: first a draft that is filled, then, once logged, a frozen version.
import { CairnError } from "../../core/errors.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Manifest } from "../../core/manifest.ts";
import { DEFAULT_TYPE, parseArtifactName, parseArtifactType } from "../../core/names.ts";
import type { VersionDetail } from "../../protocol/browse-api.ts";
import { internals } from "./artifact-internals.ts";
import {
  Contents,
  entriesIn,
  type ArtifactEntry,
  type FileSource,
  type ReferenceOptions,
} from "./contents.ts";
import { listDirectory, type DirectorySource } from "./directory.ts";
import { FoundVersion } from "./found-version.ts";
import { LoggedArtifact } from "./logged-artifact.ts";
import { checkedJson } from "./metadata.ts";
import type { ArtifactOptions } from "./options.ts";

/**
 * A named bundle of files: a draft to be filled and logged, or a version that is there.
 *
 * `new Artifact(…)` and `newDraft()` make drafts. Logging one freezes it and fills `version`,
 * `aliases`, `size`, `manifest` and `digest`; what `useArtifact` and `Api.artifact` give has them
 * from the start. What it can do then is told at {@link LoggedArtifact}.
 */
export class Artifact extends LoggedArtifact {
  /** Its name in its project. */
  readonly name: string;
  /** What it is, such as `model`. */
  readonly type: string;
  #contents: Contents;
  readonly #description: string;
  readonly #metadata: JsonObject;
  #version: FoundVersion | null = null;
  #isBeingLogged = false;

  /** Throws CairnError `invalid_name`, `invalid_metadata`. */
  constructor({ name, type = DEFAULT_TYPE, description = "", metadata = {} }: ArtifactOptions) {
    super();
    this.name = parseArtifactName(name);
    this.type = parseArtifactType(type);
    this.#description = description;
    this.#metadata = checkedJson(metadata);
    this.#contents = new Contents(null);
  }

  /**
   * Adds a file. It is read when the artifact is logged.
   *
   * @param source a File or its handle, any Blob, or text
   * @param path where it stands in the artifact; a File's or handle's own name when left out
   * @throws CairnError `frozen`, `invalid_path`, `path_conflict`
   */
  addFile(source: FileSource | string, path?: string): this {
    const name = typeof source === "object" && "name" in source ? source.name : "";
    this.#draft().addFile(typeof source === "string" ? new Blob([source]) : source, path ?? name);
    return this;
  }

  /**
   * Adds everything in a folder, with paths relative to it.
   *
   * @param prefix folder put in front of the paths
   * @param options `ignore: false` also takes `.DS_Store`, `.git/` and the like
   * @throws CairnError `frozen`, `invalid_path`, `path_conflict`, `folder_unreadable`, `file_unreadable`
   */
  async addDirectory(
    source: DirectorySource,
    prefix: string = "",
    options: { readonly ignore?: boolean } = {},
  ): Promise<this> {
    const contents = this.#draft();
    const folder = prefix.replace(/\/+$/, "");
    const listed = await listDirectory(source, options.ignore ?? true);
    // Meanwhile it may have been logged.
    this.#draft();
    for (const { path, file } of listed)
      contents.addFile(file, folder === "" ? path : `${folder}/${path}`);
    return this;
  }

  /**
   * Records a URI without its bytes.
   *
   * @returns a warning when the URL seems to carry a signature or a secret; `null` otherwise
   * @throws CairnError `frozen`, `invalid_reference`, `invalid_path`, `path_conflict`
   */
  addReference(uri: string, options: ReferenceOptions = {}): string | null {
    return this.#draft().addReference(uri, options);
  }

  /** Takes out a file or reference, or a whole folder when the path ends in `/`. Throws `frozen`, `not_found`. */
  removePath(path: string): this {
    this.#draft().remove(path);
    return this;
  }

  /** True once it is logged. */
  get isLogged(): boolean {
    return this.#version !== null;
  }

  /** Files and references, by path. In a draft sizes and digests may be `null`. */
  get manifest(): readonly ArtifactEntry[] {
    return this.#version === null ? this.#contents.entries() : entriesIn(this.#version.manifest);
  }

  /** Text for people; after logging that of the version. */
  get description(): string {
    return this.#version?.detail.version.description ?? this.#description;
  }

  /** A JSON object; after logging that of the version. */
  get metadata(): JsonObject {
    return this.#version?.detail.version.metadata ?? this.#metadata;
  }

  /** A draft that starts with this version's files: add, remove, replace, log. No bytes are copied. */
  newDraft(options: Partial<ArtifactOptions> = {}): Artifact {
    const { manifest, detail } = this.found();
    const { name, type, description, metadata } = this;
    const draft = new Artifact({ name, type, description, metadata, ...options });
    draft.#contents = new Contents({ digest: detail.version.digest, manifest });
    return draft;
  }

  static {
    internals.takeDraft = (artifact) => {
      const contents = artifact.#draft();
      artifact.#isBeingLogged = true;
      return { contents, description: artifact.#description, metadata: artifact.#metadata };
    };
    internals.release = (artifact) => {
      artifact.#isBeingLogged = false;
    };
    internals.freeze = (artifact, found) => {
      artifact.#version = found;
    };
    internals.specOf = (artifact) => artifact.found().spec;
  }

  #draft(): Contents {
    if (this.#version !== null) throw new CairnError("frozen", { name: this.qualifiedName });
    if (this.#isBeingLogged) throw new CairnError("frozen", { name: this.name });
    return this.#contents;
  }

  /** @internal */
  protected override found(): FoundVersion {
    if (this.#version === null) throw new CairnError("not_logged", { name: this.name });
    return this.#version;
  }
}

/** The artifact of a version that was found. */
export function artifactOf(detail: VersionDetail, manifest: Manifest): Artifact {
  const { name, type } = detail.artifact;
  const artifact = new Artifact({ name, type });
  internals.freeze(artifact, new FoundVersion(detail, manifest));
  return artifact;
}
