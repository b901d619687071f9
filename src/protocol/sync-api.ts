// What a page may ask of the sync worker.
import type { HubFailure } from "../core/sync/hub-failure.ts";
import type { SyncNote } from "../core/sync/ops.ts";
import type { RemoteTarget, RemoteUid, SyncScope } from "../core/sync/remote.ts";
import type { VersionRef } from "../core/records.ts";
import type { RegistryUid } from "../core/registry/records.ts";
import type { JobId } from "./jobs.ts";

/** A token and until when it is good. */
export interface HubToken {
  readonly token: string;
  /** `null` where it doesn't say. */
  readonly expiresAt: string | null;
}

/** Whose token it is. */
export interface HubIdentity {
  readonly name: string;
  readonly fullName: string | null;
  readonly orgs: readonly string[];
  readonly role: string | null;
}

/** Where to send the person to sign in, and what to keep for when they come back. */
export interface SignInStart {
  readonly url: string;
  readonly verifier: string;
  readonly nonce: string;
}

export interface SignInRequest {
  readonly hubUrl: string;
  readonly clientId: string;
  /** Where the hub sends the person back to. */
  readonly redirectUrl: string;
}

export interface SignInFinish extends Pick<SignInStart, "verifier" | "nonce"> {
  readonly hubUrl: string;
  /** The whole address the person came back to. */
  readonly redirectedUrl: string;
}

/** What is known of a repository before it is connected, step by step. */
export interface ConnectionReport {
  readonly steps: readonly ConnectionStep[];
  /** What is synced there already. */
  readonly projects: readonly string[];
  readonly registries: readonly { readonly uid: RegistryUid; readonly name: string }[];
  readonly exists: boolean;
  readonly mayWrite: boolean;
}

export interface ConnectionStep {
  readonly what: "reach" | "sign-in" | "repository" | "write" | "layout" | "lfs";
  readonly state: "good" | "bad" | "skipped";
  /** A sentence. */
  readonly text: string;
  readonly requestId: string | null;
}

export interface ConnectRequest {
  readonly target: RemoteTarget;
  /** Make it when it is not there; a Space is made static. */
  readonly create: { readonly isPrivate: boolean } | null;
  readonly pullOnly: boolean;
  readonly scope: SyncScope;
}

/** What syncing with a remote is doing. */
export type SyncActivity =
  /** Nothing to do, or waiting for the next time. */
  | { readonly kind: "idle" }
  | { readonly kind: "working"; readonly progress: SyncProgress }
  /** The person stopped it. */
  | { readonly kind: "paused" }
  /** No network: calm, it goes on by itself. */
  | { readonly kind: "offline" }
  /** The hub asked for patience. */
  | { readonly kind: "waiting"; readonly until: string; readonly why: string }
  /** The person has to do something first. */
  | { readonly kind: "blocked"; readonly failure: HubFailure | null; readonly why: string };

