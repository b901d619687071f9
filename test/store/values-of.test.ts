import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { valuesOf } from "../../src/store/values-of.ts";
import { openRows } from "../support/rows.ts";

const digestOf = (n: number): Digest => `blake3:${String(n).padStart(64, "0")}` as Digest;

test.each([
  { what: "all of a store's", there: 700, every: 1 },
  { what: "some of those asked for", there: 350, every: 2 },
  { what: "few among many others", there: 6_000, every: 0.1 },
])("finds the values of $what [M1]", async ({ there, every }) => {
  const { db } = await openRows();
  const rows = new Map(
    Array.from({ length: there }, (_, i) => [digestOf(Math.round(i * every * 10)), `value ${i}`]),
  );
  await withWrite(db, ["sha256s"], async (tx) => {
    for (const [digest, value] of rows) await tx.objectStore("sha256s").put(value, digest);
  });
  const asked = Array.from({ length: 700 }, (_, i) => digestOf(i * 10)).toReversed();
  const found = await withRead(db, ["sha256s"], (tx) => valuesOf(tx.objectStore("sha256s"), asked));
  const expected = asked.filter((digest) => rows.has(digest));
  expect(expected.length).toBeGreaterThan(300);
  expect(found).toEqual(new Map(expected.map((digest) => [digest, rows.get(digest)])));
});

test("asks little where there is nothing, and nothing for no keys", async () => {
  const asked = Array.from({ length: 1_000 }, (_, i) => digestOf(i));
  const getAllKeys = vi.fn<(between: IDBKeyRange) => Promise<Digest[]>>(() => Promise.resolve([]));
  const refuse = (): Promise<never> => Promise.reject(new Error("asked for values"));
  const empty = { getAllKeys, getAll: refuse, get: refuse };
  expect((await valuesOf(empty, asked)).size).toBe(0);
  expect(getAllKeys).toHaveBeenCalledTimes(4);
  expect((await valuesOf(empty, asked.slice(0, 0))).size).toBe(0);
  expect(getAllKeys).toHaveBeenCalledTimes(4);
});
