import fc from "fast-check";
import { expect, test } from "vitest";
import { entriesOf, manifestOf, type Manifest } from "../../src/core/manifest.ts";
import { childrenOf, rowsUnder, treeOf, type TreeNode } from "../../src/core/manifest-tree.ts";
import { parsePath } from "../../src/core/path.ts";
import { digestOfByte, manifest } from "./arbitraries.ts";

const shape = (node: TreeNode): unknown[] =>
  node.kind === "file"
    ? [node.name, node.sizeBytes]
    : [`${node.name}/`, node.sizeBytes, node.fileCount];

function naiveChildren(value: Manifest, prefix: string): unknown[] {
  const folders = new Map<string, [size: number, count: number]>();
  const files: unknown[] = [];
  for (const { path, size } of entriesOf(value)) {
    if (!path.startsWith(prefix)) continue;
    const [name = "", ...rest] = path.slice(prefix.length).split("/");
    const [sum, count] = folders.get(name) ?? [0, 0];
    if (rest.length > 0) folders.set(name, [sum + size, count + 1]);
    else files.push([name, size]);
  }
  return [...[...folders].map(([name, [size, count]]) => [`${name}/`, size, count]), ...files];
}

test("a folder lists its folders first, then its files, with sums", () => {
  const paths = ["a/1", "a/b/2", "a-b/3", "a0", "top", "a.txt"];
  const tree = treeOf(
    manifestOf(
      paths.map((path, i) => ({ path: parsePath(path), digest: digestOfByte(i), size: 10 ** i })),
    ),
  );
  expect(childrenOf(tree, "").map(shape)).toEqual([
    ["a-b/", 100, 1],
    ["a/", 11, 2],
    ["a.txt", 100_000],
    ["a0", 1000],
    ["top", 10_000],
  ]);
  expect(childrenOf(tree, "a/").map(shape)).toEqual([
    ["b/", 10, 1],
    ["1", 1],
  ]);
  expect(childrenOf(tree, "nowhere/")).toEqual([]);
  expect(childrenOf(treeOf(manifestOf([])), "")).toEqual([]);
});

test("agrees with a naive tree in every folder", () => {
  fc.assert(
    fc.property(manifest, (value) => {
      const tree = treeOf(value);
      const visit = (prefix: string): void => {
        const children = childrenOf(tree, prefix);
        expect(children.map(shape)).toEqual(naiveChildren(value, prefix));
        const rows = children.map((child) => (child.kind === "folder" ? child.fileCount : 1));
        const folders = children.filter((child) => child.kind === "folder");
        const files = children.filter((child) => child.kind === "file");
        const [from, end] = rowsUnder(value, prefix);
        expect(rows.reduce((sum, count) => sum + count, 0)).toBe(end - from);
        expect(files.map(({ row }) => value.paths[row])).toEqual(
          files.map(({ name }) => prefix + name),
        );
        for (const folder of folders) visit(folder.prefix);
      };
      visit("");
    }),
    { numRuns: 200 },
  );
});
