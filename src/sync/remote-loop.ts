// Syncs one remote for as long as this tab is the one that does it: one round after the other.
import { CairnError, describeError, problemOf } from "../core/errors.ts";
import { labelOf, type RemoteUid } from "../core/sync/remote.ts";
import type { SyncActivity, SyncNotice } from "../protocol/sync-api.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { ActivityVoice } from "./activity-voice.ts";
import type { SyncCtx } from "./context.ts";
import { consequenceOf } from "./failures-to-activity.ts";
import { lead } from "./leader.ts";
import { isEventful, lineOfFailure, linesOfRound } from "./log-text.ts";
import { withRequestLog } from "./request-log.ts";
import { createMeter } from "./meter.ts";
import { changeRemote, findRemote } from "./remote-rows.ts";
import type { runRound, RoundOutcome } from "./round.ts";
import { CHECK_MS, dueAt, restingActivity, START_MS, type Schedule } from "./schedule.ts";
import { writeLog } from "./sync-log.ts";
import { tokenOf } from "./tokens.ts";

export type SyncCommand = Extract<SyncNotice, { kind: "command" }>["command"];
export type RunRound = typeof runRound;

/** Nothing waits longer without looking around. */
const MOST_SLEEP_MS = 86_400_000;

/** What a round that begins takes away from what was waited for. */
const BEGUN: Partial<Schedule> = {
  isAsked: false,
  firstChange: null,
  lastChange: null,
  trouble: null,
};

export class RemoteLoop {
  readonly #sync: SyncCtx;
  readonly #remote: RemoteUid;
  readonly #runRound: RunRound;
  readonly #voice: ActivityVoice;
  readonly #end = new AbortController();
  #schedule: Schedule;
  /** Rounds in a row that failed. */
  #failed = 0;
  /** What the last round remarked. */
  #remarks: readonly string[] = [];
  /** The token that the hub refused, `""` for none at all: with it there is nothing to try. */
  #refused: string | null = null;
  #isLeading = false;
  /** It stands in line to learn when the tab that syncs is gone. */
  #isWatching = false;
  #waker = new AbortController();
  #round: AbortController | null = null;
  #living: Promise<void> = Promise.resolve();

