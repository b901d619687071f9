// Several transfers side by side that end together.
import { CairnError } from "../core/errors.ts";
import { inLanes } from "../service/care/lanes.ts";

/**
 * Does a task for each item, `count` at a time. The first failure ends the others, which else would go on
 * for as long as their files are, and is thrown; `aborted` when the signal says so.
 *
 * @param itemsOf gives the items; it and the tasks get a signal that also ends with a failure
 */
export async function together<T>(
  count: number,
  signal: AbortSignal,
  itemsOf: (signal: AbortSignal) => Iterable<T> | AsyncIterable<T>,
  task: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  // Those that were ended may tell of it before the one that failed.
  const failures: unknown[] = [];
  const guard = async <R>(run: () => Promise<R>): Promise<R> => {
    try {
      return await run();
    } catch (error) {
      failures.push(error);
      abort();
      throw error;
    }
  };
  async function* guarded(): AsyncGenerator<T> {
    const items = toAsync(itemsOf(stop.signal));
    for (;;) {
      const next = await guard(() => items.next());
      if (next.done === true) return;
      yield next.value;
    }
  }
  try {
    await inLanes(count, guarded(), (item) => guard(() => task(item, stop.signal)));
  } catch (error) {
    if (signal.aborted) throw new CairnError("aborted", {}, { cause: error });
    throw failures[0] ?? error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

async function* toAsync<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, undefined> {
  yield* items;
}
