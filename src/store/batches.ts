// Whole stores read piece by piece, so that memory stays bounded.
import type { StoreKey, StoreValue } from "idb";
import type { CairnDb, StoreName } from "./schema.ts";
import type { ReadTx } from "./transaction.ts";

/** Rows read at once. */
const BATCH_ROWS = 500;

export interface Batch<Name extends StoreName> {
  readonly keys: readonly StoreKey<CairnDb, Name>[];
  readonly values: readonly StoreValue<CairnDb, Name>[];
}

/**
 * All rows of a store in key order. The caller must await nothing but the transaction in between.
 *
 * @param options `under`: only rows whose keys begin with it; `rows`: fewer at once where they are large
 */
export async function* eachBatch<Name extends StoreName>(
  tx: ReadTx<NoInfer<Name>>,
  name: Name,
  { under, rows = BATCH_ROWS }: { readonly under?: string; readonly rows?: number } = {},
): AsyncGenerator<Batch<Name>> {
  // In IndexedDB's key order an array follows every text and number, so `[]` closes the range.
  const end = under === undefined ? undefined : [under, []];
  let range = end === undefined ? null : IDBKeyRange.bound([under], end);
  for (;;) {
    const store = tx.objectStore(name);
    const [keys, values] = await Promise.all([
      store.getAllKeys(range, rows),
      store.getAll(range, rows),
    ]);
    if (keys.length > 0) yield { keys, values };
    const last = keys.at(-1);
    if (last === undefined || keys.length < rows) return;
    range =
      end === undefined ? IDBKeyRange.lowerBound(last, true) : IDBKeyRange.bound(last, end, true);
  }
}
