// The lineage graph in its JSON form: what came from what [R5]. Documented in docs/API.md.
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "./names.ts";
import type { RunState, RunUid, VersionUid } from "./records.ts";
import type { Digest } from "./digest.ts";
import type { CollectionName, RegistryName } from "./registry/records.ts";
import type { VersionNumber } from "./version.ts";

/** `version:<uid>` or `run:<uid>`. */
export type LineageNodeId = `version:${VersionUid}` | `run:${RunUid}`;

interface NodeBase {
  readonly id: LineageNodeId;
  /** Hops from the focus, which has 0. */
  readonly depth: number;
  /** It has neighbours in the direction asked for that are not in this graph, or may have: a full graph doesn't look. */
  readonly hasMore: boolean;
}

export interface LineageVersion extends NodeBase {
  readonly kind: "version";
  readonly uid: VersionUid;
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly type: ArtifactType;
  readonly number: VersionNumber;
  readonly digest: Digest;
  readonly aliases: readonly Alias[];
  readonly sizeBytes: number;
  readonly fileCount: number;
  readonly createdAt: string;
  /** `deleted` is what is left after the trash was emptied. */
  readonly state: "live" | "in_trash" | "deleted";
  /** Set once all devices agreed on the number; before, of a project that syncs, it is provisional [S3]. */
  readonly isFixed?: true;
  /** Collections that link it [R5]. */
  readonly collections: readonly LineageCollection[];
}

/** A collection's version that points to a node. */
export interface LineageCollection {
  readonly registry: RegistryName;
  readonly collection: CollectionName;
  readonly number: VersionNumber;
}

export interface LineageRun extends NodeBase {
  readonly kind: "run";
  readonly uid: RunUid;
  readonly project: ProjectName;
  readonly name: string;
  readonly state: RunState;
  readonly startedAt: string;
  readonly isDeleted: boolean;
}

export type LineageNode = LineageVersion | LineageRun;

/** Points the way the data went: run → its output, version → the run that used it, source → what was derived. */
export interface LineageEdge {
  readonly from: LineageNodeId;
  readonly to: LineageNodeId;
  readonly kind: "output" | "input" | "derived";
  readonly createdAt: string;
  /** For an input found through a registry: which collection's version was asked for [R6]. */
  readonly via?: LineageCollection;
}

export interface LineageGraph {
  readonly focus: LineageNodeId;
  /** Nearest first. */
  readonly nodes: readonly LineageNode[];
  /** Only between nodes of the graph. */
  readonly edges: readonly LineageEdge[];
  /** Whether hops, or nodes, were left out because of the limits asked for [R5]. */
  readonly truncated: { readonly byDepth: boolean; readonly bySize: boolean };
}

/** `up`: what it came from; `down`: what came of it; `both`: everything around. */
export type LineageDirection = "up" | "down" | "both";

export interface LineageOptions {
  /** Most hops from the focus; 1 gives its runs. */
  readonly depth: number;
  readonly direction: LineageDirection;
  /** Most nodes, the focus among them. */
  readonly maxNodes: number;
}

export const DEFAULT_LINEAGE: LineageOptions = { depth: 6, direction: "both", maxNodes: 500 };
