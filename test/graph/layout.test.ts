import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutGraph } from "../../src/graph/layout.ts";
import type { GraphLayout, LayoutRequest } from "../../src/protocol/layout-api.ts";

const SIZES = [
  { width: 200, height: 56 },
  { width: 180, height: 40 },
  { width: 200, height: 300 },
];

const anyRequest: fc.Arbitrary<LayoutRequest> = fc
  .record({
    sizes: fc.array(fc.nat(SIZES.length - 1), { minLength: 1, maxLength: 40 }),
    links: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 70 }),
    seen: fc.array(fc.option(fc.nat(1000)), { maxLength: 40 }),
  })
  .map(({ sizes, links, seen }) => ({
    nodes: sizes.map((size, i) => ({
      ...(SIZES[size] ?? { width: 1, height: 1 }),
      lastY: seen[i] ?? null,
    })),
    edges: links.map(([from, to]) => ({ from: from % sizes.length, to: to % sizes.length })),
  }));

/** Lines between numbered nodes of one size. */
function lines(
  count: number,
  ...edges: readonly (readonly [from: number, to: number])[]
): LayoutRequest {
  return {
    nodes: Array.from({ length: count }, () => ({ width: 100, height: 40, lastY: null })),
    edges: edges.map(([from, to]) => ({ from, to })),
  };
}

function ranksOf({ nodes }: GraphLayout): readonly number[] {
  return nodes.map(({ rank }) => rank);
}

describe("layoutGraph", () => {
  it("puts sources left and results right, and what is alone in line with what it leads to", () => {
    expect(ranksOf(layoutGraph(lines(4, [0, 1], [1, 2], [3, 2])))).toEqual([0, 1, 2, 1]);
  });

  it("draws a chain straight", () => {
    const { nodes, height } = layoutGraph(lines(3, [0, 1], [1, 2]));
    expect(nodes.map(({ y }) => y)).toEqual([20, 20, 20]);
    expect(height).toBe(40);
  });

  it("leads a long line past the nodes between", () => {
    const { nodes, edges } = layoutGraph(lines(4, [0, 1], [1, 2], [2, 3], [0, 3]));
    const [start, end] = [edges[3]?.[0], edges[3]?.at(-1)];
    expect([start?.x, end?.x]).toEqual([(nodes[0]?.x ?? 0) + 50, (nodes[3]?.x ?? 0) - 50]);
    for (const { x, y } of edges[3]?.slice(1, -1) ?? [])
      for (const node of nodes.filter(({ x: middle }) => Math.abs(middle - x) <= 50))
        expect(Math.abs(node.y - y)).toBeGreaterThan(20);
  });

  it("wraps a rank of hundreds, and leads the lines through it between its nodes", () => {
    const count = 300;
    const leaves = Array.from({ length: count }, (_, i) => [0, i + 1] as const);
    const { nodes, edges, height } = layoutGraph(lines(count + 1, ...leaves));
    expect(new Set(nodes.slice(1).map(({ rank }) => rank))).toEqual(new Set([1]));
    const columns = new Set(nodes.slice(1).map(({ x }) => x));
    expect(columns.size).toBe(4);
    // In one column they need 300 × 58.
    expect(height).toBeLessThan(7500);
    const last = Math.max(...columns);
    const far = edges.find((points) => (points.at(-1)?.x ?? 0) === last - 50) ?? [];
    expect(far.length).toBe(8);
    for (const { x, y } of far.slice(1, -1))
      for (const node of nodes.filter(({ x: middle }) => Math.abs(middle - x) <= 50))
        expect(Math.abs(node.y - y)).toBeGreaterThan(20);
  });

  it("gives steep lines room", () => {
    const gap = (leaves: number): number => {
      const fan = Array.from({ length: leaves }, (_, i) => [0, i + 1] as const);
      const { nodes } = layoutGraph(lines(leaves + 1, ...fan));
      return (nodes[1]?.x ?? 0) - (nodes[0]?.x ?? 0) - 100;
    };
    expect(gap(3)).toBe(60);
    expect(gap(80)).toBeGreaterThan(150);
  });

  it("keeps the order of nodes that were shown before, where lines leave it open", () => {
    const request = lines(4, [0, 1], [0, 2], [0, 3]);
    const nodes = request.nodes.map((node, i) => ({
      ...node,
      lastY: [null, 300, 200, 100][i] ?? null,
    }));
    const { nodes: placed } = layoutGraph({ ...request, nodes });
    expect(placed.slice(1).map(({ y }) => y)).toEqual(
      placed
        .slice(1)
        .map(({ y }) => y)
        .toSorted((a, b) => b - a),
    );
  });

  it("leaves no crossing in a tree", () => {
    const leaves = Array.from({ length: 9 }, (_, i) => [1 + (i % 3), 4 + i] as const);
    const { nodes } = layoutGraph(lines(13, [0, 1], [0, 2], [0, 3], ...leaves));
    const parents = leaves
      .map(([parent, leaf]) => ({ parent: nodes[parent]?.y ?? 0, y: nodes[leaf]?.y ?? 0 }))
      .toSorted((a, b) => a.y - b.y)
      .map(({ parent }) => parent);
    expect(parents).toEqual(parents.toSorted((a, b) => a - b));
  });

  it("is empty for an empty graph", () => {
    expect(layoutGraph({ nodes: [], edges: [] })).toEqual({
      nodes: [],
      edges: [],
      width: 0,
      height: 0,
    });
  });

  it("[property] no nodes overlap, and all lie within the size", () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const { nodes, width, height } = layoutGraph(request);
        const boxes = nodes.map(({ x, y }, i) => {
          const size = request.nodes[i] ?? { width: 0, height: 0 };
          return {
            left: x - size.width / 2,
            right: x + size.width / 2,
            top: y - size.height / 2,
            bottom: y + size.height / 2,
          };
        });
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1))
            expect(
              a.right <= b.left ||
                b.right <= a.left ||
                a.bottom < b.top + 1e-6 ||
                b.bottom < a.top + 1e-6,
            ).toBe(true);
          expect(Math.min(a.left, a.top)).toBeGreaterThanOrEqual(-1e-6);
          expect(a.right).toBeLessThanOrEqual(width + 1e-6);
          expect(a.bottom).toBeLessThanOrEqual(height + 1e-6);
        });
      }),
    );
  });

  it("[property] edges lead to the right, all of them where there is no circle", () => {
    fc.assert(
      fc.property(anyRequest, fc.boolean(), (request, hasCircles) => {
        const edges = hasCircles
          ? request.edges
          : request.edges.filter(({ from, to }) => from < to);
        const { nodes, edges: drawn } = layoutGraph({ ...request, edges });
        edges.forEach(({ from, to }, i) => {
          if (from === to) return;
          const [a, b] = [nodes[from]?.rank ?? 0, nodes[to]?.rank ?? 0];
          expect(a < b || (hasCircles && a > b)).toBe(true);
          const xs = (drawn[i] ?? []).map(({ x }) => x);
          expect(xs).toEqual(xs.toSorted((p, q) => (a < b ? p - q : q - p)));
          expect(xs.length).toBeGreaterThanOrEqual(2);
        });
      }),
    );
  });

  it("[property] the same request gives the same layout", () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        expect(layoutGraph(request)).toEqual(layoutGraph(request));
      }),
    );
  });
});
