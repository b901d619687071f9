// Tabs of one browser with their sync services: rounds are played by the test, time stands until it says so.
import { ulid } from "ulid";
import { onTestFinished } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import type { HubFailure } from "../../src/core/sync/hub-failure.ts";
import { HUB_URL, type RemoteUid } from "../../src/core/sync/remote.ts";
import type { DeviceId } from "../../src/core/sync/shared.ts";
import type { SyncActivity, SyncNotice } from "../../src/protocol/sync-api.ts";
import type { Locks } from "../../src/service/locks.ts";
import type { RemoteRecord } from "../../src/store/sync-records.ts";
import type { SyncCtx } from "../../src/sync/context.ts";
import type { Meter } from "../../src/sync/meter.ts";
import type { RoundOutcome } from "../../src/sync/round.ts";
import { START_MS } from "../../src/sync/schedule.ts";
import { readLog } from "../../src/sync/sync-log.ts";
import { createSyncService, type SyncService } from "../../src/sync/sync-service.ts";
import { openHarness } from "../support/service-harness.ts";
import { FakeTime } from "./fake-time.ts";

export { START_MS };
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const REMOTE = "01REMOTE" as RemoteUid;
export const TOKEN = { token: "hf_ada", expiresAt: null };

export const NOTHING_NEW: RoundOutcome = {
  commit: "c".repeat(40),
  pulledVersions: 0,
  pushedVersions: 0,
  sentObjects: 0,
  sentBytes: 0,
  notes: [],
  remarks: [],
};

/** A round, as a test plays it. */
export type PlayedRound = (round: {
  readonly sync: SyncCtx;
  readonly meter: Meter;
  readonly signal: AbortSignal;
}) => Promise<RoundOutcome>;

export interface Tab {
  readonly sync: SyncCtx;
  readonly service: SyncService;
  /** How many rounds it began. */
  readonly rounds: () => number;
  /** What it told the others, and its page. */
  readonly told: SyncNotice[];
  /** The last activity told; by its kind. */
  readonly lastTold: () => SyncActivity["kind"] | undefined;
  /** What it says the remote does. */
  activity(): Promise<SyncActivity>;
  /** The tab is closed, in whatever it was at. */
  die(): void;
}

export interface Browser {
  readonly time: FakeTime;
  /** Says what the next rounds do, one after the other; after them nothing is new. */
  play(...rounds: readonly (PlayedRound | Error)[]): void;
  goOnline(isOnline: boolean): void;
  open(options?: { readonly isSignedIn?: boolean }): Promise<Tab>;
  row(): Promise<RemoteRecord | undefined>;
}

/** A browser with one remote that syncs `digits`; its tabs are opened by the test. */
export async function openBrowser(fields: Partial<RemoteRecord> = {}): Promise<Browser> {
  const name = ulid();
  const time = new FakeTime();
  const locks = queueingLocks();
  const played: (PlayedRound | Error)[] = [];
  const tabs = new Set<Tab>();
  let isOnline = true;
  const first = await openHarness(name);
  await first.ctx.db.put("remotes", remoteRow(fields));
  onTestFinished(() => first.close());

  async function open({ isSignedIn = true } = {}): Promise<Tab> {
    const told: SyncNotice[] = [];
    let rounds = 0;
    let isDead = false;
    const own = locks.tab();
    const ownTime = time.forTab();
    const { ctx, close } = await openHarness(name, { locks: own, ctx: { now: time.now } });
    const sync: SyncCtx = {
      ...ctx,
      openHub: () => {
        throw new Error("these tests ask no hub");
      },
      platform: "a test",
      isOnline: () => isOnline,
      sleep: ownTime.sleep,
      random: () => 0,
      tell(notice) {
        if (isDead) return;
        told.push(notice);
        for (const other of tabs) if (other !== tab) void other.service.onNotice(notice);
      },
    };
    if (isSignedIn) sync.hubTokens.set(HUB_URL, TOKEN.token);
    const service = createSyncService(sync, async (round, _remote, meter, signal) => {
      rounds += 1;
      const next = played.shift() ?? (() => Promise.resolve(NOTHING_NEW));
      if (next instanceof Error) throw next;
      return next({ sync: round, meter, signal });
    });
    const tab: Tab = {
      sync,
      service,
      told,
      rounds: () => rounds,
      lastTold: () => told.findLast((notice) => notice.kind === "activity")?.activity.kind,
      async activity() {
        const [view] = await service.api.listRemotes();
        if (view === undefined) throw new Error("there is no remote");
        return view.activity;
      },
      die() {
        isDead = true;
        tabs.delete(tab);
        ownTime.die();
        own.die();
      },
    };
    tabs.add(tab);
    onTestFinished(async () => {
      own.die();
      await service.close();
      close();
    });
    await service.start();
    return tab;
  }

  return {
    time,
    open,
    play: (...rounds) => void played.push(...rounds),
    goOnline(now) {
      isOnline = now;
      if (now) for (const { service } of tabs) void service.api.noteOnline();
    },
    row: () => first.ctx.db.get("remotes", REMOTE),
  };
}

/** A tab whose first round is over. */
export async function openSynced(fields?: Partial<RemoteRecord>): Promise<[Browser, Tab]> {
  const browser = await openBrowser(fields);
  const tab = await browser.open();
  await browser.time.asleep();
  await browser.time.pass(START_MS);
  return [browser, tab];
}

/** A change in this browser, by another worker. */
export function changed(tab: Tab, project = "digits"): Promise<void> {
  return tab.service.onChange({ kind: "changed", project });
}

/** Texts of the log, the newest first. */
export async function logOf(tab: Tab): Promise<readonly string[]> {
  return (await readLog(tab.sync.db, REMOTE, null, 100)).map(({ text }) => text);
}

/** What a round does that is at something long. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(new CairnError("aborted", {}))),
  );
}

export function remoteRow(fields: Partial<RemoteRecord> = {}): RemoteRecord {
  return {
    uid: REMOTE,
    hubUrl: HUB_URL,
    type: "dataset",
    repo: "ada/models",
    device: "01DEVICE" as DeviceId,
    pullOnly: false,
    scope: { projects: [{ name: "digits" as never, keepLocal: false, never: [] }], registries: [] },
    connectedAt: "2026-03-01T00:00:00.000Z",
    pausedAt: null,
    notBefore: null,
    rounds: 0,
    lastRound: null,
    syncedAt: "2026-03-01T00:00:00.000Z",
    commit: null,
    seq: 0,
    ...fields,
  };
}

export function failure(
  kind: HubFailure,
  requestId: string | null = null,
): CairnError<"hub_failed"> {
  return new CairnError("hub_failed", {
    remote: "the dataset ada/models",
    kind,
    detail: "",
    requestId,
  });
}

/** Locks as the browser has them: who comes later waits, and a tab's end gives up its own. */
function queueingLocks(): { tab(): Locks & { die(): void } } {
  const queues = new Map<string, Promise<void>>();
  return {
    tab() {
      const releases = new Set<() => void>();
      let isDead = false;
      return {
        async hold(name) {
          const before = queues.get(name) ?? Promise.resolve();
          let release = (): void => undefined;
          const held = new Promise<void>((resolve) => (release = resolve));
          queues.set(
            name,
            before.then(() => held),
          );
          releases.add(release);
          if (isDead) release();
          await before;
          return release;
        },
        tryWith: () => Promise.reject(new Error("not asked for by syncing's loops")),
        die() {
          isDead = true;
          for (const release of releases) release();
        },
      };
    },
  };
}
