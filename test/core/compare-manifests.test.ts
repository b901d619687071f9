import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  compareManifests,
  pathOf,
  type Comparison,
  type FileMark,
} from "../../src/core/compare-manifests.ts";
import { DIGEST_BYTES } from "../../src/core/digest.ts";
import { diffManifests } from "../../src/core/manifest-diff.ts";
import { manifestOf, type Manifest, type ManifestEntry } from "../../src/core/manifest.ts";
import { parsePath } from "../../src/core/path.ts";
import { digestOfByte, manifest } from "./arbitraries.ts";

/** Path → the byte its digest is made of; a size of its own for each content, 0 for `0`. */
function of(files: Readonly<Record<string, number>>): Manifest {
  return manifestOf(
    Object.entries(files).map(([path, byte]) => ({
      path: parsePath(path),
      digest: digestOfByte(byte),
      size: byte * 100,
    })),
  );
}

/** Each file as `mark path`, with where it comes from. */
function shown(comparison: Comparison): readonly string[] {
  return comparison.files.map((file) => {
    const from = comparison.before.paths[file.before];
    const origin = file.mark === "renamed" || file.mark === "copied" ? ` from ${from}` : "";
    return `${file.mark} ${pathOf(comparison, file)}${origin}`;
  });
}

function compared(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): readonly string[] {
  return shown(compareManifests(of(before), of(after)));
}

describe("marks", () => {
  it("[C1] tells added, removed, changed and same apart, in path order", () => {
    expect(compared({ a: 1, b: 2, "c/d": 3, z: 4 }, { a: 1, b: 5, "c/e": 6, z: 4 })).toEqual([
      "same a",
      "changed b",
      "removed c/d",
      "added c/e",
      "same z",
    ]);
  });

  it("[C2] finds a rename by its equal digest, at the new path only", () => {
    expect(compared({ "old/a.txt": 1 }, { "new/b.txt": 1 })).toEqual([
      "renamed new/b.txt from old/a.txt",
    ]);
  });

  it("finds a copy of what is still there, and of what changed in its place", () => {
    expect(compared({ a: 1 }, { a: 1, b: 1 })).toEqual(["same a", "copied b from a"]);
    expect(compared({ a: 1 }, { a: 2, b: 1 })).toEqual(["changed a", "copied b from a"]);
  });

  it("takes the second of two new places for a copy", () => {
    expect(compared({ a: 1 }, { b: 1, c: 1 })).toEqual(["renamed b from a", "copied c from a"]);
  });

  it("[C2] prefers the same name, then the same folder", () => {
    expect(
      compared({ "x/one": 1, "x/two": 1, "y/three": 1 }, { "p/two": 1, "y/new": 1, "q/other": 1 }),
    ).toEqual([
      "renamed p/two from x/two",
      "renamed q/other from x/one",
      "renamed y/new from y/three",
    ]);
  });

  it("prefers the same name for a copy", () => {
    expect(compared({ "a/x": 1, "b/y": 1 }, { "a/x": 1, "b/y": 1, "c/y": 1 })).toEqual([
      "same a/x",
      "same b/y",
      "copied c/y from b/y",
    ]);
  });

  it("[C2] takes empty files for moved only where the name is the same, and never for copied", () => {
    expect(compared({ "a/__init__.py": 0 }, { "b/__init__.py": 0 })).toEqual([
      "renamed b/__init__.py from a/__init__.py",
    ]);
    expect(compared({ "a.lock": 0 }, { "b.log": 0 })).toEqual(["removed a.lock", "added b.log"]);
    expect(compared({ a: 0 }, { a: 0, b: 0 })).toEqual(["same a", "added b"]);
  });

  it("moves a reference by its address, and never mixes it with a file", () => {
    const reference = (path: string, ref: string): ManifestEntry => ({
      path: parsePath(path),
      ref,
      digest: "etag",
      size: 0,
    });
    const before = manifestOf([reference("a", "s3://b/1"), reference("c", "s3://b/2")]);
    const after = manifestOf([reference("x", "s3://b/1"), reference("c", "s3://b/3")]);
    expect(shown(compareManifests(before, after))).toEqual(["changed c", "renamed x from a"]);
  });
});

it("[C3] counts contents once, however many files hold them", () => {
  const { bytes } = compareManifests(
    of({ a: 1, b: 1, c: 2, d: 3 }),
    of({ a: 1, e: 4, f: 4, c: 2 }),
  );
  expect(bytes).toEqual({ added: 400, removed: 300, shared: 300 });
});

test("agrees with the plain difference on what is the same and what changed", () => {
  fc.assert(
    fc.property(manifest, manifest, (before, after) => {
      const comparison = compareManifests(before, after);
      const plain = diffManifests(before, after);
      const count = (...marks: FileMark[]): number =>
        comparison.files.filter(({ mark }) => marks.includes(mark)).length;
      expect(count("same")).toBe(plain.unchangedCount);
      expect(count("changed")).toBe(plain.changed.length);
      expect(count("added", "renamed", "copied")).toBe(plain.added.length);
      expect(count("removed", "renamed")).toBe(plain.removed.length);
    }),
    { numRuns: 300 },
  );
});

test("a renamed or copied file has the digest of its origin, and no origin moves twice", () => {
  fc.assert(
    fc.property(manifest, manifest, (before, after) => {
      const moved = compareManifests(before, after).files.filter(
        ({ mark }) => mark === "renamed" || mark === "copied",
      );
      const digestAt = ({ digests }: Manifest, row: number): string =>
        digests.subarray(row * DIGEST_BYTES, (row + 1) * DIGEST_BYTES).toString();
      for (const file of moved)
        expect(digestAt(before, file.before)).toBe(digestAt(after, file.after));
      const renamed = moved.filter(({ mark }) => mark === "renamed").map(({ before: row }) => row);
      expect(new Set(renamed).size).toBe(renamed.length);
    }),
    { numRuns: 300 },
  );
});

test("50,000 moved files of one content are paired in linear time", () => {
  const many = (folder: string): Manifest => {
    const paths = Array.from({ length: 50_000 }, (_, i) =>
      parsePath(`${folder}/${String(i).padStart(6, "0")}`),
    );
    return {
      paths,
      digests: new Uint8Array(paths.length * DIGEST_BYTES).fill(7),
      sizes: new Float64Array(paths.length).fill(5),
    };
  };
  const startMs = performance.now();
  const { files } = compareManifests(many("a"), many("b"));
  // Pairing each with each would take minutes.
  expect(performance.now() - startMs).toBeLessThan(10_000);
  expect(files).toHaveLength(50_000);
  expect(files.every(({ mark, before, after }) => mark === "renamed" && before === after)).toBe(
    true,
  );
});
