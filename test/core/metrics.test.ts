import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../src/core/json.ts";
import { bestOf, guessDirection, metricsOf, sortedBy } from "../../src/core/metrics.ts";

const of = (...metadata: readonly JsonObject[]) =>
  metricsOf(metadata.map((m) => ({ metadata: m })));

describe("metricsOf", () => {
  it("finds numbers, nested ones by their path, and nothing that only looks like one", () => {
    const metrics = of(
      { acc: 0.9, eval: { f1: 0.8, deep: { mean: 1 } }, text: "3", flag: true, list: [1, 2] },
      { acc: 0.95, note: null },
    );
    expect(metrics.map(({ name, values, count }) => [name, values, count])).toEqual([
      ["acc", [0.9, 0.95], 2],
      ["eval.deep.mean", [1, undefined], 1],
      ["eval.f1", [0.8, undefined], 1],
    ]);
  });

  it("puts what most versions have first, and what is measured before settings", () => {
    expect(
      of({ epoch: 1, acc: 1, lr: 2 }, { epoch: 2, acc: 3, zeta: 1 }).map((m) => m.name),
    ).toEqual(["acc", "epoch", "zeta", "lr"]);
  });

  it("stays small and shallow, whatever the metadata", () => {
    const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, i]));
    expect(of(wide)).toHaveLength(300);
    let deep: JsonObject = { x: 1 };
    for (let i = 0; i < 30; i++) deep = { a: deep };
    expect(of(deep)).toEqual([]);
    expect(of(JSON.parse('{"__proto__":{"x":1},"constructor":2}') as JsonObject)).toHaveLength(2);
  });

  it("takes one value where a dotted key and a nested one have one name", () => {
    expect(of({ "a.b": 1, a: { b: 2 } })).toMatchObject([{ name: "a.b", values: [1], count: 1 }]);
  });
});

test.each([
  ["loss", "lower"],
  ["valLoss", "lower"],
  ["eval.RMSE", "lower"],
  ["word_error_rate", "lower"],
  ["latency_ms", "lower"],
  ["perplexity", "lower"],
  ["train_seconds", "lower"],
  ["accuracy", "higher"],
  ["eval/f1", "higher"],
  ["terms", "higher"],
  ["epoch", "none"],
  ["batch_size", "none"],
  ["learning_rate", "none"],
  ["loss_at_epoch", "lower"],
])("%s gets better: %s", (name, direction) => expect(guessDirection(name)).toBe(direction));

describe("bestOf", () => {
  it("[C6] marks the best value, more than one when they are equal, none where there is no best", () => {
    const values = [0.5, undefined, 0.9, 0.9];
    expect([...bestOf(values, "higher")]).toEqual([2, 3]);
    expect([...bestOf(values, "lower")]).toEqual([0]);
    expect([...bestOf(values, "none")]).toEqual([]);
    expect([...bestOf([1, 1, undefined], "higher")]).toEqual([]);
    expect([...bestOf([1], "higher")]).toEqual([]);
  });
});

test("sortedBy leaves what has no value at the end, either way", () => {
  const values = [2, undefined, -1, 3];
  expect(sortedBy(values, false)).toEqual([2, 0, 3, 1]);
  expect(sortedBy(values, true)).toEqual([3, 0, 2, 1]);
});
