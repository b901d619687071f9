import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FIRST_LINEAGE,
  LINEAGE_DIRECTIONS,
  LINEAGE_FORMS,
  MOST_HOPS,
  type LineageRoute,
} from "../../src/ui/lineage-route.ts";
import { parseRoute } from "../../src/ui/parse-route.ts";
import {
  COMPARE_TABS,
  compareHash,
  formatRoute,
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
  alias: "",
  tag: "",
  state: "",
  query,
  sort: "",
});
const version = (selector: string, query = "", tab: VersionTab = "files"): Route => ({
  kind: "version",
  project: "digits",
  name: "cnn",
  selector,
  tab,
  query,
  file: "",
  sort: "",
  columns: "",
  lineage: FIRST_LINEAGE,
});
const lineage = (given: Partial<LineageRoute>): Route =>
  ({ ...version("v3", "", "lineage"), lineage: { ...FIRST_LINEAGE, ...given } }) as Route;

describe("parseRoute", () => {
  it.each<[hash: string, route: Route]>([
    ["", { kind: "home" }],
    ["#", { kind: "home" }],
    ["#/", { kind: "home" }],
    ["#/?q=di&sort=-size", { kind: "home", query: "di", sort: "-size" }],
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
    ["#/p/digits?sort=-size", { ...project("digits"), sort: "-size" } as Route],
    [
      "#/p/digits?type=model&alias=prod&tag=r%26d",
      { ...project("digits", "model"), alias: "prod", tag: "r&d" } as Route,
    ],
    [
      "#/p/digits?tab=runs&state=failed&sort=-started",
      { ...project("digits", "", "", "runs"), state: "failed", sort: "-started" } as Route,
    ],
    ["#/p/digits/cnn/v3?file=a%2Fb.json", { ...version("v3"), file: "a/b.json" } as Route],
    [
      "#/p/digits/cnn/v3?tab=lineage&direction=up&hops=7&around=run%3A01&node=alike%3Arun%3A02&find=a+b",
      lineage({ direction: "up", hops: 7, around: "run:01", node: "alike:run:02", find: "a b" }),
    ],
    ["#/p/digits/cnn/v3?tab=lineage&form=list", lineage({ form: "list" })],
    ["#/p/digits/cnn/v3?tab=lineage&form=x&direction=x&hops=0", lineage({})],
    ["#/p/digits/cnn/v3?tab=lineage&hops=21", lineage({})],
    ["#/p/digits/cnn/v3?tab=lineage&hops=1.5", lineage({})],
    [
      "#/compare?a=digits%2Fcnn%3Av1&b=digits%2Fcnn%3Av2&file=x",
      {
        kind: "compare",
        before: "digits/cnn:v1",
        after: "digits/cnn:v2",
        tab: "files",
        marks: "",
        query: "",
        file: "x",
      },
    ],
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
    [{ kind: "home", query: "a b", sort: "name" }, "#/?q=a+b&sort=name"],
    [project("digits"), "#/p/digits"],
    [project("digits", "model", "a b&c?d#e"), "#/p/digits?type=model&q=a+b%26c%3Fd%23e"],
    [version("latest"), "#/p/digits/cnn"],
    [version("v3", "x/y"), "#/p/digits/cnn/v3?q=x%2Fy"],
    [version("latest", "", "lineage"), "#/p/digits/cnn?tab=lineage"],
    [lineage({}), "#/p/digits/cnn/v3?tab=lineage"],
    [
      lineage({ form: "list", direction: "down", hops: 1, around: "run:01" }),
      "#/p/digits/cnn/v3?tab=lineage&form=list&direction=down&hops=1&around=run%3A01",
    ],
    [{ kind: "trash" }, "#/trash"],
    [{ kind: "care", subject: "a/b" }, "#/care?subject=a%2Fb"],
  ])("%j", (route, hash) => {
    expect(formatRoute(route)).toBe(hash);
  });

  it("makes the links of pages", () => {
    expect(projectHash("a/b")).toBe("#/p/a%2Fb");
    expect(versionHash("digits", "cnn", "latest")).toBe("#/p/digits/cnn");
    expect(versionHash("digits", "cnn", "v0")).toBe("#/p/digits/cnn/v0");
    expect(compareHash("a/b:v0", "a/b:v1")).toBe("#/compare?a=a%2Fb%3Av0&b=a%2Fb%3Av1");
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
        alias: unicodeText,
        tag: unicodeText,
        state: unicodeText,
        query: unicodeText,
        sort: unicodeText,
      }),
      fc.record({
        kind: fc.constant("version" as const),
        project: name,
        name,
        selector: name,
        tab: fc.constantFrom(...VERSION_TABS),
        query: unicodeText,
        file: unicodeText,
        sort: unicodeText,
        columns: unicodeText,
        lineage: fc.record({
          form: fc.constantFrom(...LINEAGE_FORMS),
          direction: fc.constantFrom(...LINEAGE_DIRECTIONS),
          hops: fc.integer({ min: 1, max: MOST_HOPS }),
          around: unicodeText,
          node: unicodeText,
          find: unicodeText,
        }),
      }),
      fc.record({
        kind: fc.constant("compare" as const),
        before: unicodeText,
        after: unicodeText,
        tab: fc.constantFrom(...COMPARE_TABS),
        marks: unicodeText,
        query: unicodeText,
        file: unicodeText,
      }),
    );
    fc.assert(
      fc.property(route, (given) => {
        expect(parseRoute(formatRoute(given))).toEqual(given);
      }),
    );
  });
});
