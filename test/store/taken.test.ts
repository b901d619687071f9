import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import type { RunUid } from "../../src/core/records.ts";
import { takenOf } from "../../src/store/taken.ts";
import { withRead } from "../../src/store/transaction.ts";
import { openRows } from "../support/rows.ts";

test("[S3] finds every id that is taken, whatever lies beside it, and asks little where none is", async () => {
  const rows = await openRows();
  const there = [3, 40, 41, 170].map(idOf);
  for (const uid of there) await rows.run(`digits/${uid}`, { uid });
  const asked = Array.from({ length: 200 }, (_, n) => idOf(n)).toReversed();
  const found = await withRead(rows.db, ["runs"], (tx) => takenOf(tx.objectStore("runs"), asked));
  expect([...found].toSorted()).toEqual(there);

  const count = vi.fn<(ids: IDBKeyRange) => Promise<number>>(() => Promise.resolve(0));
  const free = {
    count,
    getKey: () => Promise.reject(new Error("asked for one alone")),
  };
  expect((await takenOf(free, asked)).size).toBe(0);
  expect(count.mock.calls.length).toBeLessThan(asked.length / 20);
  expect((await takenOf(free, [])).size).toBe(0);
});

function idOf(n: number): RunUid {
  return `run-${String(n).padStart(4, "0")}` as RunUid;
}
