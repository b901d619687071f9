// The artifact of the public API: first a draft that is filled, then, once logged, a frozen version.
import { CairnError } from "../../core/errors.ts";
import type { JsonObject } from "../../core/json.ts";
import type { LineageGraph, LineageOptions } from "../../core/lineage.ts";
import { DEFAULT_LINEAGE } from "../../core/lineage.ts";
import type { Manifest } from "../../core/manifest.ts";
import { DEFAULT_TYPE, parseArtifactName, parseArtifactType } from "../../core/names.ts";
import type { VersionRef } from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import type { VersionDetail } from "../../protocol/browse-api.ts";
import type { VerifyReport } from "../../protocol/care-api.ts";
import type { DownloadReport } from "../../protocol/downloads.ts";
import type { VersionEdit } from "../../protocol/edit-api.ts";
import type { Deleted } from "../../protocol/trash-api.ts";
import { asJob } from "../connect.ts";
import { connection } from "./connection.ts";
import {
  Contents,
  entriesIn,
  type ArtifactEntry,
  type FileSource,
  type ReferenceOptions,
} from "./contents.ts";
import { listDirectory, type DirectorySource } from "./directory.ts";
import { checkedJson } from "./metadata.ts";
import type {
  ArtifactOptions,
  DownloadOptions,
  DownloadToOptions,
  LogOutcome,
  LongOptions,
} from "./options.ts";
import { filesOf, saveTo, zipOf } from "./read-files.ts";

/** What a draft gives to logging. */
export interface DraftParts {
  readonly contents: Contents;
  readonly description: string;
  readonly metadata: JsonObject;
}

/** What this folder may do with an artifact and its users may not; filled by the class itself. */
const internals = {} as {
  takeDraft: (artifact: Artifact) => DraftParts;
  release: (artifact: Artifact) => void;
  freeze: (artifact: Artifact, logged: Logged) => void;
};

/** What an artifact is once it is logged, or found. */
interface Logged {
  detail: VersionDetail;
  readonly manifest: Manifest;
  readonly outcome: LogOutcome | null;
}

/**
 * A named bundle of files: a draft to be filled and logged, or a version that is there.
 *
 * `new Artifact(…)` and `newDraft()` make drafts. Logging one freezes it and fills `version`,
 * `aliases`, `size`, `manifest` and `digest`; what `useArtifact` and `Api.artifact` give has them
 * from the start.
 */
export class Artifact {
  /** Its name in its project. */
  readonly name: string;
  /** What it is, such as `model`. */
  readonly type: string;
  #contents: Contents;
  readonly #description: string;
  readonly #metadata: JsonObject;
  #logged: Logged | null = null;
  #isBeingLogged = false;

  /** Throws CairnError `invalid_name`, `invalid_metadata`. */
  constructor({ name, type = DEFAULT_TYPE, description = "", metadata = {} }: ArtifactOptions) {
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
    return this.#logged !== null;
  }

  /** Files and references, by path. In a draft sizes and digests may be `null`. */
  get manifest(): readonly ArtifactEntry[] {
    return this.#logged === null ? this.#contents.entries() : entriesIn(this.#logged.manifest);
  }

  /** Text for people; after logging that of the version. */
  get description(): string {
    return this.#logged?.detail.version.description ?? this.#description;
  }

  /** A JSON object; after logging that of the version. */
  get metadata(): JsonObject {
    return this.#logged?.detail.version.metadata ?? this.#metadata;
  }

  /** What logging it did; `null` for one that was found. Throws `not_logged`. */
  get outcome(): LogOutcome | null {
    return this.#found().outcome;
  }

