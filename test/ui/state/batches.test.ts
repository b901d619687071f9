import { describe, expect, it } from "vitest";
import { Batches } from "../../../src/ui/state/batches.ts";

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe("Batches", () => {
  it("asks once for all rows that come at the same time, and once for each", async () => {
    const asked: (readonly string[])[] = [];
    const sizes = new Batches<string, number>(async (keys) => {
      asked.push(keys);
      return keys.map(({ length }) => length);
    });
    const [a, b] = [sizes.of("a", "1"), sizes.of("bb", "1")];
    expect(sizes.of("a", "1")).toBe(a);
    expect(a.value).toBeNull();
    await settled();
    expect([a.value, b.value]).toEqual([1, 2]);
    sizes.of("bb", "1");
    await settled();
    expect(asked).toEqual([["a", "bb"]]);
  });

  it("asks again for a row that changed", async () => {
    let answer = 1;
    const counts = new Batches<string, number>(async (keys) => keys.map(() => answer));
    const before = counts.of("a", "1");
    await settled();
    answer = 2;
    const after = counts.of("a", "2");
    await settled();
    expect([before.value, after.value]).toEqual([1, 2]);
  });

  it("knows nothing where the question failed", async () => {
    const counts = new Batches<string, number>(() => Promise.reject(new Error("no")));
    const row = counts.of("a", "1");
    await settled();
    expect(row.value).toBeNull();
  });
});
