import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleGraph, type VisibleNode } from "../../../src/core/lineage-view.ts";
import type { LineageGraph } from "../../../src/core/lineage.ts";
import { layoutGraph } from "../../../src/graph/layout.ts";
import { Camera } from "../../../src/ui/lineage/camera.ts";
import { edgePath } from "../../../src/ui/lineage/edge-shapes.ts";
import { graphSvg } from "../../../src/ui/lineage/export-svg.ts";
import { fitText } from "../../../src/ui/lineage/fit-text.ts";
import { sizeOf } from "../../../src/ui/lineage/node-size.ts";
import { cull, isRegionFor, regionAround } from "../../../src/ui/lineage/region.ts";
import type { Drawn } from "../../../src/ui/state/lineage-drawn.ts";
import { graphOf, idOf, nodeOf } from "../../core/lineage-graphs.ts";

const LOOKS = {
  project: "p",
  measure: (text: string) => text.length * 7,
  isProvisional: () => false,
};

function drawn(graph: LineageGraph): Drawn {
  const visible = visibleGraph(graph, { sets: new Set(), nodes: new Set() });
  const indexOf = new Map(visible.nodes.map(({ id }, i) => [id, i]));
  const layout = layoutGraph({
    nodes: visible.nodes.map((node) => ({ ...sizeOf(node), lastY: null })),
    edges: visible.edges.map(({ from, to }) => ({
      from: indexOf.get(from) ?? 0,
      to: indexOf.get(to) ?? 0,
    })),
  });
  return { graph: visible, layout, focus: graph.focus, indexOf };
}

describe("graphSvg", () => {
  it("tells hand-drawn lines, what is gone and other projects apart", () => {
    const graph: LineageGraph = {
      ...graphOf("net:1 > o/judge > o/report:0", "base:0 > net:1"),
      nodes: [
        nodeOf("net:1", { aliases: ["latest" as never, "prod" as never] }),
        nodeOf("o/judge", { isDeleted: true }),
        nodeOf("o/report:0"),
        nodeOf("base:0", { state: "in_trash", hasMore: true } as never),
      ],
    };
    const svg = graphSvg(drawn(graph), { ...LOOKS, focus: idOf("net:1") }, ".a > b{}", "Of <net>");
    expect(svg).toContain('<svg xmlns="http://www.w3.org/2000/svg" viewBox="-32 -32 ');
    expect(svg).toContain("<title>Of &#60;net&#62;</title>");
    expect(svg.match(/class="lg-edge is-derived"/g)).toHaveLength(1);
    expect(svg).toContain('class="lg-node is-version is-focus is-aliased"');
    expect(svg).toContain('class="lg-node is-run is-gone"');
    expect(svg).toContain('class="lg-node is-version is-gone"');
    expect(svg.match(/class="lg-project"/g)).toHaveLength(2);
    expect(svg.match(/class="lg-more"/g)).toHaveLength(1);
    expect(svg).toContain(">prod</text>");
    expect(svg).toContain(">in the trash</text>");
  });

  it("[S3] underlines a number that may still change, and no more of the name", () => {
    const looks = { ...LOOKS, focus: idOf("net:12") };
    const isProvisional = (node: VisibleNode): boolean => node.id === idOf("net:12");
    const all = drawn(graphOf("net:12 > base:3"));
    const svg = graphSvg(all, { ...looks, isProvisional }, "", "x");
    const lines = [...svg.matchAll(/class="lg-provisional" x1="(.+?)" y1=".+?" x2="(.+?)"/g)];
    expect(lines.map(([, from, to]) => Number(to) - Number(from))).toEqual([LOOKS.measure("v12")]);
    expect(svg.match(/<title>Not synced yet/g)).toHaveLength(1);
    expect(graphSvg(all, looks, "", "x")).not.toContain("lg-provisional");
  });

  it("writes hostile names as text", () => {
    const name = `</text><script>alert("1")</script>\u202E`;
    const graph = { ...graphOf("net:1"), nodes: [nodeOf("net:1", { name: name as never })] };
    const svg = graphSvg(
      drawn(graph),
      { ...LOOKS, measure: () => 1, focus: idOf("net:1") },
      "",
      "x",
    );
    expect(svg).not.toContain("<script");
    expect(svg).toContain("&#60;script&#62;");
    expect(svg).toContain("\\u{202e}");
  });
});

describe("fitText", () => {
  const measure = (text: string): number => [...text].length;
  it.each([
    ["short", 5, "short"],
    ["rather-long-name", 9, "rath…name"],
    ["🪨🪨🪨🪨🪨🪨", 4, "🪨🪨…🪨"],
    ["abc", 0, "…"],
  ])("%s in %d", (text, width, fits) => expect(fitText(text, width, measure)).toBe(fits));
});

it("lines are level at their ends", () => {
  expect(edgePath([])).toBe("");
  expect(
    edgePath([
      { x: 0, y: 5 },
      { x: 40, y: 5 },
    ]),
  ).toBe("M0 5H33");
  expect(
    edgePath([
      { x: 0, y: 0 },
      { x: 47, y: 10 },
    ]),
  ).toBe("M0 0C20 0 20 10 40 10");
});

