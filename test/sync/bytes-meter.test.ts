import { expect, test } from "vitest";
import type { SyncProgress } from "../../src/protocol/sync-api.ts";
import { createMeter, type Meter } from "../../src/sync/meter.ts";

function aMeter(): { meter: Meter; told: SyncProgress[]; pass: (ms: number) => void } {
  let at = 0;
  const told: SyncProgress[] = [];
  return {
    meter: createMeter(
      (progress) => told.push(progress),
      () => at,
    ),
    told,
    pass: (ms) => void (at += ms),
  };
}

test("a step is told at once, with nothing done", () => {
  const { meter, told } = aMeter();
  meter.step("uploading", { files: 2, bytes: 10 });
  expect(told).toEqual([
    {
      step: "uploading",
      subject: "",
      doneFiles: 0,
      totalFiles: 2,
      doneBytes: 0,
      totalBytes: 10,
      bytesPerSecond: null,
      secondsLeft: null,
    },
  ]);
});

test("tells at most ten times a second, and the end always", () => {
  const { meter, told, pass } = aMeter();
  meter.step("uploading", { files: 1, bytes: 1000 });
  for (let i = 0; i < 999; i++) {
    pass(1);
    meter.addBytes(1);
  }
  expect(told.length).toBeLessThanOrEqual(11);
  meter.addBytes(1);
  meter.addFiles(1);
  expect(told.at(-1)).toMatchObject({ doneFiles: 1, doneBytes: 1000 });
});

test("the rate is that of the last ten seconds", () => {
  const { meter, told, pass } = aMeter();
  meter.step("uploading", { files: 1, bytes: 1_000_000 });
  const run = (seconds: number, bytesPerSecond: number): void => {
    for (let i = 0; i < seconds * 2; i++) {
      pass(500);
      meter.addBytes(bytesPerSecond / 2);
    }
  };
  run(20, 1000);
  expect(told.at(-1)?.bytesPerSecond).toBeCloseTo(1000);
  run(11, 5000);
  expect(told.at(-1)?.bytesPerSecond).toBeCloseTo(5000);
  expect(told.at(-1)?.secondsLeft).toBeCloseTo((1_000_000 - 75_000) / 5000);
});

test("without a second of it there is no rate, and without bytes no time left", () => {
  const { meter, told, pass } = aMeter();
  meter.step("uploading", { files: 1, bytes: 100 });
  pass(500);
  meter.addBytes(10);
  expect(told.at(-1)?.bytesPerSecond).toBeNull();
  pass(2000);
  meter.addBytes(0);
  pass(10_000);
  meter.addBytes(0);
  pass(10_000);
  meter.addBytes(0);
  expect(told.at(-1)).toMatchObject({ bytesPerSecond: 0, secondsLeft: null });
});

test("a try that failed takes back what it counted, and never more", () => {
  const { meter, told, pass } = aMeter();
  meter.step("uploading", { files: 1, bytes: 100 });
  meter.addBytes(60);
  pass(200);
  meter.addBytes(-60);
  expect(told.at(-1)?.doneBytes).toBe(0);
  pass(200);
  meter.addBytes(-5);
  expect(told.at(-1)?.doneBytes).toBe(0);
});

test("what needs no work leaves the totals", () => {
  const { meter, told, pass } = aMeter();
  meter.step("uploading", { files: 3, bytes: 100 });
  pass(200);
  meter.skip({ files: 2, bytes: 90 });
  expect(told.at(-1)).toMatchObject({ totalFiles: 1, totalBytes: 10 });
});
