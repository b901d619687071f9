// What an artifact can do once it is a version, logged or found.
import { DEFAULT_LINEAGE, type LineageGraph, type LineageOptions } from "../../core/lineage.ts";
import { formatVersion } from "../../core/version.ts";
import type { VerifyReport } from "../../protocol/care-api.ts";
import type { DownloadReport } from "../../protocol/downloads.ts";
import type { VersionEdit } from "../../protocol/edit-api.ts";
import type { Deleted } from "../../protocol/trash-api.ts";
import { asJob } from "../connect.ts";
import { connection } from "./connection.ts";
import { linksToo, type DeleteOptions } from "./deletable.ts";
import type { FoundVersion } from "./found-version.ts";
import { linkOf, type ArtifactLink } from "./links.ts";
import { checkedJson } from "./metadata.ts";
import type { DownloadOptions, DownloadToOptions, LogOutcome, LongOptions } from "./options.ts";
import { filesOf, saveTo, zipOf } from "./read-files.ts";

/**
 * What every {@link Artifact} can do once it is logged, or was found; before, all of it throws
 * `not_logged`.
 *
 * Found through a registry it is a link: `link` says where, its aliases are those of the collection,
 * and everything else is the version's that it points to.
 */
export abstract class LoggedArtifact {
  /** @internal What is known of the version. Throws `not_logged`. */
  protected abstract found(): FoundVersion;

  /** What logging it did; `null` for one that was found. Throws `not_logged`. */
  get outcome(): LogOutcome | null {
    return this.found().outcome;
  }

  /** The version, such as `"v3"`. Throws `not_logged`, as all below do for a draft. */
  get version(): string {
    return formatVersion(this.found().detail.version.number);
  }

  /** `latest` first; a link's are those in its collection. As they were when this was logged, found, or last changed through it. */
  get aliases(): readonly string[] {
    return this.found().aliases;
  }

  /** True when it was found through a registry. */
  get isLink(): boolean {
    return this.link !== null;
  }

  /** The place in a registry that it was found through; `null` for one that is no link. */
  get link(): ArtifactLink | null {
    const { via } = this.found().detail;
    return via === null ? null : linkOf(via);
  }

  /** All places in registries that point to the version, as they were when {@link Artifact.aliases} were read. */
  get links(): readonly ArtifactLink[] {
    return this.found().detail.links.map(linkOf);
  }

  /** The version's tags, in the order given. */
  get tags(): readonly string[] {
    return this.found().detail.version.tags;
  }

  /** Sum of the files' sizes in bytes. */
  get size(): number {
    return this.found().detail.version.sizeBytes;
  }

  /** The digest of the manifest, `blake3:<64 hex>`: the version's identity. */
  get digest(): string {
    return this.found().detail.version.digest;
  }

  /** The project it is in. */
  get project(): string {
    return this.found().detail.artifact.project;
  }

  /** When the version was first logged: ISO time, UTC. */
  get createdAt(): string {
    return this.found().detail.version.createdAt;
  }

  /** `project/name:v3`, which names this version for good; also of a link. */
  get qualifiedName(): string {
    return this.found().versionSpec;
  }

  /** A permanent id. */
  get id(): string {
    return this.found().detail.version.uid;
  }

  /**
   * One file, its bytes checked against their digest.
   *
   * @throws CairnError `not_found`, `digest_mismatch`, `blob_missing`; `not_permitted` through a link
   *   whose registry doesn't let one use it
   */
  async file(path: string): Promise<Blob> {
    const { ref, via } = this.found();
    return (await connection()).store.getFile(ref.project, ref.name, ref.number, path, via);
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
   * below that folder, and of a link `<registry>/<collection>_v<N>/<path>`; files already there with
   * the same content are skipped, so calling it again is cheap. References are left out: their bytes
   * are elsewhere.
   *
   * @throws CairnError `not_found`, `digest_mismatch`, `blob_missing`, `not_permitted`,
   *   `remote_failed`, `aborted`; with `to`, files that fail are in the report instead
   */
  download(options: DownloadToOptions): Promise<DownloadReport>;
  /** As above, without a folder: the files by path. */
  download(options?: DownloadOptions): Promise<ReadonlyMap<string, Blob>>;
  async download(
    options: DownloadOptions & Partial<DownloadToOptions> = {},
  ): Promise<DownloadReport | ReadonlyMap<string, Blob>> {
    const { store } = await connection();
    const { to } = options;
    const found = this.found();
    return to === undefined ? filesOf(store, found, options) : saveTo(store, found, to, options);
  }

  /**
   * The artifact, or part of it, as a zip that is made as fast as it is read. Files that fail are
   * listed in the zip's `MISSING-FILES.txt`, references in its `REFERENCES.txt`. Reading the stream
   * fails with `aborted` when the signal fires.
   *
   * @throws CairnError `not_found`
   */
  async zip(options: DownloadOptions = {}): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const found = this.found();
    return zipOf((await connection()).store, found, options);
  }

