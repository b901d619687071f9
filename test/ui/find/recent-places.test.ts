import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseRoute } from "../../../src/ui/parse-route.ts";
import { recentPlaces, rememberPlace } from "../../../src/ui/state/recent-places.ts";

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => void vi.unstubAllGlobals());

function visit(...hashes: string[]): void {
  for (const hash of hashes) rememberPlace(parseRoute(hash));
}

test("the last visit first, each place once, whichever view of it", () => {
  visit("#/p/a", "#/p/a/net?tab=lineage", "#/p/a/net/v2?file=x", "#/p/a?tab=runs");
  expect(recentPlaces()).toEqual(["#/p/a", "#/p/a/net/v2", "#/p/a/net"]);
  visit("#/r/models?tab=people", "#/r/models/net?tab=aliases", "#/r/models/net/v1");
  expect(recentPlaces().slice(0, 3)).toEqual(["#/r/models/net/v1", "#/r/models/net", "#/r/models"]);
});

test("pages that are always at hand are no places", () => {
  visit("#/", "#/trash", "#/care", "#/nowhere/at/all");
  expect(recentPlaces()).toEqual([]);
});

test("only the last few are kept", () => {
  visit(...Array.from({ length: 30 }, (_, i) => `#/p/p${i}`));
  expect(recentPlaces()).toHaveLength(9);
  expect(recentPlaces()[0]).toBe("#/p/p29");
});

test("what is stored is not trusted", () => {
  stored.set("cairn-recent", "{");
  expect(recentPlaces()).toEqual([]);
  stored.set("cairn-recent", '["https://elsewhere.example/", 3, "#/p/a", "#/p/a?q=x"]');
  expect(recentPlaces()).toEqual(["#/p/a"]);
  stored.set("cairn-recent", '{"0": "#/p/a"}');
  expect(recentPlaces()).toEqual([]);
});

test("where storage is refused nothing is remembered, and nothing breaks", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => {
      throw new Error("refused");
    },
  });
  visit("#/p/a");
  expect(recentPlaces()).toEqual([]);
});
