// Several tasks side by side over one row of items.

/** Runs a task for each item, `count` at a time. After a failure nothing new starts, and it is thrown once all rest. */
export async function inLanes<T>(
  count: number,
  items: Iterable<T> | AsyncIterable<T>,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const source = oneByOne(items);
  let hasFailed = false;
  const lane = async (): Promise<void> => {
    try {
      for (;;) {
        const next = await source.next();
        if (next.done === true || hasFailed) return;
        await task(next.value);
      }
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: count }, lane));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

async function* oneByOne<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* items;
}
