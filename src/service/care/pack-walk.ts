// All committed packs, in the order of their keys.
import type { PackKey, PackRecord } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { Database } from "../../store/schema.ts";

/** Pack rows read at once: each lists up to 256 digests. */
const BATCH = 64;

export interface PlacedPack {
  readonly key: PackKey;
  readonly record: PackRecord;
}

/** Walks the committed packs after a place, or from the start. Packs that come or go meanwhile may be missed. */
export async function* committedPacks(
  db: Database,
  after: PackKey | null,
): AsyncGenerator<PlacedPack> {
  let place = after;
  for (;;) {
    const { packs, last } = await nextPacks(db, place);
    yield* packs;
    if (last === undefined) return;
    place = last;
  }
}

function nextPacks(
  db: Database,
  after: PackKey | null,
): Promise<{ readonly packs: readonly PlacedPack[]; readonly last: PackKey | undefined }> {
  return withRead(db, ["packs", "ingests"], async (tx) => {
    const range = after === null ? null : IDBKeyRange.lowerBound([...after], true);
    const [keys, records] = await Promise.all([
      tx.objectStore("packs").getAllKeys(range, BATCH),
      tx.objectStore("packs").getAll(range, BATCH),
    ]);
    const ingests = [...new Set(keys.map(([ingest]) => ingest))];
    const rows = await Promise.all(ingests.map((uid) => tx.objectStore("ingests").get(uid)));
    const committed = new Set(
      rows.filter((row) => row?.state === "committed").map((row) => row?.uid),
    );
    const packs: PlacedPack[] = [];
    keys.forEach((key, i) => {
      const record = records[i];
      if (record !== undefined && committed.has(key[0])) packs.push({ key, record });
    });
    return { packs, last: keys.at(-1) };
  });
}
