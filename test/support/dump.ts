// The whole content of a database, for "exactly as before".
import type { Database } from "../../src/store/schema.ts";

/** Every store's keys and values; byte values by their size. */
export async function dump(db: Database): Promise<Record<string, readonly unknown[]>> {
  const stores: Record<string, unknown[]> = {};
  for (const name of db.objectStoreNames) {
    const [keys, values] = await Promise.all([db.getAllKeys(name), db.getAll(name)]);
    stores[name] = keys.map((key, i) => [key, describe(values[i])]);
  }
  return stores;
}

function describe(value: unknown): unknown {
  if (value instanceof Blob) return `Blob of ${value.size}`;
  return value instanceof ArrayBuffer ? `${value.byteLength} bytes` : value;
}

/** Number of records in the stores that hold bytes. */
export async function countPacks(
  db: Database,
): Promise<{ readonly packs: number; readonly packBytes: number }> {
  const [packs, packBytes] = await Promise.all([db.count("packs"), db.count("packBytes")]);
  return { packs, packBytes };
}