describe("Camera", () => {
  function camera(width: number, height: number): Camera {
    const made = new Camera();
    made.resize({ width: 800, height: 600 });
    made.setContent({ width, height });
    return made;
  }

  it("fits a small graph whole, and opens a large one at its focus", () => {
    const small = camera(400, 300);
    small.open({ x: 10, y: 10 });
    expect(small.view.value).toEqual({ x: 200, y: 150, scale: 1 });
    const large = camera(10_000, 300);
    large.open({ x: 5000, y: 150 });
    const { x, y, width, height } = large.inView;
    expect([x + width / 2, y + height / 2].map(Math.round)).toEqual([5000, 150]);
    large.fit();
    expect(large.inView.width).toBeGreaterThan(10_000);
  });

  it("shows all of what can be read, however near the end its focus is", () => {
    const wide = camera(1200, 300);
    wide.open({ x: 1190, y: 150 });
    const { x, width } = wide.inView;
    expect(wide.view.value.scale).toBeGreaterThanOrEqual(0.6);
    expect(x).toBeLessThanOrEqual(0);
    expect(x + width).toBeGreaterThanOrEqual(1200);
  });

  it("leaves no room empty beside a graph that is cut off at its other end", () => {
    const large = camera(10_000, 300);
    const inView = (focus: number): readonly number[] => {
      large.open({ x: focus, y: 150 });
      const { x, y, width, height } = large.inView;
      return [x, x + width, y, y + height].map(Math.round);
    };
    expect(inView(9990)).toEqual([8897, 10_040, -279, 579]);
    expect(inView(10)).toEqual([-40, 1103, -279, 579]);
  });

  it("lets the page scroll where the graph has an end", () => {
    const small = camera(400, 300);
    small.fit();
    expect(small.scrollBy(0, -50)).toBe(false);
    const tall = camera(400, 3000);
    tall.center({ x: 200, y: 1500 }, 1);
    expect(tall.scrollBy(0, -50)).toBe(true);
    for (let i = 0; i < 100; i++) tall.scrollBy(0, -50);
    expect(tall.scrollBy(0, -50)).toBe(false);
    expect(tall.scrollBy(0, 50)).toBe(true);
  });

  it("[property] what is under the pointer stays there in a zoom that no edge stops", () => {
    const within = fc.integer({ min: 300, max: 500 });
    fc.assert(
      fc.property(
        within,
        within,
        fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        (x, y, factor) => {
          const made = camera(100_000, 100_000);
          made.center({ x: 50_000, y: 50_000 }, 1);
          const under = (): readonly number[] => {
            const { x: left, y: top, scale } = made.view.value;
            return [(x - left) / scale, (y - top) / scale];
          };
          const [before = 0, above = 0] = under();
          made.zoomAt(factor, { x, y });
          const [after, below] = under();
          expect(after).toBeCloseTo(before, 6);
          expect(below).toBeCloseTo(above, 6);
        },
      ),
    );
  });

  it("[property] what is revealed is in view, and what was in view stays put", () => {
    fc.assert(
      fc.property(fc.nat(9800), fc.nat(9900), (x, y) => {
        const made = camera(10_000, 10_000);
        made.center({ x: 5000, y: 5000 }, 1);
        const box = { x, y, width: 200, height: 60 };
        made.reveal(box, true);
        const view = made.inView;
        expect(view.x).toBeLessThanOrEqual(x);
        expect(view.y).toBeLessThanOrEqual(y);
        expect(view.x + view.width).toBeGreaterThanOrEqual(x + 200);
        expect(view.y + view.height).toBeGreaterThanOrEqual(y + 60);
        const still = made.view.value;
        made.reveal(box, true);
        expect(made.view.value).toEqual(still);
      }),
    );
  });

  it("never loses the graph from view", () => {
    const made = camera(400, 300);
    made.fit();
    made.panBy(100_000, -100_000);
    const { x, y, width, height } = made.inView;
    expect(x + width).toBeGreaterThan(0);
    expect(y).toBeLessThan(300);
    expect([width, height]).toEqual([800, 600]);
  });
});

describe("culling", () => {
  it("keeps what reaches into the region, lines that cross it included", () => {
    const all = drawn(graphOf("a:0 > r > b:0 > s > c:0"));
    const [first, last] = [all.layout.nodes[0], all.layout.nodes[4]];
    if (first === undefined || last === undefined) throw new Error("no layout");
    const near = { x: first.x - 50, y: first.y - 50, width: 100, height: 100 };
    expect(cull(all, near)).toEqual({ nodes: [0], edges: [] });
    const whole = { x: 0, y: 0, width: last.x, height: 200 };
    expect(cull(all, whole)).toEqual({ nodes: [0, 1, 2, 3, 4], edges: [0, 1, 2, 3] });
  });

  it("does for small moves, and not for large ones or after a zoom", () => {
    const view = { x: 0, y: 0, width: 100, height: 100 };
    const region = regionAround(view);
    expect(isRegionFor(region, { ...view, x: 90 })).toBe(true);
    expect(isRegionFor(region, { ...view, x: 120 })).toBe(false);
    expect(isRegionFor(region, { x: 50, y: 50, width: 10, height: 10 })).toBe(false);
  });
});
