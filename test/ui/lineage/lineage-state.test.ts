import { describe, expect, it } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { LineageGraph, LineageNodeId, LineageOptions } from "../../../src/core/lineage.ts";
import { layoutGraph } from "../../../src/graph/layout.ts";
import type { LayoutApi } from "../../../src/protocol/layout-api.ts";
import { FIRST_LINEAGE } from "../../../src/ui/lineage-route.ts";
import { LineageState, type LineagePlace } from "../../../src/ui/state/lineage-state.ts";
import type { VisibleId } from "../../../src/core/lineage-view.ts";
import { walk } from "../../../src/ui/lineage/walk.ts";
import { graphOf, idOf } from "../../core/lineage-graphs.ts";

const LAYOUTS: LayoutApi = { arrange: async (request) => layoutGraph(request) };

interface Asked {
  readonly focus: LineageNodeId;
  readonly options: LineageOptions;
  readonly opened: readonly LineageNodeId[];
}

/** A state over a store that always answers the graph of these lines. */
async function stateOf(
  lines: readonly string[],
  change: (graph: LineageGraph) => LineageGraph = (graph) => graph,
  layouts: LayoutApi = LAYOUTS,
  place: Partial<LineagePlace> = {},
) {
  const asked: Asked[] = [];
  const graph = graphOf(...lines);
  const store = {
    async lineageAround(
      focus: LineageNodeId,
      options: LineageOptions,
      opened: readonly LineageNodeId[],
    ) {
      asked.push({ focus, options, opened });
      return change({ ...graph, focus });
    },
  };
  const state = new LineageState(graph.focus, store, layouts, { ...FIRST_LINEAGE, ...place });
  await state.load();
  await settled();
  return { state, asked };
}