  /** The version, such as `"v3"`. Throws `not_logged`, as all below do for a draft. */
  get version(): string {
    return formatVersion(this.#detail().version.number);
  }

  /** `latest` first. As they were when this was logged, found, or last changed through it. */
  get aliases(): readonly string[] {
    return this.#detail().aliases;
  }

  /** The version's tags, in the order given. */
  get tags(): readonly string[] {
    return this.#detail().version.tags;
  }

  /** Sum of the files' sizes in bytes. */
  get size(): number {
    return this.#detail().version.sizeBytes;
  }

  /** The digest of the manifest, `blake3:<64 hex>`: the version's identity. */
  get digest(): string {
    return this.#detail().version.digest;
  }

  /** The project it is in. */
  get project(): string {
    return this.#detail().artifact.project;
  }

  /** When the version was first logged: ISO time, UTC. */
  get createdAt(): string {
    return this.#detail().version.createdAt;
  }

  /** `project/name:v3`, which names this version for good. */
  get qualifiedName(): string {
    return `${this.project}/${this.name}:${this.version}`;
  }

  /** A permanent id. */
  get id(): string {
    return this.#detail().version.uid;
  }

  /** One file, its bytes checked against their digest. Throws `not_found`, `digest_mismatch`, `blob_missing`. */
  async file(path: string): Promise<Blob> {
    const { project, name, number } = this.#ref();
    return (await connection()).store.getFile(project, name, number, path);
  }

  /** One file as text in UTF-8. Throws as {@link file}. */
  async text(path: string): Promise<string> {
    return (await this.file(path)).text();
  }

  /** One file as a stream. Throws as {@link file}. */
  async stream(path: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return (await this.file(path)).stream();
  }

  /**
   * Downloads the artifact, or part of it, every byte checked. What is missing here is fetched from
   * the remote, where one is connected.
   *
   * Without `to` it gives the files by path. With `to` it writes `<project>/<name>_v<N>/<path>`
   * below that folder; files already there with the same content are skipped, so calling it again
   * is cheap. References are left out: their bytes are elsewhere.
   *
   * @throws CairnError `not_found`, `digest_mismatch`, `blob_missing`, `remote_failed`, `aborted`;
   *   with `to`, files that fail are in the report instead
   */
  download(options: DownloadToOptions): Promise<DownloadReport>;
  /** As above, without a folder: the files by path. */
  download(options?: DownloadOptions): Promise<ReadonlyMap<string, Blob>>;
  async download(
    options: DownloadOptions & Partial<DownloadToOptions> = {},
  ): Promise<DownloadReport | ReadonlyMap<string, Blob>> {
    const { store } = await connection();
    const { to } = options;
    return to === undefined
      ? filesOf(store, this.#ref(), this.#found().manifest, options)
      : saveTo(store, this.#ref(), to, options);
  }

  /**
   * The artifact, or part of it, as a zip that is made as fast as it is read. Files that fail are
   * listed in the zip's `MISSING-FILES.txt`, references in its `REFERENCES.txt`. Reading the stream
   * fails with `aborted` when the signal fires.
   *
   * @throws CairnError `not_found`
   */
  async zip(options: DownloadOptions = {}): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const { manifest } = this.#found();
    return zipOf((await connection()).store, this.#ref(), manifest, options);
  }

  /** Puts an alias on this version, taking it from its holder. Throws `invalid_name`, `alias_reserved`, `not_found`. */
  async addAlias(alias: string): Promise<void> {
    await (await connection()).store.setAlias(this.#ref(), alias);
    await this.refresh();
  }

  /** Takes an alias off. Throws `not_found` when this version doesn't hold it, `alias_reserved`. */
  async removeAlias(alias: string): Promise<void> {
    const { store } = await connection();
    await this.refresh();
    if (!this.aliases.includes(alias))
      throw new CairnError("not_found", { what: "alias", name: `${this.qualifiedName} ${alias}` });
    await store.removeAlias(this.project, this.name, alias);
    await this.refresh();
  }

  /**
   * Changes description, metadata, tags or pin; the fields left out stay. Identity never changes.
   *
   * @throws CairnError `invalid_metadata`, `invalid_text`, `invalid_tag`, `not_found`
   */
  async edit(edit: Omit<VersionEdit, "metadata"> & { readonly metadata?: object }): Promise<void> {
    const { metadata, ...rest } = edit;
    const checked = metadata === undefined ? rest : { ...rest, metadata: checkedJson(metadata) };
    await (await connection()).store.editVersion(this.#ref(), checked);
    await this.refresh();
  }

  /** Reads aliases, description, metadata and tags anew. Throws `not_found`, `in_trash`. */
  async refresh(): Promise<void> {
    const { project, name, number } = this.#ref();
    const { store } = await connection();
    this.#found().detail = await store.getVersion(project, name, formatVersion(number));
  }

  /** What it came from and what came of it, within limits of depth and number. Throws `not_found`, `in_trash`. */
  async lineage(options: Partial<LineageOptions> = {}): Promise<LineageGraph> {
    const { store } = await connection();
    return store.lineage(this.qualifiedName, null, { ...DEFAULT_LINEAGE, ...options });
  }

  /** Notes that it was derived from another version. Throws `not_found`, `would_loop`. */
  async addDerivedFrom(parent: Artifact | string): Promise<void> {
    const spec = typeof parent === "string" ? parent : parent.qualifiedName;
    await (await connection()).store.addDerivation(this.#ref(), spec);
  }

  /** Reads every byte and compares it with its digest. Throws `not_found`, `aborted`. */
  async verify(options: LongOptions = {}): Promise<VerifyReport> {
    const { store } = await connection();
    const scope = { kind: "version", paths: null, ...this.#ref() } as const;
    const { onProgress = () => undefined } = options;
    return asJob(store, options.signal, (job) => store.verify(job, scope, onProgress));
  }

  /** The digest that Trackio gives to the same files: 64 hex characters. Throws `blob_missing`, `digest_mismatch`, `aborted`. */
  async trackioDigest(options: Pick<LongOptions, "signal"> = {}): Promise<string> {
    const { store } = await connection();
    return asJob(store, options.signal, (job) => store.trackioDigest(job, this.#ref()));
  }

  /**
   * Puts this version into the trash, where `Api.restore` finds it.
   *
   * @throws CairnError `aliases_held` when it holds aliases and `deleteAliases` is not set
   */
  async delete(options: { readonly deleteAliases?: boolean } = {}): Promise<Deleted> {
    const { project, name, number } = this.#ref();
    const { store } = await connection();
    return store.deleteVersions(
      { kind: "versions", project, name, numbers: [number] },
      options.deleteAliases === true ? true : [],
    );
  }

  /** A draft that starts with this version's files: add, remove, replace, log. No bytes are copied. */
  newDraft(options: Partial<ArtifactOptions> = {}): Artifact {
    const { manifest, detail } = this.#found();
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
    internals.freeze = (artifact, logged) => {
      artifact.#logged = logged;
    };
  }

  #draft(): Contents {
    if (this.#logged !== null) throw new CairnError("frozen", { name: this.qualifiedName });
    if (this.#isBeingLogged) throw new CairnError("frozen", { name: this.name });
    return this.#contents;
  }

  #found(): Logged {
    if (this.#logged === null) throw new CairnError("not_logged", { name: this.name });
    return this.#logged;
  }

  #detail(): VersionDetail {
    return this.#found().detail;
  }

  #ref(): VersionRef {
    const { artifact, version } = this.#detail();
    return { project: artifact.project, name: artifact.name, number: version.number };
  }
}

/** Takes a draft to be logged; nothing more is added to it. Throws `frozen`. */
export function takeDraft(artifact: Artifact): DraftParts {
  return internals.takeDraft(artifact);
}

/** Gives a draft back that could not be logged. */
export function release(artifact: Artifact): void {
  internals.release(artifact);
}

/** Makes a draft the version it became. */
export function freeze(artifact: Artifact, logged: Logged): void {
  internals.freeze(artifact, logged);
}

/** The artifact of a version that was found. */
export function artifactOf(detail: VersionDetail, manifest: Manifest): Artifact {
  const { name, type } = detail.artifact;
  const artifact = new Artifact({ name, type });
  freeze(artifact, { detail, manifest, outcome: null });
  return artifact;
}
