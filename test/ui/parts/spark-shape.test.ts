import { describe, expect, it } from "vitest";
import { barsOf, pointsOf, SPARK_HEIGHT, SPARK_WIDTH } from "../../../src/ui/parts/spark-shape.ts";

describe("pointsOf", () => {
  it("goes from the lowest value at the bottom to the highest at the top", () => {
    const points = pointsOf([1, 3, 2]);
    expect(points.map(({ y }) => y)).toEqual([21, 3, 12]);
    expect(points.map(({ x }) => x)).toEqual([3, 48, 93]);
  });

  it("draws equal values through the middle", () => {
    expect(pointsOf([5, 5]).map(({ y }) => y)).toEqual([SPARK_HEIGHT / 2, SPARK_HEIGHT / 2]);
  });

  it("has nothing to draw for nothing", () => {
    expect(pointsOf([])).toEqual([]);
  });

  it.each([[[0, 1e15]], [[1e-9, 0]], [Array.from({ length: 24 }, (_, i) => i * i)]])(
    "stays inside: %j",
    (values) => {
      for (const { x, y } of pointsOf(values)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(SPARK_WIDTH);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(SPARK_HEIGHT);
      }
    },
  );
});

describe("barsOf", () => {
  it("makes the highest as high as it can be, and leaves a trace of nothing", () => {
    expect(barsOf([0, 2, 4]).map(({ height }) => height)).toEqual([1, 12, 24]);
    expect(barsOf([0, 0]).map(({ height }) => height)).toEqual([1, 1]);
  });

  it("ends where the picture ends", () => {
    const last = barsOf([1, 2, 3, 4]).at(-1);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(SPARK_WIDTH, 0);
  });
});
