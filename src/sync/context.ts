// What syncing needs from outside, so that it runs in a worker and in a test alike.
import type { RemoteTarget } from "../core/sync/remote.ts";
import type { Hub, HubRequest } from "../hub/hub.ts";
import type { SyncNotice } from "../protocol/sync-api.ts";
import type { Ctx } from "../service/context.ts";

export interface SyncCtx extends Ctx {
  readonly openHub: (target: RemoteTarget, onRequest?: (request: HubRequest) => void) => Hub;
  /** For others to know this browser by, such as `Chrome on Linux`. */
  readonly platform: string;
  readonly isOnline: () => boolean;
  /** Waits, or rejects with `aborted`. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** Tells every tab what syncing does. */
  readonly tell: (notice: SyncNotice) => void;
}
