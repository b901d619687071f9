import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import { findDigest, type Digest } from "../../src/core/digest.ts";
import type { Alias, ArtifactName, ProjectName } from "../../src/core/names.ts";
import { checkAlias, checkName } from "../../src/core/names.ts";
import {
  formatSelector,
  formatSpec,
  parseSpec,
  selectorOf,
  type Selector,
  type Spec,
} from "../../src/core/spec.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { anyText, digest, nameText } from "./arbitraries.ts";

const HEX = "ab".repeat(32);

const selector: fc.Arbitrary<Selector> = fc.oneof(
  fc.constant<Selector>({ kind: "latest" }),
  fc.nat().map((number): Selector => ({ kind: "version", number: number as VersionNumber })),
  nameText
    .filter((alias) => checkAlias(alias) === null)
    .map((alias): Selector => ({ kind: "alias", alias: alias as Alias })),
);
const asOf = fc.option(
  fc.oneof(
    fc
      .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc.constantFrom(
      "2024-02-29",
      "2024-01-01T10:00Z",
      "2024-01-01T10:00:30+02:00",
      "2024-01-01T10:00:30.5-11:30",
    ),
  ),
);
const spec: fc.Arbitrary<Spec> = fc.oneof(
  digest.map((value): Spec => ({ kind: "digest", digest: value })),
  fc.record({
    kind: fc.constant("artifact" as const),
    project: fc.option(
      nameText
        .filter((name) => checkName("project", name) === null)
        .map((name) => name as ProjectName),
    ),
    name: fc
      .oneof(nameText, fc.constantFrom("registry-x", "blake3", "latest", "v1"))
      .map((name) => name as ArtifactName),
    selector,
    asOf,
  }),
  fc.record({
    kind: fc.constant("collection" as const),
    registry: nameText.filter((name) => checkName("registry", name) === null),
    collection: nameText,
    selector,
    asOf,
  }),
);

function reasonOf(text: string): string {
  try {
    parseSpec(text);
  } catch (error) {
    if (isCairnError(error, "invalid_spec")) return error.data.reason;
    throw error;
  }
  return "none";
}

