// Reading what is there.
import type { Manifest } from "../core/manifest.ts";
import type { Alias } from "../core/names.ts";
import type {
  ArtifactRecord,
  ProjectRecord,
  RunRecord,
  VersionRecord,
  VersionRef,
} from "../core/records.ts";
import type { LineageGraph, LineageNodeId, LineageOptions } from "../core/lineage.ts";
import type { VersionNumber } from "../core/version.ts";
import type { Digest } from "../core/digest.ts";
import type { LinkPlace } from "./registry-link-api.ts";

/** An artifact in a list, with its newest version. */
export interface ArtifactSummary {
  readonly artifact: ArtifactRecord;
  readonly latest: VersionRecord;
  /** Custom aliases of the whole artifact. */
  readonly aliases: readonly { readonly alias: Alias; readonly number: VersionNumber }[];
}

/** A version in a timeline. */
export interface VersionSummary {
  readonly version: VersionRecord;
  /** `latest` first, then the others in name order. */
  readonly aliases: readonly Alias[];
}

export interface ArtifactDetail {
  readonly artifact: ArtifactRecord;
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
}

/** The first few of many, and how many there are. */
export interface Some<T> {
  readonly items: readonly T[];
  readonly count: number;
}

export interface VersionDetail extends VersionSummary {
  readonly artifact: ArtifactRecord;
  readonly producedBy: readonly RunRecord[];
  /** Runs that used it, earliest first. */
  readonly usedBy: Some<RunRecord>;
  /** Versions it was derived from, by hand-drawn edges. */
  readonly derivedFrom: readonly NamedVersion[];
  /** Versions derived from it, by hand-drawn edges. */
  readonly derivedTo: Some<NamedVersion>;
  /** When its bytes were last found right, by a check of this version or of the whole store; `null` for never. */
  readonly verifiedAt: string | null;
  /** Collections that link it, by registry and collection. */
  readonly links: readonly LinkPlace[];
  /** The one it was found through, where the spec named a registry. */
  readonly via: LinkPlace | null;
}

/** A version by name, wherever it is. */
export interface NamedVersion extends VersionRef {
  readonly state: "live" | "in_trash" | "deleted";
}

/** What the store holds, from counters. */
export interface StorageReport {
  readonly projects: number;
  readonly versions: number;
  /** Bytes of blobs kept; small ones staged in two tabs at once may count twice until they are collected. */
  readonly storedBytes: number;
  /** Sum of all versions' sizes: what separate copies would take. */
  readonly logicalBytes: number;
}

/** One thing found by {@link BrowseApi.search}, best first. */
export type SearchHit =
  | { readonly kind: "project"; readonly project: string }
  | {
      readonly kind: "artifact";
      readonly project: string;
      readonly name: string;
      readonly by: "name" | "tag";
    }
  | ({
      readonly kind: "version";
      readonly by: "alias" | "digest" | "tag";
      readonly text: string;
    } & VersionRef)
  | { readonly kind: "run"; readonly project: string; readonly run: RunRecord }
  | { readonly kind: "registry"; readonly registry: string }
  | CollectionHit;

/** A collection that was found, or, by an alias, its version that holds that. */
export interface CollectionHit {
  readonly kind: "collection";
  readonly registry: string;
  readonly collection: string;
  readonly by: "name" | "tag" | "alias";
  /** The name, tag or alias. */
  readonly text: string;
  /** The holder of the alias; `null` for the collection itself. */
  readonly number: VersionNumber | null;
}

export interface BrowseApi {
  listProjects(): Promise<readonly ProjectRecord[]>;
  /** Artifacts by name. Throws `not_found` for an unknown project. */
  listArtifacts(project: string): Promise<readonly ArtifactSummary[]>;
  getArtifact(project: string, name: string): Promise<ArtifactDetail>;
  /**
   * A page of versions, newest first: those below `before`, or from the newest for `null`.
   */
  listVersions(
    project: string,
    name: string,
    before: VersionNumber | null,
    limit: number,
  ): Promise<readonly VersionSummary[]>;
  /** `selector` is `latest`, `v2` or an alias. Throws `not_found`, `in_trash`. */
  getVersion(project: string, name: string, selector: string): Promise<VersionDetail>;
  /**
   * The version a spec names [N7], without recording a use [U1].
   *
   * @param project the project of a spec that names none; `null` when there is no such
   * @throws CairnError `invalid_spec`, `not_found`, `in_trash`
   */
  resolve(spec: string, project: string | null): Promise<VersionDetail>;
  getManifest(digest: Digest): Promise<Manifest>;
  /** A project's runs that are not deleted, by name. */
  listRuns(project: string): Promise<readonly RunRecord[]>;
  getStorage(): Promise<StorageReport>;
  /** What has the text in its name, alias, tag or digest, whatever the letter case. */
  search(text: string, limit: number): Promise<readonly SearchHit[]>;
  /** Artifacts, versions and collections that have all the tags [T1]. */
  findByTags(tags: readonly string[]): Promise<readonly SearchHit[]>;
  /** The graph around a version, read in time proportional to what it returns [R5]. Throws as `resolve`. */
  lineage(spec: string, project: string | null, options: LineageOptions): Promise<LineageGraph>;
  /**
   * As {@link BrowseApi.lineage}, around any node, also one that is deleted.
   *
   * @param opened nodes of the graph whose neighbours are wanted however many hops away they are
   */
  lineageAround(
    focus: LineageNodeId,
    options: LineageOptions,
    opened: readonly LineageNodeId[],
  ): Promise<LineageGraph>;
}
