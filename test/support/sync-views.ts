// What syncing says of remotes, with what a test cares for.
import { HUB_URL, type RemoteUid } from "../../src/core/sync/remote.ts";
import type { ConnectedRemote } from "../../src/protocol/remote-api.ts";
import type {
  RemoteDetail,
  RemoteProjectView,
  RemoteView,
  SyncLogRow,
  SyncProgress,
} from "../../src/protocol/sync-api.ts";

/** An idle Space that has all there is. */
export function remoteView(fields: Partial<RemoteView> = {}): RemoteView {
  return {
    uid: "remote-1" as RemoteUid,
    hubUrl: HUB_URL,
    type: "space",
    repo: "ada/models",
    label: "the Space ada/models",
    pullOnly: false,
    scope: { projects: [], registries: [] },
    connectedAt: "2026-11-01T08:00:00.000Z",
    syncedAt: "2026-11-21T09:00:00.000Z",
    activity: { kind: "idle" },
    pendingVersions: 0,
    pendingChanges: 0,
    pendingBytes: 0,
    usedBytes: 0,
    limitBytes: 1_000_000_000,
    isSignedIn: true,
    ...fields,
  };
}

/** A dataset that `digits` syncs with, but for its artifact `secret`. */
export function connected(fields: Partial<ConnectedRemote> = {}): ConnectedRemote {
  return {
    uid: "r1" as RemoteUid,
    hubUrl: HUB_URL,
    type: "dataset",
    repo: "ada/models",
    label: "the dataset ada/models",
    pullOnly: false,
    projects: [{ name: "digits" as never, keepLocal: false, never: ["secret" as never] }],
    registries: [],
    ...fields,
  };
}

export function remoteDetail(fields: Partial<RemoteDetail> = {}): RemoteDetail {
  return {
    ...remoteView(),
    commit: null,
    seq: 0,
    projects: [],
    registries: [],
    devices: [],
    ...fields,
  };
}

/** A project that is here and there, and syncs. */
export function projectView(fields: Partial<RemoteProjectView> = {}): RemoteProjectView {
  return {
    name: "digits",
    where: "both",
    isSynced: true,
    keepLocal: false,
    never: [],
    artifacts: [],
    versions: 3,
    pendingVersions: 0,
    pendingChanges: 0,
    pendingBytes: 0,
    missingBytes: 0,
    problem: null,
    ...fields,
  };
}

export function logRow(key: number, fields: Partial<SyncLogRow> = {}): SyncLogRow {
  return {
    key,
    at: new Date(Date.UTC(2026, 10, 21, 8, 0, key)).toISOString(),
    level: "info",
    text: `Round ${key}`,
    requestId: null,
    project: null,
    ...fields,
  };
}

/** A step of which nothing more is known. */
export function progressOf(fields: Partial<SyncProgress> = {}): SyncProgress {
  return {
    step: "checking",
    subject: "",
    doneFiles: 0,
    totalFiles: 0,
    doneBytes: 0,
    totalBytes: 0,
    bytesPerSecond: null,
    secondsLeft: null,
    ...fields,
  };
}
