// A device that syncs with the test hub.
import { createHub } from "../../src/hub/create-hub.ts";
import type { HubRequest } from "../../src/hub/hub.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { SyncNotice } from "../../src/protocol/sync-api.ts";
import type { Ctx } from "../../src/service/context.ts";
import type { SyncCtx } from "../../src/sync/context.ts";
import { sleep } from "../../src/sync/sleep.ts";
import { tokenOf } from "../../src/sync/tokens.ts";

export interface TestSyncCtx extends SyncCtx {
  readonly told: SyncNotice[];
}

/** Its tokens are those of the context, its time is the real one. */
export function syncCtxOf(ctx: Ctx): TestSyncCtx {
  const told: SyncNotice[] = [];
  return {
    ...ctx,
    told,
    openHub: (target: RemoteTarget, onRequest?: (request: HubRequest) => void, token?: string) =>
      createHub({
        target,
        token: () => token ?? tokenOf(ctx, target.hubUrl),
        pace: { retryMs: 1 },
        ...(onRequest !== undefined && { onRequest }),
      }),
    platform: "a test",
    isOnline: () => true,
    sleep,
    random: () => 0.5,
    tell: (notice) => told.push(notice),
  };
}