/** Layouts answer at once here, but not in the same moment. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

function drawnIds(state: LineageState): readonly string[] {
  return state.drawn.value?.graph.nodes.map(({ id }) => id) ?? [];
}

const SWEEP = [
  "data:0 > prepare > clean:0",
  ...Array.from({ length: 6 }, (_, i) => `clean:0 > train-${i} > net:${i}`),
];

describe("LineageState", () => {
  it("draws what was read around the focus, and has the keyboard there", async () => {
    const { state, asked } = await stateOf(SWEEP);
    expect(asked).toEqual([
      {
        focus: idOf("data:0"),
        options: { depth: 4, direction: "both", maxNodes: 500 },
        opened: [],
      },
    ]);
    expect(drawnIds(state)).toHaveLength(5);
    expect(state.active.value).toBe(idOf("data:0"));
  });

  it("reads anew for other hops, directions and limits, within bounds", async () => {
    const { state, asked } = await stateOf(SWEEP);
    await state.setDepth(0);
    await state.setDirection("up");
    await state.showMore();
    expect(asked.at(-1)?.options).toEqual({ depth: 1, direction: "up", maxNodes: 1000 });
  });

  it("reads five thousand nodes at most", async () => {
    const { state, asked } = await stateOf(SWEEP);
    for (let i = 0; i < 8; i++) await state.showMore();
    expect(state.canShowMore).toBe(true);
    for (let i = 0; i < 8; i++) await state.showMore();
    expect(state.canShowMore).toBe(false);
    expect(asked.at(-1)?.options.maxNodes).toBe(5000);
  });

  it("shows more around a node, and raises the limit where that was in the way", async () => {
    const isFull = (graph: LineageGraph): LineageGraph => ({
      ...graph,
      nodes: graph.nodes.map((node) => ({ ...node, hasMore: node.id === idOf("clean:0") })),
    });
    const { state, asked } = await stateOf(SWEEP, isFull);
    await state.expand(idOf("clean:0"));
    expect(asked.slice(1).map(({ opened, options }) => [opened, options.maxNodes])).toEqual([
      [[idOf("clean:0")], 500],
      [[idOf("clean:0")], 1000],
    ]);
  });

  it("draws around another node, and forgets what was opened around the first", async () => {
    const { state, asked } = await stateOf(SWEEP);
    await state.expand(idOf("clean:0"));
    await state.focusOn(idOf("prepare"));
    await settled();
    expect(asked.at(-1)).toMatchObject({ focus: idOf("prepare"), opened: [] });
    expect(state.drawn.value?.focus).toBe(idOf("prepare"));
    expect(state.active.value).toBe(idOf("prepare"));
  });

  it("finds members of a group, takes them out and puts them back", async () => {
    const { state } = await stateOf(SWEEP);
    state.query.value = "train-";
    expect(state.found.value).toHaveLength(6);
    expect(state.foundPlaces.value.size).toBe(1);
    state.goToFound(1);
    await settled();
    expect(state.active.value).toBe(idOf("train-0"));
    expect(state.toReveal.value).toBe(idOf("train-0"));
    state.goToFound(-1);
    await settled();
    expect(state.active.value).toBe(idOf("train-5"));
    state.takeOut(idOf("train-5"), false);
    await settled();
    expect(state.activeNode.value).toMatchObject({ kind: "group" });
    expect(drawnIds(state)).toContain(idOf("train-0"));
  });

  it("opens a group and folds it again", async () => {
    const { state } = await stateOf(SWEEP);
    const set = state.visible.value?.setOf.get(idOf("net:2"));
    if (set === undefined) throw new Error("no set");
    state.setOpen(set, true);
    await settled();
    expect(drawnIds(state)).toHaveLength(10);
    expect(state.isSetOpen(set)).toBe(true);
    state.setOpen(set, false);
    await settled();
    expect(state.activeNode.value).toMatchObject({ kind: "group", id: set.id });
  });

  it("keeps what is drawn when a layout fails, and says so", async () => {
    let isBroken = false;
    const { state } = await stateOf(SWEEP, (graph) => graph, {
      async arrange(request) {
        if (isBroken) throw new CairnError("worker_lost", { reason: "it ended" });
        return layoutGraph(request);
      },
    });
    const before = state.drawn.value;
    isBroken = true;
    await state.load(true);
    await settled();
    expect(state.problem.value?.code).toBe("worker_lost");
    expect(state.drawn.value).toBe(before);
    isBroken = false;
    await state.load(true);
    await settled();
    expect(state.problem.value).toBeNull();
  });
});

describe("the place of a LineageState", () => {
  const at = (place: Partial<LineagePlace>) =>
    stateOf(SWEEP, (graph) => graph, LAYOUTS, { ...FIRST_LINEAGE, ...place });

  it("says what is shown, and leads to the same again", async () => {
    const { state } = await at({});
    expect(state.place.value).toEqual({
      direction: "both",
      hops: 4,
      around: "",
      node: "",
      find: "",
    });
    await state.setDepth(7);
    await state.setDirection("up");
    await state.focusOn(idOf("prepare"));
    state.query.value = "net";
    await settled();
    state.isCardOpen.value = true;
    const place = state.place.value;
    expect(place).toEqual({
      direction: "up",
      hops: 7,
      around: idOf("prepare"),
      node: idOf("prepare"),
      find: "net",
    });
    const again = await at(place);
    expect(again.asked).toEqual([
      {
        focus: idOf("prepare"),
        options: { depth: 7, direction: "up", maxNodes: 500 },
        opened: [],
      },
    ]);
    expect(again.state.place.value).toEqual(place);
    expect(again.state.isCardOpen.value).toBe(true);
    expect(again.state.found.value).toHaveLength(6);
  });

  it("opens the card of a node that lies in a group, drawn by itself", async () => {
    const { state } = await at({ node: idOf("net:2") });
    expect(state.place.value.node).toBe(idOf("net:2"));
    await settled();
    expect(state.activeNode.value).toMatchObject({ name: "net", number: 2 });
    expect(state.isCardOpen.value).toBe(true);
    expect(state.toReveal.value).toBe(idOf("net:2"));
  });

  it("opens a group's card, and none for a node that is not there", async () => {
    const { state } = await at({});
    const [group] = drawnIds(state).filter((id) => id.startsWith("alike:"));
    await state.goToPlace({ ...FIRST_LINEAGE, node: group ?? "" });
    expect(state.activeNode.value?.kind).toBe("group");
    expect(state.isCardOpen.value).toBe(true);
    await state.goToPlace({ ...FIRST_LINEAGE, node: "run:nowhere" });
    expect(state.isCardOpen.value).toBe(false);
    expect(state.place.value.node).toBe("");
  });

  it("goes back to where it was, and reads only what is new", async () => {
    const { state, asked } = await at({});
    const start = state.place.value;
    await state.focusOn(idOf("prepare"));
    await state.goToPlace(start);
    await settled();
    expect(state.active.value).toBe(idOf("data:0"));
    expect(asked.map(({ focus }) => focus)).toEqual(["data:0", "prepare", "data:0"].map(idOf));
    await state.goToPlace({ ...start, find: "clean" });
    expect(asked).toHaveLength(3);
    expect(state.found.value).toEqual([idOf("clean:0")]);
  });

  it("takes no address for a node that can't be one", async () => {
    const { state } = await at({ around: "alike:run:1" });
    expect(state.place.value.around).toBe("");
  });
});

describe("walk", () => {
  it("goes along the lines, and up and down among those beside", async () => {
    const { state } = await stateOf(SWEEP.slice(0, 4));
    const { drawn } = state;
    const go = (from: string, key: string): string | null =>
      drawn.value === null ? null : walk(drawn.value, idOf(from), `Arrow${key}`);
    expect(go("data:0", "Right")).toBe(idOf("prepare"));
    expect(go("prepare", "Left")).toBe(idOf("data:0"));
    expect(go("data:0", "Left")).toBeNull();
    expect(go("data:0", "Up")).toBeNull();
    const middle = go("clean:0", "Right");
    expect(middle).toBe(idOf("train-1"));
    expect(new Set([go("train-1", "Up"), go("train-1", "Down")])).toEqual(
      new Set([idOf("train-0"), idOf("train-2")]),
    );
    expect(go("train-1", "x")).toBeNull();
  });

  it("goes up and down through all columns of a wrapped rank", async () => {
    const names = Array.from({ length: 120 }, (_, i) => `part${"abcdefghij"[i % 10] ?? ""}x${i}y`);
    const { state } = await stateOf(names.map((name) => `run > ${name}:0`));
    const { value: drawn } = state.drawn;
    const set = state.visible.value?.setOf.values().next().value;
    if (set !== undefined) state.setOpen(set, true);
    await settled();
    const now = state.drawn.value ?? drawn;
    if (now === null) throw new Error("nothing drawn");
    const inRank = now.layout.nodes.filter(({ rank }) => rank === 1);
    expect(new Set(inRank.map(({ x }) => x)).size).toBeGreaterThan(1);
    const end = (key: string): VisibleId => {
      let at: VisibleId = idOf("partax0y:0");
      for (let next: VisibleId | null = at; next !== null; next = walk(now, at, key)) at = next;
      return at;
    };
    let [at, steps] = [end("ArrowUp"), 0];
    for (let next = walk(now, at, "ArrowDown"); next !== null; steps++) {
      at = next;
      next = walk(now, at, "ArrowDown");
    }
    expect([at, steps]).toEqual([end("ArrowDown"), 119]);
  });
});
