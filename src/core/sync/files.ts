// The files of a remote: what each holds. docs/SYNC.md is the same for people.
import type { Brand } from "../brand.ts";
import type { Digest } from "../digest.ts";
import type { ArtifactName, ProjectName } from "../names.ts";
import type { VersionUid } from "../records.ts";
import type { RegistryName, RegistryUid } from "../registry/records.ts";
import type { VersionNumber } from "../version.ts";
import type { SharedOp } from "./ops.ts";
import type { DeviceId } from "./shared.ts";

export const SYNC_FORMAT = "cairn-sync";
export const SYNC_VERSION = 1;

/** The id of a round: a ULID, so that names of rounds sort by time. */
export type RoundUid = Brand<string, "RoundUid">;

/**
 * `cairn/index.json`, the one file that every round writes: which snapshot files are current, and
 * how far each device's rounds are in it. A cache of the log.
 */
export interface RemoteIndex {
  /** Rounds so far. */
  readonly seq: number;
  readonly devices: ReadonlyMap<DeviceId, RemoteDevice>;
  readonly projects: ReadonlyMap<ProjectName, RemoteProject>;
  readonly registries: ReadonlyMap<RegistryUid, RemoteRegistry>;
}

export interface RemoteDevice {
  /** For people: who, and on what, such as `Ada · Chrome on Linux`. */
  readonly name: string;
  /** How many rounds of this device are in the index; they are numbered from 1 without gaps. */
  readonly rounds: number;
  readonly last: RoundUid;
  readonly lastAt: string;
}

export interface RemoteProject {
  readonly createdAt: string;
  readonly deletedAt: string | null;
  /** Snapshot files by their name, such as `artifacts/cnn` or `runs/2026-11`, with BLAKE3 of their text. */
  readonly files: ReadonlyMap<string, Digest>;
}

export interface RemoteRegistry {
  readonly name: RegistryName;
  /** How many events its log has, and the digest of the last. */
  readonly events: number;
  readonly head: Digest;
  /** Parts of the log, {@link REGISTRY_PART_EVENTS} events each, by BLAKE3 of their text. */
  readonly parts: readonly Digest[];
}

/** Events in one part of a registry's log. */
export const REGISTRY_PART_EVENTS = 500;

/** A file of `cairn/log`: one round, never changed. What is in the log is true; the rest can be made from it. */
export interface RoundFile {
  readonly seq: number;
  readonly uid: RoundUid;
  readonly device: DeviceId;
  readonly deviceName: string;
  /** The device's own count, from 1. */
  readonly round: number;
  readonly at: string;
  readonly projects: ReadonlyMap<ProjectName, readonly SharedOp[]>;
  /** Registries whose logs grew. */
  readonly registries: readonly RegistryUid[];
}

/** A version's files: `cairn/manifests/<project>/<name>/<uid>.json`. */
export interface RemoteManifest {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly number: VersionNumber;
  readonly uid: VersionUid;
  /** Manifest digest [M2]. */
  readonly digest: Digest;
  readonly files: readonly RemoteFile[];
  readonly references: readonly { path: string; ref: string; digest: string; size: number }[];
  /** Deterministic tars of small files, in the version's folder. */
  readonly packs: readonly RemotePack[];
}

export interface RemoteFile {
  readonly path: string;
  readonly size: number;
  readonly digest: Digest;
  /** 64 hex characters. */
  readonly sha256: string;
  /** Where the bytes are, if not in a file of their own at `path`: number of the pack, and the first byte there. */
  readonly pack?: readonly [pack: number, offset: number];
}

export interface RemotePack {
  /** Its name in the version's folder, such as `pack-0000.tar`. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** The limit the Hub sets to files kept in git itself; longer texts go as LFS, under another name. */
export const INLINE_MAX_BYTES = 4 * 1024 * 1024;
/** Pointers to bytes in one commit. */
export const POINTERS_PER_COMMIT = 1000;
/** Texts in one commit, together. */
export const INLINE_PER_COMMIT_BYTES = 50 * 1024 * 1024;

/** What `.gitattributes` says from the first commit on: a line that a file lacks would be added for each. */
export const GIT_ATTRIBUTES: readonly string[] = [
  "artifacts/**/* filter=lfs diff=lfs merge=lfs -text",
  "cairn/**/*.lfs.json filter=lfs diff=lfs merge=lfs -text",
];