  /**
   * Puts an alias on this version, taking it from its holder; on a link, in its collection, apart
   * from the version's own aliases.
   *
   * @throws CairnError `invalid_name`, `alias_reserved`, `not_found`; on a link also
   *   `alias_protected`, `condition_failed`, `not_permitted`, `no_profile`
   */
  async addAlias(alias: string): Promise<void> {
    const found = this.found();
    await found.addAlias((await connection()).store, alias);
  }

  /**
   * Takes an alias off; off a link, in its collection.
   *
   * @throws CairnError `not_found` when it doesn't hold it, `alias_reserved`; on a link also
   *   `alias_protected`, `not_permitted`, `no_profile`
   */
  async removeAlias(alias: string): Promise<void> {
    const found = this.found();
    await found.removeAlias((await connection()).store, alias);
  }

  /**
   * Takes a link out of its collection, with the aliases it holds there. The version stays, and is
   * what this stands for from then on.
   *
   * @throws CairnError `not_a_link`, `protected_held`, `not_permitted`, `no_profile`
   */
  async unlink(): Promise<void> {
    const found = this.found();
    await found.unlink((await connection()).store);
  }

  /**
   * Changes description, metadata, tags or pin; the fields left out stay. Identity never changes.
   * Of a link it changes the version that it points to, and so all other links to that.
   *
   * @throws CairnError `invalid_metadata`, `invalid_text`, `invalid_tag`, `not_found`
   */
  async edit(edit: Omit<VersionEdit, "metadata"> & { readonly metadata?: object }): Promise<void> {
    const { metadata, ...rest } = edit;
    const checked = metadata === undefined ? rest : { ...rest, metadata: checkedJson(metadata) };
    await (await connection()).store.editVersion(this.found().ref, checked);
    await this.refresh();
  }

  /** Reads aliases, links, description, metadata and tags anew. Throws `not_found`, `in_trash`. */
  async refresh(): Promise<void> {
    const found = this.found();
    await found.refresh((await connection()).store);
  }

  /** What it came from and what came of it, within limits of depth and number. Throws `not_found`, `in_trash`. */
  async lineage(options: Partial<LineageOptions> = {}): Promise<LineageGraph> {
    const { store } = await connection();
    return store.lineage(this.qualifiedName, null, { ...DEFAULT_LINEAGE, ...options });
  }

  /** Notes that it was derived from another version. Throws `not_found`, `would_loop`. */
  async addDerivedFrom(parent: LoggedArtifact | string): Promise<void> {
    const spec = typeof parent === "string" ? parent : parent.qualifiedName;
    await (await connection()).store.addDerivation(this.found().ref, spec);
  }

  /** Reads every byte and compares it with its digest. Throws `not_found`, `aborted`. */
  async verify(options: LongOptions = {}): Promise<VerifyReport> {
    const { store } = await connection();
    const scope = { kind: "version", paths: null, ...this.found().ref } as const;
    const { onProgress = () => undefined } = options;
    return asJob(store, options.signal, (job) => store.verify(job, scope, onProgress));
  }

  /** The digest that Trackio gives to the same files: 64 hex characters. Throws `blob_missing`, `digest_mismatch`, `aborted`. */
  async trackioDigest(options: Pick<LongOptions, "signal"> = {}): Promise<string> {
    const { store } = await connection();
    return asJob(store, options.signal, (job) => store.trackioDigest(job, this.found().ref));
  }

  /**
   * Puts this version into the trash, where `Api.restore` finds it; of a link, what it points to.
   *
   * @param options `deleteAliases` confirms that custom aliases go too, `unlink` takes it out of the
   *   collections that link it
   * @throws CairnError `aliases_held` when it holds aliases and `deleteAliases` is not set,
   *   `version_linked` when it is linked and `unlink` is not set, `protected_held`, `not_permitted`
   */
  async delete(
    options: DeleteOptions & { readonly deleteAliases?: boolean } = {},
  ): Promise<Deleted> {
    const { project, name, number } = this.found().ref;
    const { store } = await connection();
    return store.deleteVersions(
      { kind: "versions", project, name, numbers: [number] },
      options.deleteAliases === true ? true : [],
      ...linksToo(options),
    );
  }
}
