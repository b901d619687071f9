// The state that the event log tells of [E4].
import type { Json } from "./json.ts";
import type { VersionNumber } from "./version.ts";

/** Everything the log tells. Texts and values are as the events have them. */
export interface ReplayedState {
  readonly projects: ReadonlyMap<string, { readonly isDeleted: boolean }>;
  /** By `project/name`. */
  readonly artifacts: ReadonlyMap<string, ReplayedArtifact>;
  /** By uid. */
  readonly runs: ReadonlyMap<string, ReplayedRun>;
  /** By run, version and direction; versions by uid [R2]. */
  readonly edges: ReadonlyMap<string, ReplayedEdge>;
  /** By child and parent, both uids [R3]. */
  readonly derivations: ReadonlyMap<string, ReplayedDerivation>;
  readonly settings: ReadonlyMap<string, Json>;
}

export interface ReplayedArtifact {
  readonly type: string;
  readonly tags: Json;
  readonly keep: Json;
  /** By number: live, in the trash, and gone for good [V1]. */
  readonly versions: ReadonlyMap<VersionNumber, ReplayedVersion>;
  /** `latest` too. */
  readonly aliases: ReadonlyMap<string, VersionNumber>;
}

export interface ReplayedVersion {
  readonly uid: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly fileCount: number;
  readonly description: string;
  readonly metadata: Json;
  readonly tags: Json;
  readonly pinned: boolean;
  readonly createdAt: string;
  /** What is said about a version goes when it is purged [D1]. */
  readonly state: "live" | "in_trash" | "purged";
  readonly trash: string | null;
}

export interface ReplayedRun {
  readonly uid: string;
  readonly project: string;
  readonly name: string;
  readonly config: Json;
  readonly state: string;
  readonly isDeleted: boolean;
}

export interface ReplayedEdge {
  readonly run: string;
  readonly version: string;
  readonly direction: string;
  /** The collection the version was found through [R6]; `null` for none. */
  readonly via: Json;
}

export interface ReplayedDerivation {
  readonly child: string;
  readonly parent: string;
}
