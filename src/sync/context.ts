// What syncing needs from outside, so that it runs in a worker and in a test alike.
import type { RemoteTarget } from "../core/sync/remote.ts";
import type { Hub, HubRequest } from "../hub/hub.ts";
import type { SyncNotice } from "../protocol/sync-api.ts";
import type { Ctx } from "../service/context.ts";

export interface CommitLimits {
  /** Pointers to files. */
  readonly pointers: number;
  /** Of texts, together. */
  readonly inlineBytes: number;
  /** Uploaded before they are committed: uncommitted ones are forgotten by the hub after a day. */
  readonly uploadBytes: number;
}

export interface PullLimits {
  /** Rows of versions' manifests that are held in memory. */
  readonly manifestRows: number;
}

export interface SyncCtx extends Ctx {
  /** @param token stands in for the one at hand, while it is being checked */
  readonly openHub: (
    target: RemoteTarget,
    onRequest?: (request: HubRequest) => void,
    token?: string,
  ) => Hub;
  /** For others to know this browser by, such as `Chrome on Linux`. */
  readonly platform: string;
  readonly isOnline: () => boolean;
  /** Waits, or rejects with `aborted`. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** Tells every tab what syncing does. */
  readonly tell: (notice: SyncNotice) => void;
  /** Told before each step of a round, for tests: one that never answers is a crash there. */
  readonly onStep?: (step: string) => Promise<void>;
  /** How much goes into one commit, or comes at once, where that is not the usual. */
  readonly limits?: Partial<CommitLimits & PullLimits>;
}
