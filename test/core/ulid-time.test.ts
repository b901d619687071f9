import { encodeTime as referenceTime, ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { encodeTime } from "../../src/core/ulid-time.ts";

describe("encodeTime", () => {
  it.each([0, 1, 31, 32, 1_469_918_176_385, 1_795_000_000_000, 2 ** 47])("%d", (ms) => {
    expect(encodeTime(ms)).toBe(referenceTime(ms, 10));
  });

  it("stands before the ids of its moment, and after those before", () => {
    const ms = 1_795_000_000_000;
    expect(encodeTime(ms) < ulid(ms)).toBe(true);
    expect(encodeTime(ms) > ulid(ms - 1)).toBe(true);
  });

  it("begins at the beginning", () => {
    expect(encodeTime(-5)).toBe(encodeTime(0));
  });
});
