import { expect, it } from "vitest";
import type { JsonNode } from "../../../src/protocol/preview-api.ts";
import { formatJsonPath, JsonTreeState } from "../../../src/ui/previews/json-tree-state.ts";

const scalar = (key: string | number, text: string): JsonNode => ({
  key,
  type: "number",
  text,
  count: 0,
});
const ROOT: JsonNode = { key: null, type: "object", text: "", count: 2 };
const MEMBERS: readonly JsonNode[] = [
  { key: "list", type: "array", text: "", count: 450 },
  scalar("n", "1"),
];

function aTree(): { tree: JsonTreeState; reads: string[] } {
  const reads: string[] = [];
  const tree = new JsonTreeState({ root: ROOT, members: MEMBERS }, (path, start, count) => {
    reads.push(`${formatJsonPath(path)} ${start}`);
    const length = Math.min(count, 450 - start);
    return Promise.resolve(Array.from({ length }, (_, i) => scalar(start + i, String(start + i))));
  });
  return { tree, reads };
}

it("starts with the root open, and reads members when they are first unfolded", async () => {
  const { tree, reads } = aTree();
  expect(tree.lines.value).toHaveLength(3);
  await tree.setOpen(["list"], true);
  expect(tree.lines.value).toHaveLength(3 + 200 + 1);
  expect(tree.lines.value[202]).toMatchObject({ kind: "more", shown: 200, count: 450 });
  await tree.setOpen(["list"], false);
  await tree.setOpen(["list"], true);
  expect(reads).toEqual(["$.list 0"]);
});

it("reads the next members page by page, to the end", async () => {
  const { tree, reads } = aTree();
  await tree.setOpen(["list"], true);
  await tree.more(["list"]);
  await tree.more(["list"]);
  expect(reads).toEqual(["$.list 0", "$.list 200", "$.list 400"]);
  expect(tree.lines.value).toHaveLength(3 + 450);
});

it("keeps the keyboard within the tree", () => {
  const { tree } = aTree();
  tree.move(99);
  expect(tree.active.value).toBe(2);
  tree.move(-1);
  expect(tree.active.value).toBe(0);
});

it("writes paths as code does", () => {
  expect(formatJsonPath([])).toBe("$");
  expect(formatJsonPath(["layers", 0, "a b", "ok_1"])).toBe('$.layers[0]["a b"].ok_1');
});
