// Speed over the last seconds, and the time left.

const WINDOW_MS = 4_000;
/** Less than this much history says nothing yet. */
const SHORTEST_MS = 500;

/** Smooths a growing byte count into bytes per second. */
export class SpeedMeter {
  #samples: { at: number; bytes: number }[] = [];

  /** Notes the bytes done at a time, both growing. */
  note(bytes: number, at: number): void {
    this.#samples.push({ at, bytes });
    const first = this.#samples.findIndex((sample) => sample.at >= at - WINDOW_MS);
    // One older sample stays, so that the window is always full.
    if (first > 1) this.#samples.splice(0, first - 1);
  }

  /** Bytes per second, or `null` while too little is known. */
  bytesPerSecond(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < SHORTEST_MS) return null;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1_000;
  }
}
