import fc from "fast-check";
import { blake3 } from "hash-wasm";
import { describe, expect, test } from "vitest";
import {
  canonicalManifest,
  entriesOf,
  entryAt,
  filesOf,
  isReference,
  joinManifest,
  lowerBound,
  manifestOf,
  referenceAt,
  rowOf,
  splitManifest,
  totalSize,
  type ManifestEntry,
} from "../../src/core/manifest.ts";
import { diffManifests } from "../../src/core/manifest-diff.ts";
import { parsePath } from "../../src/core/path.ts";
import { digestOfByte, entries, manifest } from "./arbitraries.ts";

const canonical = (given: readonly ManifestEntry[]): string =>
  [...canonicalManifest(manifestOf(given))].join("");
const entry = (path: string, byte: number, size: number): ManifestEntry => ({
  path: parsePath(path),
  digest: digestOfByte(byte),
  size,
});

const GOLDEN = [
  entry('b/ü "q".txt', 0xab, 0),
  entry("a0", 1, 12),
  entry("a/x", 2, 2 ** 40),
  entry("\uffee", 3, 3),
  entry("😀", 4, 4),
];

describe("canonical form", () => {
  test("[M2] entries by path bytes; keys digest, path, size; no white space; only what JSON must escape", () => {
    expect(canonical(GOLDEN)).toBe(
      `[{"digest":"${digestOfByte(2)}","path":"a/x","size":1099511627776},` +
        `{"digest":"${digestOfByte(1)}","path":"a0","size":12},` +
        `{"digest":"${digestOfByte(0xab)}","path":"b/ü \\"q\\".txt","size":0},` +
        `{"digest":"${digestOfByte(3)}","path":"\uffee","size":3},` +
        `{"digest":"${digestOfByte(4)}","path":"😀","size":4}]`,
    );
    expect(canonical([])).toBe("[]");
  });

  test("[M2] the digest of a known manifest never changes", async () => {
    expect(await blake3(canonical(GOLDEN))).toBe(
      "49e9fc30c19cf245fee6cc579039b7cf1a4ccffb099617ae8bbec257f9868f9a",
    );
  });

  test("[M2] the order in which files arrive doesn't matter", () => {
    fc.assert(
      fc.property(
        entries.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray([...given], { minLength: given.length }),
          ),
        ),
        ([given, shuffled]) => {
          expect(canonical(shuffled)).toBe(canonical(given));
        },
      ),
    );
  });

  test("[M2] it is JSON and says every entry once", () => {
    fc.assert(
      fc.property(entries, (given) => {
        const parsed: unknown = JSON.parse(canonical(given));
        expect(parsed).toEqual([...entriesOf(manifestOf(given))]);
        expect(parsed).toHaveLength(given.length);
      }),
    );
  });

  test("[M2] different sets have different forms", () => {
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        const same =
          JSON.stringify([...entriesOf(manifestOf(a))]) ===
          JSON.stringify([...entriesOf(manifestOf(b))]);
        expect(canonical(a) === canonical(b)).toBe(same);
      }),
    );
  });

  test("[M2] long manifests come in pieces of bounded length", () => {
    const many = Array.from({ length: 3000 }, (_, i) => entry(`file-${i}`, i % 256, i));
    const pieces = [...canonicalManifest(manifestOf(many))];
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
    expect(JSON.parse(pieces.join(""))).toHaveLength(3000);
  });
});

describe("rows", () => {
  test("[M2] a manifest gives back the entries it was made of, sorted", () => {
    expect([...entriesOf(manifestOf(GOLDEN))].map(({ path }) => path)).toEqual([
      "a/x",
      "a0",
      'b/ü "q".txt',
      "\uffee",
      "😀",
    ]);
    expect(entryAt(manifestOf(GOLDEN), 1)).toEqual(entry("a0", 1, 12));
    expect(() => entryAt(manifestOf(GOLDEN), 5)).toThrow(RangeError);
    expect(totalSize(manifestOf(GOLDEN))).toBe(2 ** 40 + 19);
  });

  test("each path is found in its row, and no other", () => {
    fc.assert(
      fc.property(manifest, (value) => {
        value.paths.forEach((path, row) => expect(rowOf(value, path)).toBe(row));
        for (const absent of ["", "0", "zz", "~", "\u{10ffff}"])
          expect(rowOf(value, absent)).toBe(-1);
        expect(lowerBound(value.paths, "")).toBe(0);
        expect(lowerBound(value.paths, "\u{10ffff}")).toBe(value.paths.length);
      }),
    );
  });

  test("joining undoes splitting, whatever the size of the parts", () => {
    fc.assert(
      fc.property(manifest, fc.integer({ min: 1, max: 30 }), (value, rows) => {
        const parts = splitManifest(value, rows);
        expect(joinManifest(parts)).toEqual(value);
        for (const part of parts) expect(part.paths.length).toBeLessThanOrEqual(rows);
        // Parts own their bytes: storing one must not store the whole.
        for (const part of parts)
          expect(part.digests.buffer.byteLength).toBe(part.paths.length * 32);
      }),
    );
  });
});

