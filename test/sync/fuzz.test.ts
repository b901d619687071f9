import "fake-indexeddb/auto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHub, type TestHub } from "../hub/client.ts";
import { fuzz } from "./fuzz.ts";

/** A bench asks for more. */
const ROUNDS = Number(process.env["CAIRN_FUZZ_ROUNDS"] ?? 100);
const SEED = Number(process.env["CAIRN_FUZZ_SEED"] ?? Date.now() % 1_000_000);

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

describe("three browsers, faults and crashes", () => {
  test(`[S2 S3 S4 S5] nothing is lost, doubled or renumbered, and all end equal (seed ${SEED})`, async () => {
    const counts = await fuzz(hub, { seed: SEED, rounds: ROUNDS, ignoresParent: false });
    expect(counts.failed).toBeGreaterThan(0);
    expect(counts.crashed).toBeGreaterThan(0);
  });

  test(`[S3] a hub that lets two commit at once loses nothing of the log (seed ${SEED})`, async () => {
    const rounds = Math.ceil(ROUNDS / 2);
    const counts = await fuzz(hub, { seed: SEED + 1, rounds, ignoresParent: true });
    // It was made anew from the log.
    expect(counts.steps.get("read-log")).toBeGreaterThan(0);
  });
});
