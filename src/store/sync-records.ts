// Rows of syncing: remotes, what was agreed on with them, what is under way, what they hold. docs/STORAGE.md says what each is for.
import type { Digest } from "../core/digest.ts";
import type { Alias, ArtifactName, ProjectName } from "../core/names.ts";
import type { ArtifactUid, VersionUid } from "../core/records.ts";
import type { RegistryName, RegistryUid } from "../core/registry/records.ts";
import type { RemoteDevice, RoundUid } from "../core/sync/files.ts";
import type { RemoteTarget, RemoteUid, SyncScope } from "../core/sync/remote.ts";
import type { DeviceId, SharedMove, SharedProject } from "../core/sync/shared.ts";

/** A repository this browser syncs with. */
export interface RemoteRecord extends RemoteTarget {
  readonly uid: RemoteUid;
  /** Who this browser is there. */
  readonly device: DeviceId;
  /** Only pulls: for repositories one may read and not write. */
  readonly pullOnly: boolean;
  readonly scope: SyncScope;
  readonly connectedAt: string;
  /** The person stopped it; `null` while it syncs. */
  readonly pausedAt: string | null;
  /** Nothing is asked of the hub before this time: it said so [rates]. */
  readonly notBefore: string | null;
  /** Rounds of this device that are known to be in the index. */
  readonly rounds: number;
  readonly lastRound: RoundUid | null;
  /** When the last round ended well, and the head it left or found. */
  readonly syncedAt: string | null;
  readonly commit: string | null;
  /** `seq` of the index at that commit. */
  readonly seq: number;
  /** What the index said there; absent before one was read. */
  readonly seen?: RemoteSeen;
  /** Why the logs of registries can't be put together with those here, in a sentence each. */
  readonly problems?: ReadonlyMap<RegistryUid, string>;
  /** Projects that can't be taken in as they are there. They are neither pulled nor pushed. */
  readonly projectProblems?: ReadonlyMap<ProjectName, ProjectProblem>;
  /** With `pullOnly`: where the log stood in for an index that nobody put right, and for which scope. */
  readonly readFromLog?: { readonly commit: string; readonly scope: SyncScope };
}

export interface ProjectProblem {
  /** In a sentence or two. */
  readonly text: string;
  /** Where it was found first. */
  readonly commit: string;
  /** States of the project there, as digests, with which the log was read in vain. */
  readonly tried: readonly Digest[];
}

/** What a remote's index says, for people. */
export interface RemoteSeen {
  readonly projects: readonly string[];
  readonly registries: ReadonlyMap<RegistryUid, RegistryName>;
  readonly devices: ReadonlyMap<DeviceId, RemoteDevice>;
}

/** What a remote held of a project when this browser last agreed with it: a merge's common ancestor. */
export interface SyncBaseRecord {
  readonly remote: RemoteUid;
  /** A project's name. */
  readonly project: string;
  readonly state: SharedProject;
  /** Digests of its snapshot files then. */
  readonly files: ReadonlyMap<string, Digest>;
}

/** A round on its way: after a crash or a lost answer it tells whether it happened. */
export interface PendingRound {
  readonly remote: RemoteUid;
  readonly uid: RoundUid;
  readonly round: number;
  readonly startedAt: string;
  /** Head it was to follow; `null` for none. While that is still the head, its fate is open. */
  readonly parent: string | null;
  /** What the bases become once it is in the index. */
  readonly bases: readonly SyncBaseRecord[];
  /** Versions whose files it brought there. */
  readonly pushed: readonly PushedVersion[];
  /** Attempts before it whose fate is open, too. */
  readonly earlier: readonly PendingRound[];
}

export interface PushedVersion {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly uid: VersionUid;
}

/** Blobs in one row of `remoteFiles`. */
export const REMOTE_FILES_PART = 500;

/** Up to {@link REMOTE_FILES_PART} blobs of a version that a remote holds, and where; key [remote, version, part]. */
export interface RemoteFilesRecord {
  /** The commit that they are at for good. */
  readonly commit: string;
  readonly digests: readonly Digest[];
  /** Path in the repository of the file that holds blob i; of a pack for many. */
  readonly paths: readonly string[];
  /** First byte of blob i there; 0 for a file of its own. */
  readonly offsets: readonly number[];
  readonly sizes: readonly number[];
  /** SHA-256 of blob i. */
  readonly sha256s: readonly string[];
  /** SHA-256 and size of the packs among the paths. */
  readonly packs: ReadonlyMap<string, { readonly sha256: string; readonly sizeBytes: number }>;
  /** When the remote was last seen to have them. */
  readonly seenAt: string;
}

/** How far the upload of a large object got; key [remote, sha256]. */
export interface UploadRecord {
  readonly chunkBytes: number;
  readonly sizeBytes: number;
  readonly urls: readonly string[];
  readonly completionUrl: string;
  readonly etags: ReadonlyMap<number, string>;
  readonly startedAt: string;
}

/** One line of what syncing did. */
export interface SyncLogRecord {
  readonly remote: RemoteUid;
  readonly at: string;
  readonly level: "info" | "note" | "error";
  readonly text: string;
  /** The hub's id for the request it is about. */
  readonly requestId: string | null;
  /** The project it is about; `null` for none. */
  readonly project: string | null;
}

/** A token kept on this device, encrypted under a key that can't be exported. */
export interface SecretRecord {
  readonly hubUrl: string;
  readonly key: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly ciphertext: ArrayBuffer;
  /** When the token is over; `null` where it doesn't say. */
  readonly expiresAt: string | null;
}

/** A version that was saved to a folder; key [version, folder]. */
export interface FolderCopyRecord {
  readonly version: VersionUid;
  /** The folder's name, as the browser shows it. */
  readonly folder: string;
  readonly savedAt: string;
}

/** How a custom alias went from version to version, as devices agreed on it [S4]; key [artifact, alias]. */
export interface AliasMovesRecord {
  readonly artifact: ArtifactUid;
  readonly alias: Alias;
  /** The newest, oldest first. */
  readonly moves: readonly SharedMove[];
}
