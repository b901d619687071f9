// The shapes that are stored and sent. Times are ISO-8601 UTC; byte counts end in `Bytes`.
import type { Brand } from "./brand.ts";
import type { Digest } from "./digest.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "./names.ts";
import type { Json, JsonObject } from "./json.ts";
import type { VersionNumber } from "./version.ts";

/** A permanent id (ULID). */
export type Uid<Kind extends string> = Brand<string, `${Kind}Uid`>;
export type ArtifactUid = Uid<"Artifact">;
export type VersionUid = Uid<"Version">;
export type RunUid = Uid<"Run">;
export type IngestUid = Uid<"Ingest">;

export interface ProjectRecord {
  readonly name: ProjectName;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly artifactCount: number;
  readonly versionCount: number;
  /** Sum of the versions' sizes; shared bytes count each time. */
  readonly sizeBytes: number;
}

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
  readonly createdAt: string;
}

export interface AliasRecord {
  readonly artifact: ArtifactUid;
  readonly alias: Alias;
  readonly number: VersionNumber;
  readonly movedAt: string;
}

/** R1. A run named in the page is made by hand and already finished. */
export interface RunRecord {
  readonly uid: RunUid;
  readonly project: ProjectName;
  readonly name: string;
  readonly state: "running" | "finished" | "failed" | "abandoned";
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** One use or output of a version by a run; at most one per run, version and direction [R2]. */
export interface EdgeRecord {
  readonly run: RunUid;
  readonly version: VersionUid;
  readonly direction: "input" | "output";
  readonly createdAt: string;
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
  | "artifact-created"
  | "run-created"
  | "version-logged"
  | "version-relogged"
  | "alias-moved"
  | "edge-added";