/** What a round is at. */
export interface SyncProgress {
  readonly step: "checking" | "pulling" | "hashing" | "uploading" | "committing" | "fetching";
  /** What is at work now, such as `digits/cnn:v3`; `""` for nothing in particular. */
  readonly subject: string;
  readonly doneFiles: number;
  readonly totalFiles: number;
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** Over the last seconds; `null` before there is one. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

export interface RemoteView extends RemoteTarget {
  readonly uid: RemoteUid;
  readonly label: string;
  readonly pullOnly: boolean;
  readonly scope: SyncScope;
  readonly connectedAt: string;
  readonly syncedAt: string | null;
  readonly activity: SyncActivity;
  /** Versions, and other changes, that are not there yet. */
  readonly pendingVersions: number;
  readonly pendingChanges: number;
  readonly pendingBytes: number;
  /** Bytes this browser knows to be in the repository, and the most it takes; `null` for no such limit. */
  readonly usedBytes: number;
  readonly limitBytes: number | null;
  /** Whether a token for its hub is at hand. */
  readonly isSignedIn: boolean;
}

export interface RemoteDetail extends RemoteView {
  readonly commit: string | null;
  readonly seq: number;
  readonly projects: readonly RemoteProjectView[];
  readonly registries: readonly RemoteRegistryView[];
  /** Who syncs here, the last one first. */
  readonly devices: readonly {
    readonly name: string;
    readonly isThis: boolean;
    readonly rounds: number;
    readonly lastAt: string;
  }[];
}

export interface RemoteProjectView {
  readonly name: string;
  /** Whether it is synced here, only there, or only here. */
  readonly where: "both" | "there" | "here";
  readonly isSynced: boolean;
  readonly keepLocal: boolean;
  readonly never: readonly string[];
  /** Those that are here, of a project that syncs. */
  readonly artifacts: readonly string[];
  readonly versions: number;
  readonly pendingVersions: number;
  readonly pendingChanges: number;
  readonly pendingBytes: number;
  /** Bytes that are there and not here. */
  readonly missingBytes: number;
  /** Why it can't be taken in as it is there, and so waits; `null` when it can. */
  readonly problem: string | null;
}

export interface RemoteRegistryView {
  readonly uid: string;
  readonly name: string;
  readonly where: "both" | "there" | "here";
  readonly isSynced: boolean;
  /** Why it can't be put together with what is there; `null` when it can. */
  readonly problem: string | null;
}

/** A line of the log. */
export interface SyncLogRow {
  readonly key: number;
  readonly at: string;
  readonly level: "info" | "note" | "error";
  readonly text: string;
  readonly requestId: string | null;
  readonly project: string | null;
}

/** Where the bytes of a version are. */
export interface Copies {
  readonly totalBytes: number;
  readonly totalFiles: number;
  readonly here: { readonly bytes: number; readonly files: number };
  readonly folders: readonly { readonly name: string; readonly savedAt: string }[];
  readonly remotes: readonly {
    readonly uid: RemoteUid;
    readonly label: string;
    readonly bytes: number;
    readonly files: number;
    readonly seenAt: string;
    /** The folder there, and where people see it. */
    readonly folder: string;
    readonly url: string;
  }[];
}

/** Which local bytes to give up, since a remote has them. */
export type EvictScope =
  | { readonly kind: "version"; readonly version: VersionRef }
  | { readonly kind: "artifact"; readonly project: string; readonly name: string }
  | { readonly kind: "project"; readonly project: string };

export interface EvictPlan {
  /** Bytes that would be freed here. */
  readonly freedBytes: number;
  readonly files: number;
  /** Bytes that stay, and why. */
  readonly kept: readonly {
    readonly why: "not-there" | "used-elsewhere" | "kept-here";
    readonly bytes: number;
  }[];
}

export interface PublishRequest {
  /** `owner/name` of the Space to make or renew. */
  readonly space: string;
  readonly title: string;
  /** Where visitors get Cairn itself; `null` for nowhere they could reach. */
  readonly home: string | null;
  /** The app's own files, relative to its root. */
  readonly files: readonly { readonly path: string; readonly body: Blob }[];
}

export interface Published {
  /** Where people open it. */
  readonly url: string;
  /** Its page on the hub. */
  readonly pageUrl: string;
  readonly commit: string;
}

export interface SyncApi {
  /** Asks the hub where to sign in. Throws `hub_failed`. */
  beginSignIn(request: SignInRequest): Promise<SignInStart>;
  /** Turns what came back into a token. Throws `hub_failed`. */
  finishSignIn(finish: SignInFinish): Promise<HubToken>;
  /**
   * Takes a token for a hub, checked by asking who it is.
   *
   * @param keep also on this device, encrypted, for the next visit
   */
  giveToken(hubUrl: string, token: HubToken, keep: boolean): Promise<HubIdentity>;
  /** Takes a token that was checked earlier in this visit, asking nobody. */
  holdToken(hubUrl: string, token: HubToken): Promise<void>;
  /** Forgets the token, kept or not. */
  forgetToken(hubUrl: string): Promise<void>;
  /** Who is signed in at a hub; `null` for nobody. */
  whoIs(hubUrl: string): Promise<HubIdentity | null>;
  /** Has this worker refuse every change from now on with `read_only`: its page only shows a repository. */
  showOnly(shown: RemoteTarget): Promise<void>;

