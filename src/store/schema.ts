// The database: stores, keys, indexes. docs/STORAGE.md says what each is for.
import type { DBSchema, IDBPDatabase } from "idb";
import type { Digest } from "../core/digest.ts";
import type { Manifest } from "../core/manifest.ts";
import type {
  AliasRecord,
  ArtifactRecord,
  ArtifactUid,
  EdgeRecord,
  EventRecord,
  IngestUid,
  ProjectRecord,
  RunRecord,
  RunUid,
  VersionRecord,
  VersionUid,
} from "../core/records.ts";

export const DB_NAME = "cairn";
export const DB_VERSION = 1;

/** A staging area. Its packs count as stored once `state` is `committed`: one put seals them all. */
export interface IngestRecord {
  readonly uid: IngestUid;
  readonly state: "staging" | "committed";
  readonly openedAt: string;
}

/** Names a pack: the ingest that wrote it, and its number there. */
export type PackKey = readonly [ingest: IngestUid, pack: number];

/**
 * Bytes stored together: one large file, or about 1 MiB of small ones. Blob i has `digests[i]` and
 * stands at `offsets[i]` with `sizes[i]` bytes. The index over `digests` finds a blob's pack: one
 * row with 256 index entries is written eight times as fast as 256 rows.
 */
export interface PackRecord {
  readonly digests: readonly Digest[];
  readonly offsets: readonly number[];
  readonly sizes: readonly number[];
  /** Number of records in `packBytes` that hold the bytes, in order. */
  readonly parts: number;
}

/** Sums over all committed versions, kept so that no screen has to count. */
export interface Totals {
  readonly versions: number;
  readonly storedBytes: number;
  readonly logicalBytes: number;
}

/** A blob whose stored bytes no longer match its digest [U4]. */
export interface QuarantineRecord {
  readonly digest: Digest;
  readonly pack: PackKey;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly foundAt: string;
}

export interface CairnDb extends DBSchema {
  projects: { key: string; value: ProjectRecord };
  artifacts: { key: ArtifactUid; value: ArtifactRecord; indexes: { byName: [string, string] } };
  versions: {
    key: [ArtifactUid, number];
    value: VersionRecord;
    indexes: { byDigest: [ArtifactUid, Digest]; byUid: VersionUid };
  };
  aliases: { key: [ArtifactUid, string]; value: AliasRecord };
  /** Parts of manifests: [manifest digest, part number]. Equal manifests are kept once. */
  manifests: { key: [Digest, number]; value: Manifest };
  runs: { key: RunUid; value: RunRecord; indexes: { byName: [string, string] } };
  edges: {
    key: [RunUid, VersionUid, string];
    value: EdgeRecord;
    indexes: { byVersion: VersionUid };
  };
  events: { key: number; value: EventRecord };
  ingests: { key: IngestUid; value: IngestRecord };
  packs: { key: [IngestUid, number]; value: PackRecord; indexes: { byDigest: Digest } };
  packBytes: { key: [IngestUid, number, number]; value: Blob | ArrayBuffer };
  quarantine: { key: Digest; value: QuarantineRecord };
  totals: { key: "all"; value: Totals };
  settings: { key: "device"; value: string };
}

export type Database = IDBPDatabase<CairnDb>;
export type StoreName = keyof {
  [Name in keyof CairnDb as string extends Name ? never : Name]: true;
};
