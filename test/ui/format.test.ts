import { expect, it } from "vitest";
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
} from "../../src/ui/parts/format.ts";

it.each([
  [0, "0 B"],
  [1, "1 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [1_234, "1.23 kB"],
  [9_994, "9.99 kB"],
  [9_999, "10 kB"],
  [12_345, "12.3 kB"],
  [99_960, "100 kB"],
  [999_499, "999 kB"],
  [999_500, "1 MB"],
  [23_000_000, "23 MB"],
  [1_073_741_824, "1.07 GB"],
  [4e12, "4 TB"],
  [9e18, "9000 PB"],
])("%d bytes are %j", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, "0 files"],
  [1, "1 file"],
  [100_000, "100,000 files"],
])("%d counts as %j", (count, text) => {
  expect(formatCount(count, "file")).toBe(text);
});

it("takes a plural of its own", () => {
  expect(formatCount(2, "entry", "entries")).toBe("2 entries");
});

it.each([
  [null, ""],
  [Number.POSITIVE_INFINITY, ""],
  [Number.NaN, ""],
  [124_000_000, "124 MB/s"],
])("a rate of %s is %j", (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});

it.each([
  [0.4, "less than a second"],
  [1, "1 s"],
  [59.4, "59 s"],
  [59.6, "1 min"],
  [200, "3 min 20 s"],
  [3_600, "1 h"],
  [7_530, "2 h 5 min"],
])("%d seconds last %j", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

const NOW = Date.parse("2026-11-21T12:00:00.000Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  [-DAY, "just now"],
  [0, "just now"],
  [44_000, "just now"],
  [MINUTE, "1 minute ago"],
  [59 * MINUTE, "59 minutes ago"],
  [59.7 * MINUTE, "1 hour ago"],
  [5 * HOUR, "5 hours ago"],
  [23.8 * HOUR, "yesterday"],
  [DAY, "yesterday"],
  [3 * DAY, "3 days ago"],
])("a time %d ms past is %j", (past, text) => {
  expect(formatAgo(new Date(NOW - past).toISOString(), NOW)).toBe(text);
});

it("names the date of what is older than a month", () => {
  expect(formatAgo("2026-02-14T12:00:00.000Z", NOW)).toBe("Feb 14, 2026");
});
