import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkAlias } from "../../../src/core/names.ts";
import {
  checkPattern,
  formatPlace,
  matchesPattern,
  parseCollectionName,
  parsePattern,
  parseRegistryName,
  parseTarget,
  shortKey,
} from "../../../src/core/registry/names.ts";
import { parseSpec } from "../../../src/core/spec.ts";
import { anyText, nameText } from "../arbitraries.ts";
import { ANN, codeThrownBy, patternOf } from "./sample.ts";

describe("names", () => {
  test("[N1] of registries and collections follow the one grammar", () => {
    expect(parseRegistryName("models")).toBe("models");
    expect(parseCollectionName("registry-x")).toBe("registry-x");
    expect(() => parseRegistryName("a b")).toThrow("a registry name: character 2 is a space");
    expect(() => parseCollectionName("a/b")).toThrow("a collection name: character 2 is a slash");
  });

  test.each(["registry-models", "wandb-registry-models"])(
    "[N6] %s is a registry's name with something in front",
    (name) => {
      expect(() => parseRegistryName(name)).toThrow(/stands in front.*Try “models”/);
    },
  );
});

describe("targets", () => {
  test.each(["wandb-registry-models/digits", "registry-models/digits", "models/digits"])(
    "[N7] %s names a registry and a collection",
    (target) => {
      expect(parseTarget(target)).toEqual({ registry: "models", collection: "digits" });
    },
  );

  test.each([
    ["", "say a registry and a collection"],
    ["digits", "say a registry and a collection"],
    ["a/b/c", "more than one “/”"],
    ["models/digits:v1", "leave out “:” and “@”"],
    ["models/digits@2026-01-01", "leave out “:” and “@”"],
    ["models/", "collection name: it is empty"],
    ["/digits", "registry name: it is empty"],
    ["registry-/digits", "registry name: it is empty"],
    ["registry-registry-x/digits", "stands in front"],
    ["mo dels/digits", "registry name: character 3 is a space"],
    ["models/dig its", "collection name: character 4 is a space"],
  ])("[N7] %j is refused: %s", (target, reason) => {
    expect(() => parseTarget(target)).toThrow(reason);
  });

  test("[N7] places are read back, as targets and as specs", () => {
    const name = nameText.filter((text) => !/^(wandb-)?registry-/.test(text));
    fc.assert(
      fc.property(name, nameText, (registry, collection) => {
        const place = formatPlace(registry, collection);
        expect(parseTarget(place)).toEqual({ registry, collection });
        expect(parseSpec(place)).toMatchObject({ kind: "collection", registry, collection });
      }),
    );
    expect(formatPlace("r", "c", "v2")).toBe("registry-r/c:v2");
  });

  test("[N7] any other text is refused with words", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const codes = [null, "invalid_spec", "invalid_name"];
        expect(codes).toContain(codeThrownBy(() => parseTarget(text)));
      }),
    );
  });
});

describe("protected patterns", () => {
  test.each(["production", "prod-*", "*", "v?", "*-live", "a*b*c", "v1*"])(
    "[P1] %s may be on the list",
    (pattern) => {
      expect(parsePattern(pattern)).toBe(pattern);
    },
  );

  test.each([
    ["latest", "managed by Cairn"],
    ["V3", "managed by Cairn"],
    ["", "it is empty"],
    ["a b", "character 2 is a space"],
    ["a/*", "character 2 is a slash"],
    ["[ab]*", "character 1 is “[”"],
    [`${"a".repeat(128)}*`, "129 characters, and 128 is the most"],
  ])("[P1] %j can't be: %s", (pattern, reason) => {
    expect(checkPattern(pattern)).not.toBeNull();
    expect(() => parsePattern(pattern)).toThrow(reason);
  });

  test.each([
    ["prod", "prod", true],
    ["prod", "prod2", false],
    ["prod", "Prod", false],
    ["prod-*", "prod-", true],
    ["prod-*", "prod-eu", true],
    ["prod-*", "prod", false],
    ["*", "anything", true],
    ["v?", "vx", true],
    ["v?", "v", false],
    ["v?", "vxy", false],
    ["*-live", "a-live-live", true],
    ["*-live", "a-live-", false],
    ["a*b*c", "axxbxxc", true],
    ["a*b*c", "axxcxxb", false],
    ["a.c", "abc", false],
    ["?*?", "a", false],
  ])("[P1] %s covers %s: %s", (pattern, alias, covers) => {
    expect(matchesPattern(patternOf(pattern), alias)).toBe(covers);
  });

  test("[P1] covering is what a regular expression says", () => {
    const part = fc.string({ unit: fc.constantFrom(..."ab.*?"), minLength: 1, maxLength: 8 });
    const alias = fc.string({ unit: fc.constantFrom(..."ab."), maxLength: 8 });
    fc.assert(
      fc.property(part, alias, (pattern, text) => {
        const source = pattern.replace(/\./g, "\\.").replace(/\*+/g, ".*").replace(/\?/g, ".");
        expect(matchesPattern(patternOf(pattern), text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
      { numRuns: 1000 },
    );
  });

  test("[P1] no pattern takes long", () => {
    const pattern = patternOf(`${"*a".repeat(63)}b`);
    const start = performance.now();
    expect(matchesPattern(pattern, "a".repeat(128))).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test("[P1] without a wildcard the grammar of aliases decides", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(!/[*?]/.test(text));
        expect(checkPattern(text)).toEqual(checkAlias(text));
      }),
    );
  });
});

test("a key is recognised by how it begins", () => {
  expect(ANN.startsWith(shortKey(ANN))).toBe(true);
  expect(shortKey(ANN)).toHaveLength(8);
});
