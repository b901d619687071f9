// Tells all tabs what syncing with a remote does, and listens to the tab that does it.
import { PROGRESS_INTERVAL_MS } from "../protocol/jobs.ts";
import type { SyncActivity, SyncProgress } from "../protocol/sync-api.ts";

/** So long a tab that said to be at work is believed to be. */
const BELIEVED_MS = 120_000;

/** What a round is at before it said anything. */
const CHECKING: SyncProgress = {
  step: "checking",
  subject: "",
  doneFiles: 0,
  totalFiles: 0,
  doneBytes: 0,
  totalBytes: 0,
  bytesPerSecond: null,
  secondsLeft: null,
};

export class ActivityVoice {
  readonly #tell: (activity: SyncActivity) => void;
  readonly #now: () => number;
  #progress: SyncProgress | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** What was said last while nothing ran, by any tab. */
  #rested = "";
  #heard: { readonly activity: SyncActivity; readonly at: number } | null = null;

  /** @param now in milliseconds */
  constructor(tell: (activity: SyncActivity) => void, now: () => number) {
    this.#tell = tell;
    this.#now = now;
  }

  /** What this tab does, while a round runs here. */
  get working(): SyncActivity | null {
    return this.#progress === null ? null : { kind: "working", progress: this.#progress };
  }

  /** What another tab said it does; `null` where none did, or none can be doing it any more. */
  get heard(): SyncActivity | null {
    if (this.#heard === null) return null;
    const { activity, at } = this.#heard;
    return activity.kind === "working" && this.#now() - at > BELIEVED_MS ? null : activity;
  }

  hear(activity: SyncActivity): void {
    this.#heard = { activity, at: this.#now() };
    this.#rested = JSON.stringify(activity);
  }

  /** From now on it is this tab that knows. */
  lead(): void {
    this.#heard = null;
  }

  begin(): void {
    this.#rested = "";
    this.work(CHECKING);
  }

  /** Told at most ten times a second. */
  work(progress: SyncProgress): void {
    const now = this.#now();
    const isSoon =
      this.#progress?.step === progress.step && now - this.#toldAt < PROGRESS_INTERVAL_MS;
    this.#progress = progress;
    if (isSoon) return;
    this.#toldAt = now;
    this.#tell({ kind: "working", progress });
  }

  end(): void {
    this.#progress = null;
  }

  /** Told where it is new. */
  rest(activity: SyncActivity): void {
    const said = JSON.stringify(activity);
    if (said === this.#rested) return;
    this.#rested = said;
    this.#tell(activity);
  }

  /** Somebody missed what was told: says it once more now, or with the next {@link rest}. */
  repeat(): void {
    this.#rested = "";
    if (this.working !== null) this.#tell(this.working);
  }
}
