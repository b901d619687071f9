import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import {
  baseName,
  checkPath,
  checkPathSet,
  foldPath,
  parentFolders,
  parsePath,
} from "../../src/core/path.ts";
import { anyText, entries } from "./arbitraries.ts";

const set = (...paths: string[]) =>
  checkPathSet(paths.map(parsePath), (index) => `source ${index}`);

function conflictOf(...paths: string[]): unknown {
  try {
    set(...paths);
  } catch (error) {
    if (isCairnError(error, "path_conflict")) return error.data;
    throw error;
  }
  return null;
}

describe("paths", () => {
  test.each([
    "a",
    "a/b/c",
    "...",
    "..a",
    ".a",
    "a b",
    " ",
    "-",
    "日本語/😀",
    "e\u0301",
    "ab:c",
    "a/C:",
    "1:",
    "~",
    "a\u202eb",
    "con",
  ])("[F1] %j can be kept", (path) => {
    expect(checkPath(path)).toBeNull();
    expect(parsePath(path)).toBe(path);
  });

  test.each([
    ["", "empty"],
    ["/a", "starts with “/”"],
    ["/", "starts with “/”"],
    ["//host/share", "starts with “/”"],
    ["a//b", "empty folder name"],
    ["a/", "empty folder name"],
    [".", "contains “.”"],
    ["..", "contains “..”"],
    ["a/./b", "contains “.”"],
    ["a/../b", "contains “..”"],
    ["a/..", "contains “..”"],
    ["./a", "contains “.”"],
    ["a\\b", "backslash"],
    ["..\\a", "backslash"],
    ["a\0b", "control character"],
    ["a\nb", "control character"],
    ["a\x7f", "control character"],
    ["a\x85", "control character"],
    ["C:", "drive letter"],
    ["c:/a", "drive letter"],
    ["C:a", "drive letter"],
    ["a\ud800", "broken Unicode"],
    ["\udc00a", "broken Unicode"],
    ["\udc00\ud800", "broken Unicode"],
  ])("[F1] %j is refused: %s", (path, reason) => {
    expect(checkPath(path)).toEqual({
      code: "invalid_path",
      data: { path, reason: expect.stringContaining(reason) },
    });
    expect(() => parsePath(path)).toThrow("can't be kept");
  });

  test.each([
    ["a".repeat(255), null],
    ["a".repeat(256), "255"],
    ["é".repeat(127), null],
    ["é".repeat(128), "255"],
    ["日".repeat(85), null],
    ["日".repeat(86), "255"],
    ["😀".repeat(63), null],
    ["😀".repeat(64), "255"],
    [`${"a".repeat(255)}/`.repeat(3) + "a".repeat(255), null],
    [`${"a".repeat(255)}/`.repeat(4) + "a", "1024"],
    [`${"日".repeat(85)}/`.repeat(3) + "日".repeat(85), null],
    [`${"日".repeat(85)}/`.repeat(4) + "a", "1024"],
    ["a/".repeat(511) + "aa", null],
    ["a/".repeat(511) + "aaa", "1024"],
  ])("[F1] limits count UTF-8 bytes: %j", (path, limit) => {
    const reason = checkPath(path)?.data.reason;
    expect(reason === undefined).toBe(limit === null);
    expect(/longer than (\d+) bytes/.exec(reason ?? "")?.[1] ?? null).toBe(limit);
  });

  test("[F1] what is kept is safe to join below a folder", () => {
    const pieces = fc
      .array(fc.constantFrom("a", "/", ".", "..", "\\", "C:", "\0", "é", "\ud800"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(pieces, anyText), (path) => {
        if (checkPath(path) !== null) return;
        expect(new URL(encodeURI(path).replace(/[?#:]/g, "_"), "file:///root/").pathname).toMatch(
          /^\/root\/./,
        );
        expect(new TextDecoder().decode(new TextEncoder().encode(path))).toBe(path);
      }),
      { numRuns: 500 },
    );
  });

  test("a path has a last segment and folders, nearest first", () => {
    expect(baseName("a/b/c.txt")).toBe("c.txt");
    expect(baseName("c.txt")).toBe("c.txt");
    expect([...parentFolders("a/b/c")]).toEqual(["a/b", "a"]);
    expect([...parentFolders("a")]).toEqual([]);
  });
});

describe("sets of paths", () => {
  test("[F3] a duplicate is an error that names both sources", () => {
    expect(conflictOf("a", "b", "a")).toEqual({
      reason: "duplicate",
      path: "a",
      first: "source 0",
      second: "source 2",
    });
  });

  test.each([
    [["a", "a/b"], "a", 0, 1],
    [["a/b", "a"], "a", 1, 0],
    [["x/a/b/c", "x/a"], "x/a", 1, 0],
    [["a/b/c", "a/b/d", "a/b"], "a/b", 2, 0],
    [["a-b", "a", "a/b"], "a", 1, 2],
    [["a/b/c", "a/x", "a"], "a", 2, 0],
  ])("[F3] %j: nothing is both file and folder", (paths, path, file, other) => {
    expect(conflictOf(...paths)).toEqual({
      reason: "file_and_folder",
      path,
      first: `source ${file}`,
      second: `source ${other}`,
    });
  });

  test("[F3] what only starts alike is no clash", () => {
    expect(conflictOf("a", "ab", "a.b", "a-b/c", "b/a", "A/b")).toBeNull();
    expect(set()).toEqual([]);
  });

  test.each([
    ["README", "readme"],
    ["é", "e\u0301"],
    ["a/B", "A/b"],
    ["Σ", "ς"],
    ["K", "\u212a"],
    ["ſ", "s"],
  ])("[F2] %j and %j may stand together, and are reported", (first, second) => {
    expect(set(first, second)).toEqual([{ first, second }]);
    expect(foldPath(first)).toBe(foldPath(second));
  });

  test("[F2] paths are compared as given, with no normalisation", () => {
    expect(parsePath("e\u0301")).not.toBe(parsePath("é"));
    expect(set("a", "b", "é", "è")).toEqual([]);
  });

  test("[F3] agrees with a naive check", () => {
    fc.assert(
      fc.property(entries, fc.array(fc.nat(30)), (given, extra) => {
        const paths = given.map((entry) => entry.path);
        expect(conflictOf(...paths)).toBeNull();
        for (const at of extra) {
          const path = paths[at];
          if (path === undefined) continue;
          expect(conflictOf(...paths, path)).toMatchObject({ reason: "duplicate" });
          expect(conflictOf(`${path}/below`, ...paths)).toMatchObject({
            reason: "file_and_folder",
            path,
          });
        }
      }),
    );
  });
});
