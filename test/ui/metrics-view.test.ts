import { describe, expect, it, test } from "vitest";
import type { Metric } from "../../src/core/metrics.ts";
import {
  chosenMetrics,
  columnFormat,
  columnsText,
  formatMetric,
  formatSort,
  parseSort,
} from "../../src/ui/metrics/metrics-view.ts";

const metrics: readonly Metric[] = Array.from({ length: 10 }, (_, i) => ({
  name: i === 9 ? "a,b %" : `m${i}`,
  values: [i],
  count: 1,
}));
const names = (chosen: readonly Metric[]): readonly string[] => chosen.map(({ name }) => name);

describe("columns", () => {
  it("are the first eight until somebody chooses", () => {
    expect(names(chosenMetrics(metrics, ""))).toEqual(names(metrics.slice(0, 8)));
    expect(columnsText(metrics, new Set(names(metrics.slice(0, 8))))).toBe("");
  });

  it("come back from the address as chosen, whatever their names", () => {
    const text = columnsText(metrics, new Set(["m3", "a,b %"]));
    expect(names(chosenMetrics(metrics, text))).toEqual(["m3", "a,b %"]);
  });

  it("are the usual ones where the address names none that is there", () => {
    expect(chosenMetrics(metrics, "gone,%E0%A4%A")).toHaveLength(8);
  });
});

test.each([
  ["", { by: "", isDescending: true }],
  ["+", { by: "", isDescending: false }],
  ["loss", { by: "loss", isDescending: false }],
  ["-eval.loss", { by: "eval.loss", isDescending: true }],
])("sort %j", (text, sort) => {
  expect(parseSort(text)).toEqual(sort);
  expect(formatSort(sort)).toBe(text);
});

test.each([
  [12_345, "12,345"],
  [0.123456789, "0.123457"],
  [0.1 + 0.2, "0.3"],
  [0.00000012, "1.200e-7"],
  [-1.5e12, "-1.500e+12"],
])("%f is written %s", (value, text) => expect(formatMetric(value)).toBe(text));

test("numbers of a column have their points below each other, unless one needs an exponent", () => {
  const even = columnFormat([0.9, undefined, 0.8125]);
  expect([0.9, 0.8125].map(even)).toEqual(["0.9000", "0.8125"]);
  expect([1, 2000].map(columnFormat([1, 2000]))).toEqual(["1", "2,000"]);
  expect(columnFormat([0.5, 1e-9])(0.5)).toBe("0.5");
});
