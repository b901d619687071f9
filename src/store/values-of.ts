// Many rows of a store by their keys, with few requests: each request weighs kilobytes until it is collected.

/** Keys asked for together. */
const GROUP = 256;
/** Rows read to find those of a group; where more lie between its first and its last, each is asked for alone. */
const MOST_ROWS = 2 * GROUP;

/** A store whose keys are texts. */
interface Lookup<Key extends string, Value> {
  get(key: Key): Promise<Value | undefined>;
  getAllKeys(between: IDBKeyRange, count: number): Promise<readonly Key[]>;
  getAll(between: IDBKeyRange, count: number): Promise<readonly Value[]>;
}

/** The values of those keys that are there. Of keys that are nearly all of a store's, or none of them, two requests tell of hundreds. */
export async function valuesOf<Key extends string, Value>(
  store: Lookup<NoInfer<Key>, Value>,
  keys: readonly Key[],
): Promise<Map<Key, Value>> {
  const sorted = [...new Set(keys)].toSorted();
  const found = new Map<Key, Value>();
  for (let from = 0; from < sorted.length; from += GROUP)
    await findGroup(store, sorted.slice(from, from + GROUP), found);
  return found;
}

async function findGroup<Key extends string, Value>(
  store: Lookup<NoInfer<Key>, Value>,
  group: readonly Key[],
  found: Map<Key, Value>,
): Promise<void> {
  const between = IDBKeyRange.bound(group[0], group.at(-1));
  const there = await store.getAllKeys(between, MOST_ROWS);
  if (there.length === 0) return;
  const isDense = there.length === MOST_ROWS;
  const keys = isDense ? group : there;
  const values = isDense
    ? await Promise.all(group.map((key) => store.get(key)))
    : await store.getAll(between, MOST_ROWS);
  const places = new Map(keys.map((key, i) => [key, i]));
  // What the browser gives as keys takes twice the memory of the caller's own.
  for (const key of group) {
    const value = values[places.get(key) ?? -1];
    if (value !== undefined) found.set(key, value);
  }
}
