// Several things at once, and an end to all of them when one fails.

/**
 * Runs something for each item, so many at a time. Gives the results in the items' order. When one
 * fails, the others' signal is aborted, and once they have ended the first error is thrown.
 */
export async function inPool<T, R>(
  items: readonly T[],
  atOnce: number,
  run: (item: T, signal: AbortSignal) => Promise<R>,
  signal: AbortSignal,
): Promise<readonly R[]> {
  const inner = new AbortController();
  const stop = (): void => inner.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const results: R[] = [];
  const failed: unknown[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed.length > 0) return;
      try {
        results[index] = await run(item, inner.signal);
      } catch (error) {
        failed.push(error);
        inner.abort();
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  } finally {
    signal.removeEventListener("abort", stop);
  }
  if (failed.length > 0) throw failed[0];
  return results;
}
