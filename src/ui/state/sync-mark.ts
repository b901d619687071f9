// What the bar says of syncing: known without starting its worker.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Cairn } from "../../client/cairn.ts";
import type { RemoteUid } from "../../core/sync/remote.ts";
import type { ConnectedRemote } from "../../protocol/remote-api.ts";
import type { SyncActivity } from "../../protocol/sync-api.ts";

/** `none`: nothing is connected. `signed-out`: nothing went wrong, but no tab is signed in, or not any more. */
export type SyncMood = "none" | "signed-out" | SyncActivity["kind"];

/** The one that needs the person first, then what is under way. */
const MOST_TELLING: readonly SyncMood[] = [
  "blocked",
  "signed-out",
  "working",
  "offline",
  "waiting",
  "paused",
];

type MarkedCairn = Pick<Cairn, "sync"> & { readonly store: Pick<Cairn["store"], "listConnected"> };

/** Follows what all tabs say of every remote. */
export class SyncMark {
  readonly #remotes = signal<readonly ConnectedRemote[]>([]);
  readonly #activities = signal<ReadonlyMap<RemoteUid, SyncActivity>>(new Map());
  readonly #cairn: MarkedCairn;

  constructor(cairn: MarkedCairn) {
    this.#cairn = cairn;
    cairn.sync.onNotice((notice) => {
      if (notice.kind === "remotes-changed") void this.refresh();
      if (notice.kind === "activity")
        this.#activities.value = new Map(this.#activities.value).set(
          notice.remote,
          notice.activity,
        );
    });
    void this.refresh();
  }

  /** What is connected, as last asked. */
  get remotes(): ReadonlySignal<readonly ConnectedRemote[]> {
    return this.#remotes;
  }

  readonly mood: ReadonlySignal<SyncMood> = computed(() => {
    const remotes = this.#remotes.value;
    if (remotes.length === 0) return "none";
    const moods = new Set(remotes.map(({ uid }) => moodOf(this.#activities.value.get(uid))));
    return MOST_TELLING.find((mood) => moods.has(mood)) ?? "idle";
  });

  /** Asks again what is connected; a failure leaves what was known. */
  async refresh(): Promise<void> {
    try {
      this.#remotes.value = await this.#cairn.store.listConnected();
    } catch {
      // The mark is no place to say it; the page of syncing does.
    }
  }
}

function moodOf(activity: SyncActivity | undefined): SyncMood | undefined {
  return activity?.kind === "blocked" && activity.failure === "signed_out"
    ? "signed-out"
    : activity?.kind;
}