describe("references", () => {
  const reference = (path: string, ref: string, digest: string, size: number): ManifestEntry => ({
    path: parsePath(path),
    ref,
    digest,
    size,
  });
  const MIXED = [
    reference('m/"r"', 's3://b/k?"ü', "etag-1", 100),
    entry("z", 7, 3),
    reference("a", "https://e.com/x", "https://e.com/x", 0),
  ];
  /** Some of the entries turned into references. */
  const mixed = fc
    .tuple(entries, fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }))
    .map(([given, picks]) =>
      manifestOf(
        given.map((file, i) =>
          picks[i] === true ? reference(file.path, `x:${file.size}`, `etag ${i}`, file.size) : file,
        ),
      ),
    );

  test("[M2 M4] stand in path order with the files, with ref between path and size", () => {
    expect(canonical(MIXED)).toBe(
      `[{"digest":"https://e.com/x","path":"a","ref":"https://e.com/x","size":0},` +
        `{"digest":"etag-1","path":"m/\\"r\\"","ref":"s3://b/k?\\"ü","size":100},` +
        `{"digest":"${digestOfByte(7)}","path":"z","size":3}]`,
    );
  });

  test("[M2] the digest of a known manifest with references never changes", async () => {
    expect(await blake3(canonical(MIXED))).toBe(
      "1899f457e3b4fb7d4528510f7975bfc0ac288c379d37444cb897b96300d5d8e2",
    );
  });

  test("[M4] URI, digest and size are each identity", () => {
    const base = reference("a", "https://e.com/x", "1", 5);
    const others = [
      reference("a", "https://e.com/y", "1", 5),
      reference("a", "https://e.com/x", "2", 5),
      reference("a", "https://e.com/x", "1", 6),
      entry("a", 1, 5),
    ];
    const forms = [base, ...others].map((one) => canonical([one]));
    expect(new Set(forms).size).toBe(5);
    for (const other of others)
      expect(diffManifests(manifestOf([base]), manifestOf([other])).changed).toEqual([
        { before: base, after: other },
      ]);
    expect(diffManifests(manifestOf([base]), manifestOf([base])).unchangedCount).toBe(1);
  });

  test("[M4] each is found in its row; files are without them; sizes count", () => {
    const value = manifestOf(MIXED);
    expect([...entriesOf(value)]).toEqual([MIXED[2], MIXED[0], MIXED[1]]);
    expect([...filesOf(value)]).toEqual([MIXED[1]]);
    expect(referenceAt(value, 1)).toEqual({ row: 1, uri: 's3://b/k?"ü', digest: "etag-1" });
    expect(referenceAt(value, 2)).toBeUndefined();
    expect(totalSize(value)).toBe(103);
    expect(isReference(entryAt(value, 0))).toBe(true);
  });

  test("[M4] joining undoes splitting with references too, and rows keep theirs", () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 1, max: 30 }), (value, rows) => {
        const parts = splitManifest(value, rows);
        expect(joinManifest(parts)).toEqual(value);
        expect(parts.flatMap((part) => [...entriesOf(part)])).toEqual([...entriesOf(value)]);
      }),
    );
  });

  test("[M4] the difference names what a naive comparison names", () => {
    fc.assert(
      fc.property(mixed, mixed, (before, after) => {
        const old = new Map([...entriesOf(before)].map((one) => [one.path, one]));
        const { added, removed, changed, unchangedCount } = diffManifests(before, after);
        const now = [...entriesOf(after)];
        expect(added).toEqual(now.filter(({ path }) => !old.has(path)));
        expect(removed.map(({ path }) => path)).toEqual(
          [...old.keys()].filter((path) => rowOf(after, path) < 0),
        );
        const differing = now.filter(
          (one) => old.has(one.path) && canonical([one]) !== canonical([old.get(one.path) ?? one]),
        );
        expect(changed.map((pair) => pair.after)).toEqual(differing);
        expect(unchangedCount).toBe(now.length - added.length - changed.length);
      }),
    );
  });

  test("[M2] a manifest without references has none to store", () => {
    expect(Object.keys(manifestOf(GOLDEN)).toSorted()).toEqual(["digests", "paths", "sizes"]);
  });
});
