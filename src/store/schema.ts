// The database: stores, keys, indexes. docs/STORAGE.md says what each is for.
import type { DBSchema, IDBPDatabase } from "idb";
import type { Digest } from "../core/digest.ts";
import type { Manifest } from "../core/manifest.ts";
import type {
  AliasRecord,
  ArtifactRecord,
  ArtifactUid,
  DeletedVersionRecord,
  DerivationRecord,
  EdgeRecord,
  EventRecord,
  IngestUid,
  ProjectRecord,
  RunRecord,
  RunState,
  RunUid,
  TrashRecord,
  TrashUid,
  VersionRecord,
  VersionUid,
} from "../core/records.ts";
import type {
  MemberKey,
  RegistryEvent,
  RegistryName,
  RegistryUid,
} from "../core/registry/records.ts";
import type { RemoteUid } from "../core/sync/remote.ts";
import type { Tag } from "../core/tags.ts";
import type {
  AliasMovesRecord,
  FolderCopyRecord,
  PendingRound,
  RemoteFilesRecord,
  RemoteRecord,
  SecretRecord,
  SyncBaseRecord,
  SyncLogRecord,
  UploadRecord,
} from "./sync-records.ts";

export const DB_NAME = "cairn";
export const DB_VERSION = 4;

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
  /** Bytes in it that belong to no blob any more; absent for none. Collecting writes such packs anew. */
  readonly holeBytes?: number;
}

/**
 * What a draft builds on without having stored it: blobs it found in committed packs, or a whole
 * manifest. Nothing of it is collected while the ingest lives [D3].
 */
export interface PinRecord {
  readonly digests: readonly Digest[];
  readonly manifest: Digest | null;
}

/** When the bytes of a manifest, or of the whole store (`all`), were last found right. */
export interface CheckRecord {
  readonly verifiedAt: string | null;
  /** Where an unfinished pass over the store goes on, and when it began. */
  readonly pass?: { readonly startedAt: string; readonly after: PackKey };
}

/** Small values this browser keeps about itself. */
export interface Settings {
  readonly device: string;
  readonly trashDays: number;
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

/** A registry this browser has. What it holds is what its events say. */
export interface RegistryRecord {
  readonly uid: RegistryUid;
  /** What it is called here: its own name, unless another registry had that. */
  readonly name: RegistryName;
  /** Its last event. */
  readonly seq: number;
  readonly head: Digest;
}

/** An event as it was stored. */
export interface StoredRegistryEvent {
  readonly event: RegistryEvent;
  /** BLAKE3 of its canonical text, taken when it was stored [E2]. */
  readonly digest: Digest;
  /** Whether the signature is its actor's, checked when it was stored [E3]. */
  readonly isSigned: boolean;
}

/** Who uses this browser: signs what they do in registries [P8]. */
export interface IdentityRecord {
  readonly name: string;
  readonly hubUser: string | null;
  readonly key: MemberKey;
  /** Ed25519, not extractable. */
  readonly privateKey: CryptoKey;
  readonly createdAt: string;
}

export interface CairnDb extends DBSchema {
  projects: { key: string; value: ProjectRecord };
  artifacts: {
    key: ArtifactUid;
    value: ArtifactRecord;
    indexes: { byName: [string, string]; byTag: Tag };
  };
  versions: {
    key: [ArtifactUid, number];
    value: VersionRecord;
    indexes: {
      byDigest: [ArtifactUid, Digest];
      byUid: VersionUid;
      byManifest: Digest;
      byTag: Tag;
      /** By ids that the same content had on other devices. */
      byTwin: VersionUid;
    };
  };
  /** Versions in the trash, and tombstones after it. */
  deletedVersions: {
    key: VersionUid;
    value: DeletedVersionRecord;
    indexes: {
      byNumber: [ArtifactUid, number];
      byDigest: [ArtifactUid, Digest];
      /** Tombstones are in no trash, and so not here. */
      byTrash: TrashUid;
      byTwin: VersionUid;
    };
  };
  trash: { key: TrashUid; value: TrashRecord };
  aliases: {
    key: [ArtifactUid, string];
    value: AliasRecord;
    indexes: { byVersion: [ArtifactUid, number] };
  };
  /** Parts of manifests: [manifest digest, part number]. Equal manifests are kept once. */
  manifests: { key: [Digest, number]; value: Manifest };
  runs: {
    key: RunUid;
    value: RunRecord;
    indexes: { byName: [string, string]; byState: RunState };
  };
  edges: {
    key: [RunUid, VersionUid, string];
    value: EdgeRecord;
    /** By direction too, so that the few outputs of a much used version are found without its uses. */
    indexes: {
      byVersionDirection: [VersionUid, EdgeRecord["direction"]];
      byRunDirection: [RunUid, EdgeRecord["direction"]];
    };
  };
  derivations: {
    key: [VersionUid, VersionUid];
    value: DerivationRecord;
    indexes: { byParent: VersionUid };
  };
  events: { key: number; value: EventRecord; indexes: { bySubject: string } };
  ingests: { key: IngestUid; value: IngestRecord };
  pins: { key: [IngestUid, number]; value: PinRecord };
  packs: { key: [IngestUid, number]; value: PackRecord; indexes: { byDigest: Digest } };
  packBytes: { key: [IngestUid, number, number]; value: Blob | ArrayBuffer };
  quarantine: { key: Digest; value: QuarantineRecord };
  /** SHA-256 of a blob as 64 hex characters, once something computed it [M1]. */
  sha256s: { key: Digest; value: string };
  checks: { key: Digest | "all"; value: CheckRecord };
  totals: { key: "all"; value: Totals };
  registries: {
    key: RegistryUid;
    value: RegistryRecord;
    indexes: { byName: RegistryName };
  };
  /** By registry and place in its log. */
  registryEvents: { key: [RegistryUid, number]; value: StoredRegistryEvent };
  identity: { key: "self"; value: IdentityRecord };
  settings: { key: keyof Settings; value: Settings[keyof Settings] };
  remotes: { key: RemoteUid; value: RemoteRecord };
  syncBases: { key: [RemoteUid, string]; value: SyncBaseRecord };
  pendingRounds: { key: RemoteUid; value: PendingRound };
  remoteFiles: {
    key: [RemoteUid, VersionUid, number];
    value: RemoteFilesRecord;
    indexes: { byDigest: Digest };
  };
  uploads: { key: [RemoteUid, string]; value: UploadRecord };
  syncLog: { key: number; value: SyncLogRecord; indexes: { byRemote: RemoteUid } };
  secrets: { key: string; value: SecretRecord };
  folderCopies: { key: [VersionUid, string]; value: FolderCopyRecord };
  aliasMoves: { key: [ArtifactUid, string]; value: AliasMovesRecord };
}

export type Database = IDBPDatabase<CairnDb>;
export type StoreName = keyof {
  [Name in keyof CairnDb as string extends Name ? never : Name]: true;
};
