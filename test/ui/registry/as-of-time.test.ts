import { expect, it } from "vitest";
import {
  fromFieldText,
  momentAt,
  momentOf,
  stepOf,
  STEPS,
  toAsOf,
  toFieldText,
} from "../../../src/ui/screens/collection/as-of-time.ts";

const NOON = Date.UTC(2026, 2, 1, 12);

it("[E4] writes a moment as the address keeps it, and reads it back", () => {
  expect(toAsOf(NOON)).toBe("2026-03-01T12:00:00Z");
  expect(momentOf(toAsOf(NOON))).toBe(NOON);
});

it("[E4] takes a date for its end in UTC, and another text for nothing", () => {
  expect(momentOf("2026-03-01")).toBe(Date.UTC(2026, 2, 1, 23, 59, 59));
  expect(momentOf("soon")).toBeNull();
});

it("fills the field in the person's own time zone, and reads it back", () => {
  expect(fromFieldText(toFieldText(NOON))).toBe(NOON);
});

it.each(["", "2026-03-01T", "0002-03-01T12:00"])("waits while the field holds “%s”", (text) => {
  expect(fromFieldText(text)).toBeNull();
});

it("places a moment on the slider, and answers the moment of each place to the second", () => {
  const since = Date.UTC(2026, 0, 1);
  expect(stepOf(since, since, NOON)).toBe(0);
  expect(stepOf(NOON, since, NOON)).toBe(STEPS);
  expect(stepOf(since - 1, since, NOON)).toBe(0);
  expect(stepOf(NOON + 1, since, NOON)).toBe(STEPS);
  expect(momentAt(0, since, NOON)).toBe(since);
  expect(momentAt(STEPS, since, NOON)).toBe(NOON);
  expect(momentAt(333, since, NOON) % 1000).toBe(0);
});

it("puts the slider at its end while a registry is younger than its first tick", () => {
  expect(stepOf(NOON, NOON, NOON)).toBe(STEPS);
});