describe("specs", () => {
  test.each<[string, Spec]>([
    [
      "m",
      {
        kind: "artifact",
        project: null,
        name: "m" as ArtifactName,
        selector: { kind: "latest" },
        asOf: null,
      },
    ],
    [
      "m:latest",
      {
        kind: "artifact",
        project: null,
        name: "m" as ArtifactName,
        selector: { kind: "latest" },
        asOf: null,
      },
    ],
    [
      "m:v2",
      {
        kind: "artifact",
        project: null,
        name: "m" as ArtifactName,
        selector: { kind: "version", number: 2 as VersionNumber },
        asOf: null,
      },
    ],
    [
      "p/m:prod",
      {
        kind: "artifact",
        project: "p" as ProjectName,
        name: "m" as ArtifactName,
        selector: { kind: "alias", alias: "prod" as Alias },
        asOf: null,
      },
    ],
    [
      "registry-r/c",
      {
        kind: "collection",
        registry: "r",
        collection: "c",
        selector: { kind: "latest" },
        asOf: null,
      },
    ],
    [
      "wandb-registry-r/c:v0",
      {
        kind: "collection",
        registry: "r",
        collection: "c",
        selector: { kind: "version", number: 0 as VersionNumber },
        asOf: null,
      },
    ],
    [
      "m@2024-05-01",
      {
        kind: "artifact",
        project: null,
        name: "m" as ArtifactName,
        selector: { kind: "latest" },
        asOf: "2024-05-01",
      },
    ],
    [
      "p/m:v1@2024-05-01T10:00:00Z",
      {
        kind: "artifact",
        project: "p" as ProjectName,
        name: "m" as ArtifactName,
        selector: { kind: "version", number: 1 as VersionNumber },
        asOf: "2024-05-01T10:00:00Z",
      },
    ],
    [`blake3:${HEX}`, { kind: "digest", digest: `blake3:${HEX}` as Digest }],
    [
      "registry-x",
      {
        kind: "artifact",
        project: null,
        name: "registry-x" as ArtifactName,
        selector: { kind: "latest" },
        asOf: null,
      },
    ],
    [
      "blake3",
      {
        kind: "artifact",
        project: null,
        name: "blake3" as ArtifactName,
        selector: { kind: "latest" },
        asOf: null,
      },
    ],
    [
      "blake3:v1",
      {
        kind: "artifact",
        project: null,
        name: "blake3" as ArtifactName,
        selector: { kind: "version", number: 1 as VersionNumber },
        asOf: null,
      },
    ],
  ])("[N7] %j is understood", (text, expected) => {
    expect(parseSpec(text)).toEqual(expected);
  });

  test.each([
    ["", "the artifact"],
    [":v1", "the artifact"],
    ["m:", "the alias"],
    ["m:a b", "the alias"],
    ["m:v1:v2", "more than one “:”"],
    ["a/b/c", "more than one “/”"],
    ["/m", "the project"],
    ["p/", "the artifact"],
    ["../m", "the project"],
    ["registry-/c", "the project"],
    ["registry-r/", "the collection"],
    ["registry-a b/c", "the registry"],
    ["registry-registry-x/c", "the registry “registry-x”"],
    ["m@", "no ISO date"],
    ["m@yesterday", "no ISO date"],
    ["m@2024-13-01", "no ISO date"],
    ["m@2024-02-31", "no ISO date"],
    ["m@2023-02-29T10:00Z", "no ISO date"],
    ["m@2024-01-01T25:00Z", "no ISO date"],
    ["m@2024-01-01T10:00", "no ISO date"],
    ["m@2024-01-01@2024-01-02", "more than one “@”"],
    [`blake3:${HEX.toUpperCase()}`, "64 lower-case hex"],
    [`m blake3:${HEX}`, "the artifact"],
  ])("[N7] %j is refused", (text, reason) => {
    expect(reasonOf(text)).toContain(reason);
  });

  test("[N7] parse undoes format", () => {
    fc.assert(
      fc.property(spec, (value) => {
        expect(parseSpec(formatSpec(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test("[N7] format undoes parse, up to the forms that mean the same", () => {
    for (const text of ["m:v2", "p/m:prod@2024-05-01", "registry-r/c:latest", `blake3:${HEX}`])
      expect(formatSpec(parseSpec(text))).toBe(text);
    expect(formatSpec(parseSpec("m"))).toBe("m:latest");
    expect(formatSpec(parseSpec("wandb-registry-r/c"))).toBe("registry-r/c:latest");
  });

  test("[N7] any text is understood or refused as invalid_spec, never anything else", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc
            .array(fc.constantFrom("a", ":", "/", "@", "v1", "blake3", "registry-"))
            .map((parts) => parts.join("")),
        ),
        (text) => {
          expect(reasonOf(text)).not.toBe("");
        },
      ),
      { numRuns: 500 },
    );
  });

  test("[N7] a 64-digit alias of an artifact called blake3 needs the project in front", () => {
    expect(parseSpec(`p/blake3:${HEX}`)).toMatchObject({
      kind: "artifact",
      selector: { kind: "alias", alias: HEX },
    });
    expect(findDigest(`blake3:${HEX}`)).toBeDefined();
  });

  test("[N7] a refusal shows hidden characters", () => {
    for (const text of ["m@\u202e", "p\u202e/m", "m:\u202e"])
      expect(() => parseSpec(text)).toThrow(/^[^\u202e]*$/);
  });
});

describe("selectors", () => {
  test.each<[string, Selector]>([
    ["latest", { kind: "latest" }],
    ["v0", { kind: "version", number: 0 as VersionNumber }],
    ["prod", { kind: "alias", alias: "prod" as Alias }],
    // Reserved, but no version's name: look-ups find nothing.
    ["v03", { kind: "alias", alias: "v03" as Alias }],
  ])("[N7] %j", (text, expected) => {
    expect(selectorOf(text)).toEqual(expected);
    expect(formatSelector(expected)).toBe(text);
  });

  test.each(["", "a b", "a/b", "\u202e"])("[N7] %j is none", (text) => {
    expect(() => selectorOf(text)).toThrow("doesn't name an artifact");
  });
});
