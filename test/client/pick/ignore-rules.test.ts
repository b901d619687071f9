import { describe, expect, it } from "vitest";
import {
  compileRules,
  readyMadeRules,
  type IgnoreRule,
} from "../../../src/client/pick/ignore-rules.ts";

const own = (pattern: string): IgnoreRule => ({ pattern, isReadyMade: false, isOn: true });

describe("compileRules", () => {
  it.each([
    ["d/.DS_Store", ".DS_Store"],
    ["d/sub/Thumbs.db", "Thumbs.db"],
    ["d/desktop.ini", "desktop.ini"],
    ["d/__MACOSX/x/y", "__MACOSX/"],
    ["d/.git/config", ".git/"],
    ["d/.gitignore", null],
    ["d/git/a", null],
    // Dropped by themselves: meant [F6].
    [".DS_Store", null],
    ["__MACOSX/x", null],
  ])("[F6] %s is left out by %s", (path, pattern) => {
    expect(compileRules(readyMadeRules()).findForFile(path)).toBe(pattern);
  });

  it("finds ignored folders, but never the dropped folder itself", () => {
    const matcher = compileRules(readyMadeRules());
    expect(matcher.findForFolder("repo/.git")).toBe(".git/");
    expect(matcher.findForFolder("repo/deep/__MACOSX")).toBe("__MACOSX/");
    expect(matcher.findForFolder(".git")).toBeNull();
    expect(matcher.findForFolder("repo/.DS_Storey")).toBeNull();
  });

  it("lets each rule be turned off", () => {
    const matcher = compileRules(
      readyMadeRules().map((rule) => ({ ...rule, isOn: rule.pattern !== ".git/" })),
    );
    expect(matcher.findForFile("repo/.git/config")).toBeNull();
    expect(matcher.findForFile("repo/.DS_Store")).toBe(".DS_Store");
  });

  it("takes a person's globs as a .gitignore in each dropped folder", () => {
    const matcher = compileRules([own("*.tmp"), own("/build/"), own("logs/**"), own("!keep.tmp")]);
    expect(matcher.findForFile("a/x.tmp")).toBe("*.tmp");
    expect(matcher.findForFile("x.tmp")).toBe("*.tmp");
    expect(matcher.findForFile("a/keep.tmp")).toBeNull();
    expect(matcher.findForFolder("a/build")).toBe("/build/");
    expect(matcher.findForFolder("a/src/build")).toBeNull();
    expect(matcher.findForFile("a/logs/2024/x")).toBe("logs/**");
  });

  it.each(["a/..//x", "a/./x", "a//x", "a/\\x", "a/ ", "a/\u0000"])(
    "answers for the odd path %j",
    (path) => {
      expect(compileRules([own("*.tmp")]).findForFile(path)).toBeNull();
    },
  );
});
