// A repository that was connected, and never synced with yet.
import { HUB_URL, type RemoteUid } from "../../src/core/sync/remote.ts";
import type { DeviceId } from "../../src/core/sync/shared.ts";
import type { RemoteRecord } from "../../src/store/sync-records.ts";

export function remoteRow(fields: Partial<RemoteRecord> = {}): RemoteRecord {
  return {
    uid: "01REMOTE" as RemoteUid,
    hubUrl: HUB_URL,
    type: "dataset",
    repo: "ada/models",
    device: "01DEVICE" as DeviceId,
    pullOnly: false,
    scope: { projects: [], registries: [] },
    connectedAt: "2026-01-01T00:00:00.000Z",
    pausedAt: null,
    notBefore: null,
    rounds: 0,
    lastRound: null,
    syncedAt: null,
    commit: null,
    seq: 0,
    ...fields,
  };
}
