// Time at the test's command: nothing waits, and nothing happens before the test says so.
import { CairnError } from "../../src/core/errors.ts";
import { deferred } from "../../src/core/deferred.ts";

interface Sleeper {
  readonly until: number;
  wake(): void;
}

export class FakeTime {
  #now = Date.parse("2026-03-01T12:00:00.000Z");
  readonly #asleep = new Set<Sleeper>();
  #watchers: (() => void)[] = [];

  readonly now = (): string => new Date(this.#now).toISOString();

  /** The waiting of one tab, which ends with the tab. */
  forTab(): { sleep(ms: number, signal: AbortSignal): Promise<void>; die(): void } {
    const own = new Set<Sleeper>();
    let isDead = false;
    return {
      sleep: (ms, signal) => (isDead ? deferred().promise : this.#sleep(ms, signal, own)),
      die: () => {
        isDead = true;
        for (const sleeper of own) this.#asleep.delete(sleeper);
      },
    };
  }

  #sleep(ms: number, signal: AbortSignal, own: Set<Sleeper>): Promise<void> {
    const { promise, resolve, reject } = deferred();
    const end = (settle: () => void): void => {
      this.#asleep.delete(sleeper);
      own.delete(sleeper);
      signal.removeEventListener("abort", abort);
      settle();
    };
    const abort = (): void => end(() => reject(new CairnError("aborted", {})));
    const sleeper: Sleeper = { until: this.#now + ms, wake: () => end(resolve) };
    this.#asleep.add(sleeper);
    own.add(sleeper);
    signal.addEventListener("abort", abort);
    for (const watch of this.#watchers.splice(0)) watch();
    return promise;
  }

  /** Puts the clock forward, and wakes whoever waited for that. */
  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of this.#asleep) if (sleeper.until <= this.#now) sleeper.wake();
  }

  /** Resolves once so many wait: when they all do, nothing goes on any more. */
  async asleep(count = 1): Promise<void> {
    while (this.#asleep.size < count)
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Puts the clock forward, and waits until so many wait again. */
  async pass(ms: number, count = 1): Promise<void> {
    this.advance(ms);
    await this.asleep(count);
  }
}
