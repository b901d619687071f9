import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import {
  checkAlias,
  checkName,
  CONVENTIONAL_TYPES,
  DEFAULT_TYPE,
  findCaseTwin,
  isReservedAlias,
  LATEST,
  NAME_MAX_LENGTH,
  parseAlias,
  parseArtifactName,
  parseArtifactType,
  parseProjectName,
  stemOf,
  suggestName,
} from "../../src/core/names.ts";
import { anyText } from "./arbitraries.ts";

const KINDS = ["artifact", "project", "collection", "registry", "type", "run"] as const;

describe("names", () => {
  test.each(["a", "A-1", "my.model_v2", "...", "-", "_", "-x-", ".hidden", "a".repeat(128)])(
    "[N1] %j is a valid name",
    (name) => {
      for (const kind of KINDS) expect(checkName(kind, name)).toBeNull();
    },
  );

  test.each([
    ["", "it is empty"],
    [".", "it stands for a folder"],
    ["..", "it stands for a folder"],
    ["a b", "character 2 is a space"],
    ["a/b", "character 2 is a slash"],
    ["a:b", "character 2 is a colon"],
    ["a\\b", "character 2 is “\\”"],
    ["a\n", "character 2 is “\\u{a}”"],
    ["abc\0", "character 4 is “\\u{0}”"],
    ["naïve", "character 3 is “ï”"],
    ["😀x", "character 1 is “😀”"],
    ["x😀/", "character 2 is “😀”"],
    ["a\u202eb", "character 2 is “\\u{202e}”"],
    ["\ud800", "character 1 is “\\u{d800}”"],
    ["model@2024", "character 6 is “@”"],
    ["a".repeat(129), "it has 129 characters, and 128 is the most"],
  ])("[N1] %j is refused, and the reason names the first offence", (name, reason) => {
    for (const kind of KINDS) expect(checkName(kind, name)?.data.reason).toContain(reason);
  });

  test("[N1] a refusal carries kind, name and a spelling to take instead", () => {
    expect(checkName("artifact", "my model")).toEqual({
      code: "invalid_name",
      data: {
        kind: "artifact",
        name: "my model",
        reason: expect.any(String),
        suggestion: "my-model",
      },
    });
  });

  test("[N1] the parsers throw what the checks return", () => {
    for (const parse of [parseProjectName, parseArtifactName, parseArtifactType, parseAlias]) {
      expect(parse("fine")).toBe("fine");
      expect(() => parse("not fine")).toThrow(CairnError);
      expect(() => parse("not fine")).toThrow("not-fine");
    }
  });

  test.each([
    ["My Model", "My-Model"],
    ["  spaced  ", "spaced"],
    ["Übung", "Ubung"],
    ["a//b", "a-b"],
    ["file (1)", "file-1"],
    ["日本語", "my-artifact"],
    ["ﬁne", "fine"],
    ["", "my-artifact"],
    [".", "my-artifact"],
    ["..", "my-artifact"],
    ["---", "---"],
    ["a".repeat(200), "a".repeat(128)],
  ])("[N1] %j is offered as %j", (text, offered) => {
    expect(suggestName("artifact", text)).toBe(offered);
  });

  test("[N1] whatever is offered is valid, and what is valid is left alone", () => {
    const hostile = fc.oneof(
      anyText,
      fc
        .array(fc.constantFrom("registry-", "wandb-", "..", "latest", "v1", "-", " ", "É"))
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        for (const kind of KINDS) {
          expect(checkName(kind, suggestName(kind, text))).toBeNull();
          expect(checkName(kind, text) !== null || suggestName(kind, text) === text).toBe(true);
        }
        expect(checkAlias(suggestName("alias", text))).toBeNull();
        expect(checkAlias(text) !== null || suggestName("alias", text) === text).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("[N1] the offer for a long reserved alias fits the length too", () => {
    expect(checkAlias(suggestName("alias", `v${"1".repeat(127)}`))).toBeNull();
    expect(checkAlias(suggestName("alias", `v${"1".repeat(500)}`))).toBeNull();
  });

  test("[N2] a name that differs from an existing one only in letter case is found", () => {
    expect(findCaseTwin("Model", ["data", "model"])).toBe("model");
    expect(findCaseTwin("model", ["data", "model"])).toBeUndefined();
    expect(findCaseTwin("Model", ["Model", "MODEL"])).toBe("MODEL");
    expect(findCaseTwin("model", [])).toBeUndefined();
  });

  test.each(["registry-", "registry-models", "wandb-registry-", "wandb-registry-x"])(
    "[N6] no project is called %j",
    (name) => {
      expect(checkName("project", name)?.data.reason).toContain("registries");
      expect(checkName("artifact", name)).toBeNull();
    },
  );

  test.each([
    ["registry-models", "models"],
    ["registry-registry-models", "models"],
    ["wandb-registry-registry-x", "x"],
    ["registry-", "my-project"],
    ["registry-..", "my-project"],
    ["registry-.", "my-project"],
  ])("[N6] the project %j is offered as %j", (name, offered) => {
    expect(suggestName("project", name)).toBe(offered);
  });

  test.each([
    ["registry-models", "models"],
    ["wandb-registry-models", "models"],
    ["wandb-registry-registry-x", "x"],
    ["registry-", "my-registry"],
  ])(
    "[N6] no registry is called %j, which is one with its prefix; %j is offered",
    (name, offered) => {
      expect(checkName("registry", name)?.data).toMatchObject({ suggestion: offered });
      expect(checkName("registry", name)?.data.reason).toContain("stands in front of");
      expect(checkName("collection", name)).toBeNull();
    },
  );

  test.each(["my-registry-x", "registry", "Registry-x", "wandb-registry"])(
    "[N6] %j may be a project",
    (name) => {
      expect(checkName("project", name)).toBeNull();
    },
  );

  test.each([
    ["net.onnx", "net"],
    ["a.tar.gz", "a.tar"],
    [".bashrc", ".bashrc"],
    ["README", "README"],
    ["x.", "x"],
  ])("the stem of %j is %j", (file, stem) => {
    expect(stemOf(file)).toBe(stem);
  });
});

describe("aliases", () => {
  test.each(["latest", "Latest", "LATEST", "v0", "v12", "V3", "v03", "v00000000000000000001"])(
    "[N3] %j is reserved",
    (alias) => {
      expect(isReservedAlias(alias)).toBe(true);
      expect(checkAlias(alias)?.code).toBe("alias_reserved");
      expect(() => parseAlias(alias)).toThrow(CairnError);
    },
  );

  test.each(["prod", "v", "v1.0", "v-1", "latest-2", "lateſt2", "my-latest", "1", "vv1"])(
    "[N3] %j is not reserved",
    (alias) => {
      expect(isReservedAlias(alias)).toBe(false);
    },
  );

  test("[N3] the grammar is that of names", () => {
    expect(checkAlias("prod")).toBeNull();
    expect(checkAlias("")?.code).toBe("invalid_name");
    expect(checkAlias("a b")?.data).toMatchObject({ kind: "alias", suggestion: "a-b" });
    expect(checkAlias("a".repeat(NAME_MAX_LENGTH + 1))?.code).toBe("invalid_name");
    // No digit but 0–9 makes a version.
    expect(checkAlias("v١")?.code).toBe("invalid_name");
  });

  test("[N3 A2] `latest` itself can't be set by hand", () => {
    expect(checkAlias(LATEST)?.code).toBe("alias_reserved");
  });
});

describe("types", () => {
  test("[N4] the default and the offered types are valid", () => {
    expect(DEFAULT_TYPE).toBe("unspecified");
    expect(CONVENTIONAL_TYPES).toEqual(["model", "dataset", "evaluation", "report"]);
    for (const type of [DEFAULT_TYPE, ...CONVENTIONAL_TYPES])
      expect(checkName("type", type)).toBeNull();
  });
});
