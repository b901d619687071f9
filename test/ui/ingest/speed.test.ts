import { expect, it } from "vitest";
import { SpeedMeter } from "../../../src/ui/ingest/speed.ts";

it("says nothing before it knows enough, then the speed of the last seconds", () => {
  const meter = new SpeedMeter();
  meter.note(0, 0);
  expect(meter.bytesPerSecond()).toBeNull();
  for (let second = 1; second <= 20; second++)
    meter.note(second <= 10 ? second * 100 : 1_000, second * 1_000);
  expect(meter.bytesPerSecond()).toBe(0);
  const steady = new SpeedMeter();
  for (let tick = 0; tick <= 100; tick++) steady.note(tick * 10, tick * 100);
  expect(steady.bytesPerSecond()).toBeCloseTo(100);
});
