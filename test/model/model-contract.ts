// Random work of two tabs against the oracle, and what must hold whatever was done.
import fc from "fast-check";
import { deleteDB } from "idb";
import { describe, expect, test } from "vitest";
import { findBrokenLink } from "../../src/store/events.ts";
import { collect } from "../../src/service/trash/collect.ts";
import { memoryLocks } from "../support/memory-locks.ts";
import { openHarness } from "../support/service-harness.ts";
import { operations, perform, type Operation } from "./operations.ts";
import { Oracle } from "./oracle.ts";
import { missingBlobs, reachedBytes, replayedView, storedView, viewOf } from "./view.ts";

/** @param runs number of random sequences */
export function modelContract(runs: number): void {
  describe("whatever two tabs do", () => {
    test("[V1 V2 V5 A1 A2 A5 A6 D1 D3 E4] Cairn agrees with the oracle, no byte is missing, and the log tells the same", async () => {
      await fc.assert(fc.asyncProperty(operations, runSequence), { numRuns: runs });
    });
  });
}

async function runSequence(sequence: readonly Operation[]): Promise<void> {
  const locks = memoryLocks();
  const one = await openHarness(undefined, { locks });
  const two = await openHarness(one.ctx.db.name, { locks });
  const { db } = one.ctx;
  const oracle = new Oracle();
  const world = {
    oracle,
    tabs: [one.api, two.api] as const,
    collect: (tab: number) => collect(tab === 0 ? one.ctx : two.ctx),
  };
  const tops = new Map<string, number>();
  for (const operation of sequence) {
    await perform(world, operation);
    for (const { uid, lastNumber } of await db.getAll("artifacts")) {
      expect(lastNumber ?? -1).toBeGreaterThanOrEqual(tops.get(uid) ?? -1);
      tops.set(uid, lastNumber ?? -1);
    }
  }
  expect(await viewOf(one.api, db)).toEqual(oracle.view());
  expect(await missingBlobs(db)).toEqual([]);
  expect(await replayedView(db)).toEqual(await storedView(db));
  expect(findBrokenLink(await db.getAll("events"), one.ctx.hasher.hashText)).toBeUndefined();
  await collect(one.ctx);
  expect(await missingBlobs(db)).toEqual([]);
  expect((await one.api.getStorage()).storedBytes).toBe(await reachedBytes(db));
  one.close();
  two.close();
  await deleteDB(db.name);
}