  /** Looks at a repository without changing it. Throws `invalid_remote_name`; what fails is in the report. */
  testConnection(target: RemoteTarget): Promise<ConnectionReport>;
  /** Throws `synced_elsewhere`, `hub_failed`, `invalid_remote_name`, `invalid_remote`. */
  connectRemote(request: ConnectRequest): Promise<RemoteView>;
  /** Forgets a remote. What is here and there stays. */
  disconnectRemote(remote: RemoteUid): Promise<void>;
  listRemotes(): Promise<readonly RemoteView[]>;
  getRemote(remote: RemoteUid): Promise<RemoteDetail>;
  /** Throws `synced_elsewhere`. */
  setScope(remote: RemoteUid, scope: SyncScope): Promise<void>;

  /** Begins a round now, or has the tab that syncs do it. */
  syncNow(remote: RemoteUid): Promise<void>;
  pauseSync(remote: RemoteUid): Promise<void>;
  resumeSync(remote: RemoteUid): Promise<void>;
  /** Ends the round under way; it begins again with the next change, or by hand. */
  cancelRound(remote: RemoteUid): Promise<void>;
  /** There is a network again. Browsers tell pages; not all of them tell workers. */
  noteOnline(): Promise<void>;
  /** Newest first. `before`: a key; `null` for the newest. */
  readSyncLog(
    remote: RemoteUid,
    before: number | null,
    limit: number,
  ): Promise<readonly SyncLogRow[]>;

  copiesOf(version: VersionRef): Promise<Copies>;
  planEvict(scope: EvictScope): Promise<EvictPlan>;
  /** Frees local bytes that the remote was just seen to have. Throws `only_copy`, `hub_failed`, `aborted`. */
  evict(
    job: JobId,
    scope: EvictScope,
    onProgress: (progress: SyncProgress) => void,
  ): Promise<EvictPlan>;
  /** Brings all bytes of a scope here. Throws `remote_failed`, `aborted`. */
  fetchAll(
    job: JobId,
    scope: EvictScope,
    onProgress: (progress: SyncProgress) => void,
  ): Promise<void>;
  /** Makes or renews a static Space that shows a remote's data with these files. */
  publish(
    job: JobId,
    remote: RemoteUid,
    request: PublishRequest,
    onProgress: (progress: SyncProgress) => void,
  ): Promise<Published>;
  cancelSyncJob(job: JobId): Promise<void>;
}

/** How a note is told: in the log, and on the page it is about. */
export interface ToldNote {
  readonly project: string;
  readonly note: SyncNote;
}

/** The BroadcastChannel that tells every tab what syncing does. */
export const SYNC_CHANNEL = "cairn-sync";

export type SyncNotice =
  | { readonly kind: "activity"; readonly remote: RemoteUid; readonly activity: SyncActivity }
  /** Remotes, scopes, or what is pending changed: ask again. */
  | { readonly kind: "remotes-changed" }
  /** A line was written to the log. */
  | { readonly kind: "logged"; readonly remote: RemoteUid; readonly row: SyncLogRow }
  /** For the tab that syncs. */
  | {
      readonly kind: "command";
      readonly remote: RemoteUid;
      /** `report`: to tell once more what it does, for a tab that just opened. */
      readonly command: "sync" | "cancel" | "pause" | "resume" | "report";
    };

const NOTICE_KINDS: ReadonlySet<unknown> = new Set<SyncNotice["kind"]>([
  "activity",
  "remotes-changed",
  "logged",
  "command",
]);

/** The notice in a message, or `undefined`: other versions of Cairn may post others. */
export function findSyncNotice(message: unknown): SyncNotice | undefined {
  return typeof message === "object" &&
    message !== null &&
    "kind" in message &&
    NOTICE_KINDS.has(message.kind)
    ? (message as SyncNotice)
    : undefined;
}
