import { expect, it } from "vitest";
import { manifestOf } from "../../../src/core/manifest.ts";
import { parsePath } from "../../../src/core/path.ts";
import type { TreeNode } from "../../../src/core/manifest-tree.ts";
import { FileTreeState } from "../../../src/ui/state/file-tree-state.ts";
import { digestOfByte } from "../../core/arbitraries.ts";

function treeOfPaths(...paths: string[]): FileTreeState {
  return new FileTreeState(
    manifestOf(
      paths.map((path, i) => ({ path: parsePath(path), digest: digestOfByte(i), size: 10 ** i })),
    ),
  );
}

const aTree = (): FileTreeState => treeOfPaths("data/a.csv", "data/b.csv", "data/raw/c", "README");

function labels(tree: FileTreeState): string[] {
  return tree.lines.value.map(({ label, depth }) => `${" ".repeat(depth)}${label}`);
}

function nodeNamed(tree: FileTreeState, label: string): TreeNode {
  const line = tree.lines.value.find((candidate) => candidate.label === label);
  if (line === undefined) throw new Error(`no line ${label}`);
  return line.node;
}

it("opens and closes folders", () => {
  const tree = aTree();
  expect(labels(tree)).toEqual(["data", "README"]);
  tree.setOpen("data/", true);
  expect(labels(tree)).toEqual(["data", " raw", " a.csv", " b.csv", "README"]);
  tree.setOpen("data/", false);
  expect(labels(tree)).toEqual(["data", "README"]);
});

it("starts with a lone folder open", () => {
  expect(labels(treeOfPaths("only/a", "only/b"))).toEqual(["only", " a", " b"]);
});

it("finds files by any part of their path, in any letter case, and goes back to the folders", () => {
  const tree = aTree();
  tree.active.value = 1;
  tree.search(" CSV ");
  expect(labels(tree)).toEqual(["data/a.csv", "data/b.csv"]);
  expect(tree.active.value).toBe(0);
  tree.search("");
  expect(labels(tree)).toEqual(["data", "README"]);
});

it("brings a file into view: its folders open, the keyboard on its line", () => {
  const tree = aTree();
  expect(tree.activePath).toBeNull();
  tree.reveal("data/raw/c");
  expect(labels(tree)).toEqual(["data", " raw", "  c", " a.csv", " b.csv", "README"]);
  expect(tree.activePath).toBe("data/raw/c");
  tree.search("csv");
  tree.reveal("data/raw/c");
  expect(tree.activePath).toBe("data/a.csv");
});

it("chooses a folder, leaves a file out, and says so on the folder", () => {
  const tree = aTree();
  tree.setOpen("data/", true);
  const folder = nodeNamed(tree, "data");
  tree.toggle(folder);
  expect(tree.choiceOf(folder)).toBe("all");
  tree.toggle(nodeNamed(tree, "b.csv"));
  expect(tree.choiceOf(folder)).toBe("some");
  expect(tree.choiceOf(nodeNamed(tree, "README"))).toBe("none");
  expect(tree.chosenPaths).toEqual(["data/a.csv", "data/raw/c"]);
  expect(tree.chosenCount).toBe(2);
  expect(tree.chosenBytes).toBe(101);
  tree.toggle(folder);
  expect(tree.choiceOf(folder)).toBe("all");
  tree.toggle(folder);
  expect(tree.choiceOf(folder)).toBe("none");
});

it("takes none and all chosen for the whole version", () => {
  const tree = aTree();
  expect(tree.chosenPaths).toBeNull();
  tree.toggleShown();
  expect(tree.chosenCount).toBe(4);
  expect(tree.chosenPaths).toBeNull();
  tree.toggleShown();
  expect(tree.chosenCount).toBe(0);
});

it("chooses the search results only, and keeps what was chosen before", () => {
  const tree = aTree();
  tree.toggle(nodeNamed(tree, "README"));
  tree.search("csv");
  tree.toggleShown();
  expect(tree.chosenPaths).toEqual(["README", "data/a.csv", "data/b.csv"]);
  tree.toggleShown();
  expect(tree.chosenPaths).toEqual(["README"]);
  tree.clearChoice();
  expect(tree.chosenCount).toBe(0);
});
