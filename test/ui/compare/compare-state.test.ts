import { describe, expect, it } from "vitest";
import { compareManifests } from "../../../src/core/compare-manifests.ts";
import { DIGEST_BYTES } from "../../../src/core/digest.ts";
import { manifestOf, type Manifest } from "../../../src/core/manifest.ts";
import { parsePath } from "../../../src/core/path.ts";
import { CompareTreeState, marksOf } from "../../../src/ui/state/compare-state.ts";
import { digestOfByte } from "../../core/arbitraries.ts";

/** Path → the byte its digest is made of, which is its size too. */
function of(files: Readonly<Record<string, number>>): Manifest {
  return manifestOf(
    Object.entries(files).map(([path, byte]) => ({
      path: parsePath(path),
      digest: digestOfByte(byte),
      size: byte,
    })),
  );
}

const aTree = (): CompareTreeState =>
  new CompareTreeState(
    compareManifests(
      of({ "a/changed": 1, "a/gone": 2, "a/same": 3, "b/old name": 4, top: 5 }),
      of({ "a/changed": 11, "a/same": 3, "b/new name": 4, "c/new": 6, top: 5 }),
    ),
  );

function labels(tree: CompareTreeState): readonly string[] {
  return tree.lines.value.map(
    (line) =>
      `${" ".repeat(line.depth)}${line.label}${line.kind === "file" ? `: ${line.file.mark}` : ""}`,
  );
}

it("shows what differs, unfolded while it is little", () => {
  expect(labels(aTree())).toEqual([
    "a",
    " changed: changed",
    " gone: removed",
    "b",
    " new name: renamed",
    "c",
    " new: added",
  ]);
});

it("sums up a folder, and folds it", () => {
  const tree = aTree();
  const folder = tree.lines.value[0];
  expect(folder).toMatchObject({
    counts: { changed: 1, removed: 1, same: 0 },
    bytes: { up: 10, down: 2 },
  });
  tree.setOpen("a/", false);
  expect(labels(tree)[1]).toBe("b");
});

it("filters by mark, and goes back to the first line", () => {
  const tree = aTree();
  tree.active.value = 4;
  tree.filter("same", "");
  expect(labels(tree)).toEqual(["a", " same: same", "top: same"]);
  expect(tree.active.value).toBe(0);
  tree.filter("all", "");
  expect(tree.shownCount).toBe(7 - 1);
});

it("leaves the keyboard where it is when the filter is the same", () => {
  const tree = aTree();
  tree.active.value = 2;
  tree.filter("", "");
  expect(tree.active.value).toBe(2);
});

it("finds files by new and old path, in any letter case", () => {
  const tree = aTree();
  tree.filter("", " OLD n");
  expect(labels(tree)).toEqual(["b/new name: renamed"]);
});

it("finds the file of an address by its newer, older or only path", () => {
  const tree = aTree();
  expect(tree.find("b/new name")?.mark).toBe("renamed");
  expect(tree.find("b/old name")?.mark).toBe("renamed");
  expect(tree.find("a/gone")?.mark).toBe("removed");
  expect(tree.find("nothing")).toBeNull();
  expect(tree.find("")).toBeNull();
});

describe("the marks in an address", () => {
  const none = { changed: 0, added: 0, removed: 0, renamed: 0, copied: 0, same: 3 };

  it("are those that differ when none are named", () => {
    expect(marksOf("", { ...none, added: 1 })).not.toContain("same");
  });

  it("are all where nothing differs", () => {
    expect(marksOf("", none)).toContain("same");
  });

  it("are those named, and what is unknown is left out", () => {
    expect(marksOf("renamed,nonsense,added", none)).toEqual(["added", "renamed"]);
    expect(marksOf("nonsense", { ...none, added: 1 })).not.toContain("same");
  });
});

it("100,000 files are compared, filtered and folded in no time", () => {
  const many = (changed: number): Manifest => {
    const paths = Array.from({ length: 100_000 }, (_, i) =>
      parsePath(`d${String(Math.floor(i / 100)).padStart(4, "0")}/f${String(i).padStart(6, "0")}`),
    );
    const digests = new Uint8Array(paths.length * DIGEST_BYTES);
    const view = new DataView(digests.buffer);
    paths.forEach((_, i) => view.setUint32(i * DIGEST_BYTES, i % 10 === 0 ? i + changed : i));
    return { paths, digests, sizes: new Float64Array(paths.length).fill(7) };
  };
  const [before, after] = [many(0), many(1_000_000)];
  const startMs = performance.now();
  const tree = new CompareTreeState(compareManifests(before, after));
  const comparedMs = performance.now() - startMs;
  expect(tree.counts).toMatchObject({ changed: 10_000, same: 90_000 });
  const actMs = performance.now();
  tree.filter("all", "");
  expect(tree.lines.value).toHaveLength(1_000);
  tree.setOpen("d0500/", true);
  expect(tree.lines.value).toHaveLength(1_100);
  tree.filter("all", "f0999");
  expect(tree.lines.value).toHaveLength(100);
  // Far above what it takes, far below what a wrong order of growth would.
  expect(comparedMs).toBeLessThan(10_000);
  expect(performance.now() - actMs).toBeLessThan(10_000);
});