  constructor(sync: SyncCtx, remote: RemoteUid, run: RunRound) {
    this.#sync = sync;
    this.#remote = remote;
    this.#runRound = run;
    this.#voice = new ActivityVoice(
      (activity) => sync.tell({ kind: "activity", remote, activity }),
      () => this.#now(),
    );
    const check = this.#now() + START_MS;
    this.#schedule = { isAsked: false, firstChange: null, lastChange: null, check, trouble: null };
  }

  /** Begins. Another tab that syncs it already is asked what it does. */
  start(): void {
    this.#sync.tell({ kind: "command", remote: this.#remote, command: "report" });
    this.#living = this.#live().catch((error: unknown) => console.error("syncing ended", error));
  }

  /** Ends the round under way, and all; resolves when nothing is written any more. */
  end(): Promise<void> {
    this.#end.abort();
    this.#round?.abort();
    this.#wake();
    return this.#living;
  }

  /** Something here changed that syncs with the remote. */
  noteChange(): void {
    const now = this.#now();
    this.#change({ firstChange: this.#schedule.firstChange ?? now, lastChange: now });
  }

  /** There is a network again. */
  noteOnline(): void {
    if (this.#schedule.trouble?.kind === "offline") this.#change({ trouble: null, check: 0 });
  }

  /** The disk is full: nothing is written until something here changed, or a person says so. */
  noteFull(): void {
    const problem = { code: "quota_exceeded", data: { neededBytes: null } } as const;
    const why = describeError(problem);
    const until = Number.POSITIVE_INFINITY;
    this.#round?.abort();
    this.#change({ trouble: { kind: "blocked", failure: null, isOurs: true, why, until } });
  }

  /** The remote's row, or a token, may have changed. */
  refresh(): void {
    this.#wake();
  }

  /** Does what a person wants, in this tab or another. What is kept of it is in the row already. */
  obey(command: SyncCommand): void {
    switch (command) {
      case "sync":
        this.#refused = null;
        this.#change({ isAsked: true, trouble: null });
        return;
      case "resume":
        this.#refused = null;
        this.#change({ check: 0, trouble: null });
        return;
      case "pause":
        this.#change({ isAsked: false });
        this.#round?.abort();
        return;
      case "cancel":
        this.#round?.abort();
        return;
      case "report":
        this.#voice.repeat();
        this.#wake();
        return;
      default:
        return command satisfies never;
    }
  }

  /** Another tab told what it does with the remote. */
  hear(activity: SyncActivity): void {
    // It can't know: it is this tab that does it.
    if (this.#isLeading) return this.obey("report");
    this.#voice.hear(activity);
    if (!this.#isWatching) this.#wake();
  }

  /** What syncing with the remote does, in whichever tab. */
  async activity(row: RemoteRecord): Promise<SyncActivity> {
    return (this.#isLeading ? null : this.#voice.heard) ?? this.#ownActivity(row);
  }

  async #ownActivity(row: RemoteRecord): Promise<SyncActivity> {
    const { working } = this.#voice;
    if (working !== null) return working;
    const isStopped = row.pausedAt !== null || this.#schedule.trouble !== null;
    if (isStopped || (await this.#mayAsk(row)))
      return restingActivity(this.#schedule, row, this.#now());
    const failure = "signed_out";
    const data = { remote: labelOf(row), kind: failure, detail: "", requestId: null } as const;
    return { kind: "blocked", failure, why: describeError({ code: "hub_failed", data }) };
  }

  async #live(): Promise<void> {
    for (;;) {
      const waker = this.#newWaker();
      const row = await this.#row();
      if (row === null) return;
      if (await this.#mayAsk(row))
        await lead(this.#sync.locks, this.#remote, this.#end.signal, () => this.#lead());
      else {
        this.#watch();
        await this.#rest(row, MOST_SLEEP_MS, waker);
      }
    }
  }

  /** Learns when no tab syncs any more: then what the last one said holds no longer, and this one speaks. */
  #watch(): void {
    if (this.#isWatching || this.#voice.heard === null) return;
    this.#isWatching = true;
    const gone = async (): Promise<void> => this.#voice.lead();
    lead(this.#sync.locks, this.#remote, this.#end.signal, gone)
      .then(() => {
        this.#isWatching = false;
        this.#wake();
      })
      .catch((error: unknown) => console.error("the tab that syncs is not watched", error));
  }

  /** Runs rounds when they are due, until there is nothing this tab could ask. */
  async #lead(): Promise<void> {
    this.#isLeading = true;
    this.#voice.lead();
    try {
      for (;;) {
        const waker = this.#newWaker();
        const row = await this.#row();
        if (row === null || !(await this.#mayAsk(row))) return;
        const wait =
          (dueAt(this.#schedule, row, this.#now()) ?? Number.POSITIVE_INFINITY) - this.#now();
        if (wait <= 0) await this.#runOne(row);
        else await this.#rest(row, wait, waker);
      }
    } finally {
      this.#isLeading = false;
    }
  }

  async #runOne(before: RemoteRecord): Promise<void> {
    const { isAsked } = this.#schedule;
    const token = await tokenOf(this.#sync, before.hubUrl);
    const started = this.#now();
    const round = new AbortController();
    this.#round = round;
    this.#schedule = { ...this.#schedule, ...BEGUN };
    this.#voice.begin();
    const meter = createMeter(
      (progress) => this.#voice.work(progress),
      () => this.#now(),
    );
    const sync = withRequestLog(this.#sync, this.#remote, round.signal);
    try {
      const outcome = await this.#runRound(sync, this.#remote, meter, round.signal);
      await this.#noteSuccess(outcome, started, isAsked || before.syncedAt === null);
    } catch (error) {
      await this.#noteFailure(round.signal.aborted ? new CairnError("aborted", {}) : error, token);
    } finally {
      this.#round = null;
      this.#voice.end();
    }
    this.#sync.tell({ kind: "remotes-changed" });
  }

  /** @param isNews whether the log says it even where nothing came or went */
  async #noteSuccess(outcome: RoundOutcome, started: number, isNews: boolean): Promise<void> {
    const now = this.#now();
    this.#failed = 0;
    this.#schedule = { ...this.#schedule, trouble: null, check: now + CHECK_MS };
    const { seen } = await changeRemote(this.#sync.db, this.#remote, { notBefore: null });
    // What stays as it was would be said with every round, and push all else out of the log.
    const remarks = outcome.remarks.filter((each) => !this.#remarks.includes(each));
    this.#remarks = outcome.remarks;
    const news = { ...outcome, remarks };
    if (!isNews && !isEventful(news)) return;
    const lines = linesOfRound(news, now - started, (device) => seen?.devices.get(device)?.name);
    await writeLog(this.#sync, this.#remote, lines);
  }

  async #noteFailure(error: unknown, token: string | null): Promise<void> {
    const consequence = consequenceOf(error, this.#failed + 1, this.#sync.random());
    if (consequence.kind === "cancelled") {
      this.#schedule = { ...this.#schedule, check: null };
      return;
    }
    this.#failed += 1;
    const until = "ms" in consequence ? this.#now() + consequence.ms : Number.POSITIVE_INFINITY;
    this.#schedule = { ...this.#schedule, trouble: { ...consequence, until } };
    if (consequence.kind === "blocked" && isRefusal(consequence.failure))
      this.#refused = token ?? "";
    if (consequence.kind === "wait" && consequence.isRule)
      await changeRemote(this.#sync.db, this.#remote, { notBefore: new Date(until).toISOString() });
    // To be offline is no failure, and not worth a line each time.
    if (consequence.kind === "offline") return;
    const line = lineOfFailure(error, describeError(problemOf(error)));
    await writeLog(this.#sync, this.#remote, [line]);
  }

  /** Whether there is anything this tab can ask the hub. A token that wasn't refused yet ends what one led to. */
  async #mayAsk(row: RemoteRecord): Promise<boolean> {
    const token = await tokenOf(this.#sync, row.hubUrl);
    if (this.#refused !== null && this.#refused !== (token ?? "")) {
      this.#refused = null;
      this.#schedule = { ...this.#schedule, trouble: null, check: 0 };
    }
    return this.#refused === null && (row.pullOnly || token !== null);
  }

  async #row(): Promise<RemoteRecord | null> {
    return this.#end.signal.aborted ? null : findRemote(this.#sync.db, this.#remote);
  }

  #now(): number {
    return Date.parse(this.#sync.now());
  }

  #change(changes: Partial<Schedule>): void {
    this.#schedule = { ...this.#schedule, ...changes };
    this.#wake();
  }

  #wake(): void {
    this.#waker.abort();
  }

  /** To be made before anything is read, so that no change in between goes unnoticed. */
  #newWaker(): AbortSignal {
    this.#waker = new AbortController();
    return this.#waker.signal;
  }

  /** Tells what it does without a round, unless another tab syncs, and waits until there may be more to do. */
  async #rest(row: RemoteRecord, ms: number, waker: AbortSignal): Promise<void> {
    const activity = await this.#ownActivity(row);
    if (this.#voice.heard === null) this.#voice.rest(activity);
    if (waker.aborted || this.#end.signal.aborted) return;
    try {
      await this.#sync.sleep(Math.min(MOST_SLEEP_MS, ms), waker);
    } catch (error) {
      if (!waker.aborted) throw error;
    }
  }
}

/** Whether another sign-in may help. */
function isRefusal(failure: string | null): boolean {
  return failure === "signed_out" || failure === "forbidden";
}
