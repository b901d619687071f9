// Counts what is sent while another step is shown, and shows it in its turn.
import type { Amount, Meter } from "./meter.ts";

export interface MeterAhead extends Meter {
  /** Begins the step of uploading, of objects of which some are there by now: those are no work of it. */
  catchUp(objects: Iterable<{ readonly sizeBytes: number }>): void;
}

/** Makes a meter that keeps its counts to itself until it catches up. */
export function meterAhead(meter: Meter): MeterAhead {
  let before: { files: number; bytes: number } | null = { files: 0, bytes: 0 };
  const count = (files: number, bytes: number, tell: (meter: Meter) => void): void => {
    if (before === null) tell(meter);
    else before = { files: before.files + files, bytes: before.bytes + bytes };
  };
  return {
    step: () => undefined,
    subject(subject) {
      if (before === null) meter.subject(subject);
    },
    addBytes: (bytes) => count(0, bytes, (shown) => shown.addBytes(bytes)),
    addFiles: (files) => count(files, 0, (shown) => shown.addFiles(files)),
    skip: (amount: Amount) => count(amount.files, amount.bytes, (shown) => shown.skip(amount)),
    catchUp(objects) {
      const done = before;
      before = null;
      const totals = { files: 0, bytes: 0 };
      for (const { sizeBytes } of objects) {
        totals.files += 1;
        totals.bytes += sizeBytes;
      }
      meter.step("uploading", totals);
      if (done !== null) meter.skip(done);
    },
  };
}
