// Brings here what the page shows: connects its repository on the first visit, looks for news on later ones.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Cairn } from "../../client/cairn.ts";
import { describeError, problemOf } from "../../core/errors.ts";
import type { ProjectName } from "../../core/names.ts";
import type { RemoteTarget, RemoteUid, SyncScope } from "../../core/sync/remote.ts";
import type {
  ConnectionReport,
  RemoteView,
  SyncActivity,
  SyncProgress,
} from "../../protocol/sync-api.ts";

/** How far the page is with what it shows. */
export type ShownPhase =
  /** It is here, as of the last look. */
  | { readonly kind: "here" }
  | { readonly kind: "coming"; readonly progress: SyncProgress | null }
  /** It couldn't be brought here, for this reason. */
  | { readonly kind: "failed"; readonly why: string };

/** Tabs take turns: two that connect the same repository would have it twice. */
const LOCK = "cairn-shown";

type ShownCairn = Pick<Cairn, "sync" | "store">;

export class ShownState {
  readonly #phase = signal<ShownPhase>({ kind: "here" });
  readonly #cairn: ShownCairn;
  readonly #shown: RemoteTarget;
  readonly #takeTurns: (run: () => Promise<void>) => Promise<void>;

  constructor(
    cairn: ShownCairn,
    shown: RemoteTarget,
    takeTurns: (run: () => Promise<void>) => Promise<void> = (run) =>
      navigator.locks.request(LOCK, run),
  ) {
    this.#cairn = cairn;
    this.#shown = shown;
    this.#takeTurns = takeTurns;
  }

  get phase(): ReadonlySignal<ShownPhase> {
    return this.#phase;
  }

  /** Resolves when it is here, or says in its phase why it isn't. Never rejects. */
  async bring(): Promise<void> {
    try {
      await this.#takeTurns(async () => {
        const known = (await this.#cairn.store.listConnected()).find((remote) =>
          isSame(remote, this.#shown),
        );
        if (known === undefined) await this.#connect();
        else await this.#lookForNews(known.uid);
      });
    } catch (error) {
      this.#phase.value = { kind: "failed", why: describeError(problemOf(error)) };
    }
  }

  async #connect(): Promise<void> {
    const { api } = this.#cairn.sync;
    this.#phase.value = { kind: "coming", progress: null };
    const report = await api.testConnection(this.#shown);
    const bad = report.steps.find(({ what, state }) => state === "bad" && MUST_BE_GOOD.has(what));
    if (bad !== undefined) {
      this.#phase.value = { kind: "failed", why: bad.text };
      return;
    }
    const { uid } = await api.connectRemote({
      target: this.#shown,
      create: null,
      pullOnly: true,
      scope: everythingIn(report),
    });
    await this.#follow(uid);
  }

  /** Projects that came since are taken up. What was brought here before shows meanwhile. */
  async #lookForNews(uid: RemoteUid): Promise<void> {
    const { api } = this.#cairn.sync;
    const remote = (await api.listRemotes()).find((each) => each.uid === uid);
    // The first visit may have ended before all was here.
    if (remote?.syncedAt === null) return this.#follow(uid);
    const report = await api.testConnection(this.#shown);
    if (remote === undefined || !report.exists || !hasMore(report, remote)) return;
    await api.setScope(uid, everythingIn(report));
    await api.syncNow(uid);
  }

  /** Runs a round and tells how far it is, to its end. */
  async #follow(uid: RemoteUid): Promise<void> {
    const { sync } = this.#cairn;
    this.#phase.value = { kind: "coming", progress: null };
    let stop = (): void => undefined;
    const ended = new Promise<void>((resolve, reject) => {
      const look = (activity: SyncActivity, isSynced: boolean): void => {
        const phase = phaseOf(activity, isSynced);
        this.#phase.value = phase;
        if (phase.kind !== "coming") resolve();
      };
      const ask = async (): Promise<void> => {
        const remote = (await sync.api.listRemotes()).find((each) => each.uid === uid);
        if (remote !== undefined) look(remote.activity, remote.syncedAt !== null);
      };
      stop = sync.onNotice((notice) => {
        if (notice.kind !== "activity" || notice.remote !== uid) return;
        // Only its row says whether a round that ended ended well.
        if (notice.activity.kind === "idle") ask().catch(reject);
        else look(notice.activity, false);
      });
      sync.api.syncNow(uid).then(ask).catch(reject);
    });
    try {
      await ended;
    } finally {
      stop();
    }
  }
}

const MUST_BE_GOOD: ReadonlySet<ConnectionReport["steps"][number]["what"]> = new Set([
  "reach",
  "repository",
  "layout",
]);

function phaseOf(activity: SyncActivity, isSynced: boolean): ShownPhase {
  switch (activity.kind) {
    case "idle":
      return isSynced ? { kind: "here" } : { kind: "coming", progress: null };
    case "working":
      return { kind: "coming", progress: activity.progress };
    case "offline":
      return { kind: "failed", why: "There is no network. Try again when there is." };
    case "paused":
      return { kind: "failed", why: "It was stopped before all was here." };
    case "waiting":
    case "blocked":
      return { kind: "failed", why: activity.why };
  }
}

function isSame(a: RemoteTarget, b: RemoteTarget): boolean {
  return a.hubUrl === b.hubUrl && a.type === b.type && a.repo === b.repo;
}

/** All that lies there; bytes come when somebody asks for them. */
function everythingIn({ projects, registries }: ConnectionReport): SyncScope {
  return {
    projects: projects.map((name) => ({
      name: name as ProjectName,
      keepLocal: false,
      never: [],
    })),
    registries: registries.map(({ uid }) => uid),
  };
}

function hasMore({ projects, registries }: ConnectionReport, { scope }: RemoteView): boolean {
  const synced = new Set<string>(scope.projects.map(({ name }) => name));
  const known = new Set<string>(scope.registries);
  return (
    projects.some((name) => !synced.has(name)) || registries.some(({ uid }) => !known.has(uid))
  );
}
