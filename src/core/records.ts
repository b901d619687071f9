// The shapes that are stored and sent. Times are ISO-8601 UTC; byte counts end in `Bytes`.
import type { Brand } from "./brand.ts";
import type { Digest } from "./digest.ts";
import type { KeepRule } from "./keep.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "./names.ts";
import type { CollectionName, RegistryName, RegistryUid } from "./registry/records.ts";
import type { Json, JsonObject } from "./json.ts";
import type { DeviceId } from "./sync/shared.ts";
import type { Tag } from "./tags.ts";
import type { VersionNumber } from "./version.ts";

/** A permanent id (ULID). */
export type Uid<Kind extends string> = Brand<string, `${Kind}Uid`>;
export type ArtifactUid = Uid<"Artifact">;
export type VersionUid = Uid<"Version">;
export type RunUid = Uid<"Run">;
export type IngestUid = Uid<"Ingest">;
export type TrashUid = Uid<"Trash">;

/** Names one version for good: its number is never given to another [V1]. */
export interface VersionRef {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly number: VersionNumber;
}

export interface ProjectRecord {
  readonly name: ProjectName;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Artifacts with at least one version. */
  readonly artifactCount: number;
  readonly versionCount: number;
  /** Sum of the versions' sizes; shared bytes count each time. */
  readonly sizeBytes: number;
  /** Set while the project is deleted; logging into it again clears it. */
  readonly deletedAt: string | null;
}

/**
 * A name in a project, with its type and numbering. It is there for people while it has versions;
 * without any it stays as the memory of the numbers it gave out [V1].
 */
export interface ArtifactRecord {
  readonly uid: ArtifactUid;
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly type: ArtifactType;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Highest number ever given out, `null` before the first [V1]. */
  readonly lastNumber: VersionNumber | null;
  readonly versionCount: number;
  readonly sizeBytes: number;
  readonly tags: readonly Tag[];
  /** Which versions go by themselves [D4]. */
  readonly keep: KeepRule | null;
}

export interface VersionRecord {
  readonly uid: VersionUid;
  readonly artifact: ArtifactUid;
  readonly number: VersionNumber;
  /** Manifest digest: the version's identity [M3]. */
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly fileCount: number;
  /** Bytes that no version held before this one was logged. */
  readonly newBytes: number;
  readonly description: string;
  readonly metadata: JsonObject;
  readonly tags: readonly Tag[];
  /** Kept whatever the keep rule says [D4]. */
  readonly pinned: boolean;
  readonly createdAt: string;
  /** Set once all devices agreed on the number; before, of a project that syncs, it is provisional [S3]. */
  readonly isFixed?: true;
  /** Ids that the same content had on other devices, where it became this version [S3]. */
  readonly twins?: readonly VersionUid[];
  /** The device that logged it, where that is another one. */
  readonly by?: DeviceId;
}

/** What a person may change about a version after it was logged [V3]. */
export type VersionDetails = Pick<VersionRecord, "description" | "metadata" | "tags" | "pinned">;

/**
 * A version that was deleted: in the trash while `trash` names an entry, a tombstone after [D1].
 * Either way its number stays taken and its lineage readable.
 */
export interface DeletedVersionRecord extends VersionRecord {
  readonly deletedAt: string;
  readonly trash?: TrashUid;
  /** Custom aliases it held, to be given back where they are still free. */
  readonly aliases: readonly Alias[];
  /** The device that deleted it, where that is another one. */
  readonly deletedBy?: DeviceId;
}

/** What one delete put into the trash, to be restored or emptied as one [D1]. */
export interface TrashRecord {
  readonly uid: TrashUid;
  readonly kind: "versions" | "artifact" | "project";
  readonly project: ProjectName;
  /** `null` for a whole project. */
  readonly artifact: ArtifactName | null;
  readonly deletedAt: string;
  readonly actor: string;
  readonly versionCount: number;
  readonly sizeBytes: number;
  /** For a few versions: their numbers, lowest first. */
  readonly numbers: readonly VersionNumber[];
  /** Runs that went with a project. */
  readonly runs: readonly RunUid[];
  /** Set where a keep rule took them, not a person [D4]. */
  readonly byRule?: boolean;
}

export interface AliasRecord {
  readonly artifact: ArtifactUid;
  readonly alias: Alias;
  readonly number: VersionNumber;
  readonly movedAt: string;
}

export type RunState = "running" | "finished" | "failed" | "abandoned";

/** R1. A run named in the page is made by hand and already finished. */
export interface RunRecord {
  readonly uid: RunUid;
  readonly project: ProjectName;
  readonly name: string;
  readonly config: JsonObject;
  readonly state: RunState;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Set once it is deleted: it stays as the name at the end of its edges [R4]. */
  readonly deletedAt: string | null;
  /** The device it ran on, where that is another one. */
  readonly by?: DeviceId;
}

/** One use or output of a version by a run; at most one per run, version and direction [R2]. */
export interface EdgeRecord {
  readonly run: RunUid;
  readonly version: VersionUid;
  readonly direction: "input" | "output";
  readonly createdAt: string;
  /** The collection it was found through [R6]. */
  readonly via?: EdgeVia;
}

/** A collection's version, as it was called when somebody used it. */
export interface EdgeVia {
  readonly registry: RegistryUid;
  readonly registryName: RegistryName;
  readonly collection: CollectionName;
  readonly number: VersionNumber;
}

/** A line drawn by hand: `child` was derived from `parent` [R3]. */
export interface DerivationRecord {
  readonly child: VersionUid;
  readonly parent: VersionUid;
  readonly createdAt: string;
  /** `project/name:v3` of the parent when the line was drawn: it may never have been in this browser. */
  readonly parentName?: string;
}

/** One mutation, in the order they happened, each holding the digest of the one before [E1 E2]. */
export interface EventRecord {
  readonly seq: number;
  readonly uid: Uid<"Event">;
  readonly at: string;
  /** Who did it: `device:<id>` until people have profiles. */
  readonly actor: string;
  readonly kind: EventKind;
  /** What it happened to, such as `digits/my-model`. */
  readonly subject: string;
  readonly before: Json;
  readonly after: Json;
  readonly previous: Digest | null;
}

export type EventKind =
  | "project-created"
  | "project-deleted"
  | "project-restored"
  | "artifact-created"
  | "artifact-edited"
  | "version-logged"
  | "version-relogged"
  | "version-edited"
  | "version-renumbered"
  | "version-absorbed"
  | "versions-deleted"
  | "versions-restored"
  | "versions-purged"
  | "alias-moved"
  | "alias-removed"
  | "run-created"
  | "run-changed"
  | "run-deleted"
  | "run-restored"
  | "edge-added"
  | "edge-removed"
  | "derivation-added"
  | "derivation-removed"
  | "blob-quarantined"
  | "bytes-freed"
  | "setting-changed";
