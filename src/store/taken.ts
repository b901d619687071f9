// Which of many ids are taken already, where hardly any is.

/** Ids looked for with one request. */
const GROUP = 32;

/** A store, or an index, whose keys are ids. */
interface Lookup<Id extends string> {
  count(ids: IDBKeyRange): Promise<number>;
  getKey(id: Id): Promise<unknown>;
}

/**
 * Those of the ids that are there. New ids follow each other, so mostly one request says of a group
 * that nothing lies between its first and its last.
 */
export async function takenOf<Id extends string>(
  lookup: Lookup<NoInfer<Id>>,
  ids: readonly Id[],
): Promise<ReadonlySet<Id>> {
  const sorted = ids.toSorted();
  const groups = Array.from({ length: Math.ceil(sorted.length / GROUP) }, (_, i) =>
    sorted.slice(i * GROUP, (i + 1) * GROUP),
  );
  const taken = await Promise.all(groups.map((group) => takenIn(lookup, group)));
  return new Set(taken.flat());
}

async function takenIn<Id extends string>(
  lookup: Lookup<Id>,
  group: readonly Id[],
): Promise<readonly Id[]> {
  const between = IDBKeyRange.bound(group[0], group.at(-1));
  if ((await lookup.count(between)) === 0) return [];
  const keys = await Promise.all(group.map((id) => lookup.getKey(id)));
  return group.filter((_, i) => keys[i] !== undefined);
}
