// How far a round is, for the page.
import { PROGRESS_INTERVAL_MS } from "../protocol/jobs.ts";
import type { SyncProgress } from "../protocol/sync-api.ts";

/** How much of something is done, or is to be done. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** Gathers progress of many things at once and tells it at a bearable rate. */
export interface Meter {
  /** Begins a step, with nothing of it done. */
  step(step: SyncProgress["step"], totals: Amount): void;
  subject(subject: string): void;
  /** Counts bytes done; fewer than none for those that must be done again. */
  addBytes(bytes: number): void;
  addFiles(files: number): void;
  /** Takes off the totals what turned out to need no work; amounts below 0 put it back. */
  skip(amount: Amount): void;
}

/** The rate is that of the last seconds: long enough to be steady, short enough to be of now. */
const WINDOW_MS = 10_000;
/** A rate over less time jumps about. */
const RATE_FROM_MS = 1_000;
/** Samples in the window. */
const SAMPLE_MS = 250;

/**
 * Makes a meter that tells at most ten times a second, and always when a step begins or its last byte is done.
 *
 * @param now milliseconds of any clock that only goes forward
 */
export function createMeter(tell: (progress: SyncProgress) => void, now: () => number): Meter {
  let step: SyncProgress["step"] = "checking";
  let subject = "";
  let total: Amount = { files: 0, bytes: 0 };
  let done: Amount = { files: 0, bytes: 0 };
  let samples: { readonly at: number; readonly bytes: number }[] = [];
  let toldAt = Number.NEGATIVE_INFINITY;

  function sample(at: number): void {
    const last = samples.at(-1);
    if (last !== undefined && at - last.at < SAMPLE_MS) return;
    samples.push({ at, bytes: done.bytes });
    // The first one stays at the window's edge, so that the rate is over the whole of it.
    while (samples.length > 1 && at - (samples[1]?.at ?? at) >= WINDOW_MS) samples.shift();
  }

  function rateAt(at: number): number | null {
    const first = samples[0];
    if (first === undefined || at - first.at < RATE_FROM_MS) return null;
    return Math.max(0, done.bytes - first.bytes) / ((at - first.at) / 1000);
  }

  function report(isUrgent: boolean): void {
    const at = now();
    sample(at);
    if (!isUrgent && at - toldAt < PROGRESS_INTERVAL_MS) return;
    toldAt = at;
    const rate = rateAt(at);
    const leftBytes = Math.max(0, total.bytes - done.bytes);
    tell({
      step,
      subject,
      doneFiles: done.files,
      totalFiles: Math.max(total.files, done.files),
      doneBytes: done.bytes,
      totalBytes: Math.max(total.bytes, done.bytes),
      bytesPerSecond: rate,
      secondsLeft: rate === null || rate === 0 ? null : leftBytes / rate,
    });
  }

  /** Tells it, and at once when that was all. */
  function reportChange(): void {
    report(done.files >= total.files && done.bytes >= total.bytes);
  }

  function count(files: number, bytes: number): void {
    done = { files: done.files + files, bytes: Math.max(0, done.bytes + bytes) };
    reportChange();
  }

  return {
    step(next, totals) {
      step = next;
      total = totals;
      done = { files: 0, bytes: 0 };
      samples = [];
      report(true);
    },
    subject(next) {
      if (next === subject) return;
      subject = next;
      report(false);
    },
    addBytes: (bytes) => count(0, bytes),
    addFiles: (files) => count(files, 0),
    skip({ files, bytes }) {
      total = {
        files: Math.max(0, total.files - files),
        bytes: Math.max(0, total.bytes - bytes),
      };
      reportChange();
    },
  };
}
