import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  planDiskPaths,
  toWindowsName,
  versionFolder,
  type DiskLimits,
} from "../../src/core/disk-path.ts";
import { baseName, foldPath, SEGMENT_MAX_BYTES } from "../../src/core/path.ts";
import { utf8Length } from "../../src/core/utf8.ts";
import type { VersionNumber } from "../../src/core/version.ts";

const LINUX: DiskLimits = { foldsCase: false, windowsNames: false };
const MAC: DiskLimits = { foldsCase: true, windowsNames: false };
const WINDOWS: DiskLimits = { foldsCase: true, windowsNames: true };

describe("where files land on a disk", () => {
  test("[U2] a version's folder is <project>/<name>_v<N>", () => {
    expect(versionFolder("digits", "my-model", 3 as VersionNumber)).toBe("digits/my-model_v3");
  });

  test("[U2] a disk that holds every path gets each as it is", () => {
    const paths = ["a", "A", "con", "x?", "b/c", "é", "e\u0301"];
    expect(planDiskPaths(paths, LINUX)).toEqual({ diskPaths: paths, renamed: [] });
  });

  test.each([
    ["a", "a"],
    ["a.b", "a.b"],
    ["x?", "x_"],
    ['<>:"|?*', "_______"],
    ["end.", "end_"],
    ["end .", "end__"],
    ["...", "___"],
    ["con", "_con"],
    ["CON.txt", "_CON.txt"],
    ["con .txt", "_con .txt"],
    ["CONIN$", "_CONIN$"],
    ["aux.tar.gz", "_aux.tar.gz"],
    ["com1", "_com1"],
    ["COM²", "_COM²"],
    ["console", "console"],
    ["com10", "com10"],
  ])("[U2] on Windows %j becomes %j", (name, safe) => {
    expect(toWindowsName(name)).toBe(safe);
  });

  test.each<[string, string[], DiskLimits, string[]]>([
    ["letter case", ["A.txt", "a.txt"], MAC, ["A.txt", "a (2).txt"]],
    ["Unicode form", ["é", "e\u0301"], MAC, ["é", "e\u0301 (2)"]],
    ["the two small sigmas", ["ς", "σ"], WINDOWS, ["ς", "σ (2)"]],
    ["a suffix that is taken", ["A", "A (2)", "a"], MAC, ["A", "A (2)", "a (3)"]],
    ["a hidden file", [".env", ".ENV"], MAC, [".env", ".ENV (2)"]],
    ["replaced characters", ["x?", "x*", "x_"], WINDOWS, ["x_", "x_ (2)", "x_ (3)"]],
    ["a folder where a file is", ["A", "a/b", "a/c"], MAC, ["A", "a (2)/b", "a (2)/c"]],
    ["a file where a folder is", ["A/b", "a"], MAC, ["A/b", "a (2)"]],
    ["folders that become one", ["A/x", "a/x"], MAC, ["A/x", "a/x (2)"]],
    ["a device name in the middle", ["nul/x"], WINDOWS, ["_nul/x"]],
  ])("[F2] %s: no two meet", (_, paths, limits, expected) => {
    const plan = planDiskPaths(paths, limits);
    expect(plan.diskPaths).toEqual(expected);
    expect(plan.renamed).toEqual(
      paths.flatMap((path, i) => (path === expected[i] ? [] : [{ path, diskPath: expected[i] }])),
    );
  });

  test.each<[string, string, string]>([
    ["a".repeat(255), `A${"a".repeat(254)}`, `A${"a".repeat(250)} (2)`],
    [`${"a".repeat(251)}.txt`, `${"A".repeat(251)}.txt`, `${"A".repeat(247)} (2).txt`],
    ["é".repeat(127), "É".repeat(127), `${"É".repeat(125)} (2)`],
    // Only what leaves room for a name counts as an extension.
    [`a.${"x".repeat(253)}`, `A.${"x".repeat(253)}`, `A.${"x".repeat(249)} (2)`],
    [`a.${"x".repeat(250)}`, `A.${"x".repeat(250)}`, `A.${"x".repeat(249)} (2)`],
    [`a.${"x".repeat(249)}`, `A.${"x".repeat(249)}`, `A (2).${"x".repeat(249)}`],
    [`${"😀".repeat(63)}a`, `${"😀".repeat(63)}A`, `${"😀".repeat(62)} (2)`],
    [`d/${"a".repeat(255)}`, `d/${"A".repeat(255)}`, `d/${"A".repeat(251)} (2)`],
  ])(
    "[F1 F2] a name with a suffix is no longer than a disk takes: %#",
    (first, second, expected) => {
      expect(planDiskPaths([first, second], MAC).diskPaths).toEqual([first, expected]);
      expect(utf8Length(baseName(expected))).toBeLessThanOrEqual(SEGMENT_MAX_BYTES);
    },
  );

  test("[F2] long names cut to the same beginning still don't meet", () => {
    const long = (end: string): string => "a".repeat(254) + end;
    const paths = [long("b"), long("c"), long("B"), long("C")];
    const { diskPaths } = planDiskPaths(paths, MAC);
    expect(diskPaths.slice(2)).toEqual([`${"a".repeat(251)} (2)`, `${"a".repeat(251)} (3)`]);
  });

  test("[F2] whatever the paths, no file meets another file or a folder", () => {
    const segment = fc.constantFrom(
      "a",
      "A",
      "ä",
      "a\u0308",
      "x?",
      "x*",
      "x_",
      "x_ (2)",
      "con",
      "_con",
      "s.",
      "ſ",
      "S_",
    );
    const paths = fc.uniqueArray(
      fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join("/")),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(paths, fc.constantFrom(LINUX, MAC, WINDOWS), (given, limits) => {
        const valid = given.filter((path) => !given.some((other) => other.startsWith(`${path}/`)));
        const { diskPaths } = planDiskPaths(valid, limits);
        const keys = diskPaths.map((path) => (limits.foldsCase ? foldPath(path) : path));
        expect(new Set(keys).size).toBe(valid.length);
        for (const file of keys)
          expect(keys.filter((other) => other.startsWith(`${file}/`))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
