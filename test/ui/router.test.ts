import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatRoute,
  parseRoute,
  PROJECT_TABS,
  projectHash,
  runsHash,
  VERSION_TABS,
  versionHash,
  type ProjectTab,
  type Route,
  type VersionTab,
} from "../../src/ui/router.ts";
import { unicodeText } from "../core/arbitraries.ts";

const project = (name: string, type = "", query = "", tab: ProjectTab = "artifacts"): Route => ({
  kind: "project",
  project: name,
  tab,
  type,
  query,
});
const version = (selector: string, query = "", tab: VersionTab = "files"): Route => ({
  kind: "version",
  project: "digits",
  name: "cnn",
  selector,
  tab,
  query,
});

describe("parseRoute", () => {
  it.each<[hash: string, route: Route]>([
    ["", { kind: "home" }],
    ["#", { kind: "home" }],
    ["#/", { kind: "home" }],
    ["#/p/digits", project("digits")],
    ["#/p/digits/", project("digits")],
    ["#/p/digits?type=model&q=cnn+b%26w", project("digits", "model", "cnn b&w")],
    ["#/p/caf%C3%A9%2Fbar", project("café/bar")],
    ["#/p/digits/cnn", version("latest")],
    ["#/p/digits/cnn/", version("latest")],
    ["#/p/digits/cnn/v3", version("v3")],
    ["#/p/digits/cnn/prod?q=weights", version("prod", "weights")],
    ["/p/digits/cnn/v3", version("v3")],
    ["#/p/digits?tab=runs&q=night", project("digits", "", "night", "runs")],
    ["#/p/digits/cnn/v3?tab=history", version("v3", "", "history")],
    ["#/p/digits/cnn?tab=nonsense", version("latest")],
    ["#/trash", { kind: "trash" }],
    ["#/care", { kind: "care", subject: "" }],
    ["#/care?subject=digits%2Fcnn", { kind: "care", subject: "digits/cnn" }],
  ])("%j", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it.each([
    "#nowhere",
    "#/p",
    "#/p/",
    "#/q/digits",
    "#/p/a/b/c/d",
    "#/p/%E0%A4%A",
    "#//p/digits",
    "#/trash/x",
  ])("%j is nowhere, and keeps its text", (hash) => {
    expect(parseRoute(hash)).toEqual({ kind: "unknown", hash });
  });
});

describe("formatRoute", () => {
  it.each<[route: Route, hash: string]>([
    [{ kind: "home" }, "#/"],
    [project("digits"), "#/p/digits"],
    [project("digits", "model", "a b&c?d#e"), "#/p/digits?type=model&q=a+b%26c%3Fd%23e"],
    [version("latest"), "#/p/digits/cnn"],
    [version("v3", "x/y"), "#/p/digits/cnn/v3?q=x%2Fy"],
    [version("latest", "", "lineage"), "#/p/digits/cnn?tab=lineage"],
    [{ kind: "trash" }, "#/trash"],
    [{ kind: "care", subject: "a/b" }, "#/care?subject=a%2Fb"],
  ])("%j", (route, hash) => {
    expect(formatRoute(route)).toBe(hash);
  });

  it("makes the links of pages", () => {
    expect(projectHash("a/b")).toBe("#/p/a%2Fb");
    expect(versionHash("digits", "cnn", "latest")).toBe("#/p/digits/cnn");
    expect(versionHash("digits", "cnn", "v0")).toBe("#/p/digits/cnn/v0");
    expect(runsHash("digits", "a b")).toBe("#/p/digits?tab=runs&q=a+b");
  });

  it("is the inverse of parseRoute, whatever the names", () => {
    const name = unicodeText.filter((value) => value !== "");
    const route: fc.Arbitrary<Route> = fc.oneof(
      fc.constantFrom<Route>({ kind: "home" }, { kind: "trash" }),
      fc.record({ kind: fc.constant("care" as const), subject: unicodeText }),
      fc.record({
        kind: fc.constant("project" as const),
        project: name,
        tab: fc.constantFrom(...PROJECT_TABS),
        type: unicodeText,
        query: unicodeText,
      }),
      fc.record({
        kind: fc.constant("version" as const),
        project: name,
        name,
        selector: name,
        tab: fc.constantFrom(...VERSION_TABS),
        query: unicodeText,
      }),
    );
    fc.assert(
      fc.property(route, (given) => {
        expect(parseRoute(formatRoute(given))).toEqual(given);
      }),
    );
  });
});
