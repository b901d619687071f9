// A project as all devices that sync it agree on it: plain data, versions by their ids [S3].
import type { Brand } from "../brand.ts";
import type { Digest } from "../digest.ts";
import type { KeepRule } from "../keep.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../names.ts";
import type {
  EdgeRecord,
  RunRecord,
  TrashUid,
  VersionDetails,
  VersionUid,
  RunUid,
} from "../records.ts";
import type { Tag } from "../tags.ts";
import type { VersionNumber } from "../version.ts";

/** A browser that syncs. A fresh one for each remote it connects, so that a copied profile can take another. */
export type DeviceId = Brand<string, "DeviceId">;

/** What everybody has of a project. */
export interface SharedProject {
  readonly name: ProjectName;
  readonly createdAt: string;
  readonly deletedAt: string | null;
  /** Those that ever had a version; numbers are never reused [V1]. */
  readonly artifacts: ReadonlyMap<ArtifactName, SharedArtifact>;
  readonly runs: ReadonlyMap<RunUid, SharedRun>;
  /** Parents elsewhere that stay out: of lines from them this state doesn't tell. Only where it comes from tables. */
  readonly hidden?: ReadonlySet<VersionUid>;
}

/** One file of a remote's snapshot. */
export interface SharedArtifact {
  readonly name: ArtifactName;
  readonly type: ArtifactType;
  readonly createdAt: string;
  readonly tags: readonly Tag[];
  readonly keep: KeepRule | null;
  /** Highest number given out, reserved ones among them [V1]. */
  readonly lastNumber: VersionNumber | null;
  /** Numbers promised to versions whose files need several commits. */
  readonly reserved: ReadonlyMap<VersionUid, VersionNumber>;
  /** Live ones, those in the trash, and tombstones. */
  readonly versions: ReadonlyMap<VersionUid, SharedVersion>;
  /** Custom ones that were ever set; `latest` follows from the versions [A5]. */
  readonly aliases: ReadonlyMap<Alias, SharedAlias>;
  /** Of its versions, by {@link edgeKey}. */
  readonly edges: ReadonlyMap<string, SharedEdge>;
  /** Of its versions as children, by {@link derivationKey}. */
  readonly derivations: ReadonlyMap<string, SharedDerivation>;
}

export interface SharedVersion extends VersionDetails {
  readonly uid: VersionUid;
  readonly number: VersionNumber;
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly fileCount: number;
  readonly newBytes: number;
  readonly createdAt: string;
  readonly by: DeviceId;
  /** Ids that the same content had on other devices, where it became this version [S3]. */
  readonly twins: readonly VersionUid[];
  /** `null` while it is live. */
  readonly deleted: SharedDelete | null;
}

/** How a version was deleted [D1 S5]. */
export interface SharedDelete {
  readonly at: string;
  readonly by: DeviceId;
  /** The trash entry it lies in; `null` once that was emptied: a tombstone. */
  readonly trash: TrashUid | null;
  /** Custom aliases that went with it. */
  readonly aliases: readonly Alias[];
}

export interface SharedAlias {
  readonly alias: Alias;
  /** `null` while nobody holds it. */
  readonly version: VersionUid | null;
  /** The newest {@link MOVES_KEPT}, in the agreed order; the last one tells where it is [S4]. */
  readonly moves: readonly SharedMove[];
}

export interface SharedMove {
  readonly to: VersionUid | null;
  readonly at: string;
  readonly by: DeviceId;
}

/** How many moves of an alias a snapshot keeps; the log has them all. */
export const MOVES_KEPT = 50;

export type SharedRun = RunRecord & { readonly by: DeviceId };

export type SharedEdge = EdgeRecord;

export interface SharedDerivation {
  readonly child: VersionUid;
  readonly parent: VersionUid;
  /** `project/name:v3`, as it was called when the line was drawn; the parent may be of another project. */
  readonly parentName: string;
  readonly createdAt: string;
}

export function edgeKey({ run, version, direction }: SharedEdge): string {
  return `${run} ${version} ${direction}`;
}

export function derivationKey({ child, parent }: SharedDerivation): string {
  return `${child} ${parent}`;
}

/** A project nobody logged into yet. */
export function emptyProject(name: ProjectName, createdAt: string): SharedProject {
  return { name, createdAt, deletedAt: null, artifacts: new Map(), runs: new Map() };
}
