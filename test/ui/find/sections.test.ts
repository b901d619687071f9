import { Box } from "lucide";
import { expect, test } from "vitest";
import type { ArtifactName, ProjectName } from "../../../src/core/names.ts";
import { FIT } from "../../../src/core/search-match.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type { FindGroup } from "../../../src/protocol/find-api.ts";
import type { FindAction } from "../../../src/ui/find/actions.ts";
import type { Marked } from "../../../src/ui/find/marks.ts";
import { sectionsOf, startSections } from "../../../src/ui/find/sections.ts";

const action = (label: string, words = ""): FindAction => ({
  label,
  words,
  icon: Box,
  run: () => undefined,
});
const ACTIONS = [action("Open the trash", "bin"), action("Dark theme"), action("Add files…")];
const place = {
  project: "p" as ProjectName,
  name: "net" as ArtifactName,
  number: 3 as VersionNumber,
};

/** A text with what fits in brackets. */
function marked({ text, stretches }: Marked): string {
  let result = "";
  let at = 0;
  for (const { from, to } of stretches) {
    result += `${text.slice(at, from)}[${text.slice(from, to)}]`;
    at = to;
  }
  return result + text.slice(at);
}

function shown(text: string, groups: readonly FindGroup[]): readonly string[] {
  return sectionsOf(text, groups, ACTIONS).flatMap(({ title, rows }) =>
    rows.map(
      ({ label, by, detail, hash }) =>
        `${title}: ${marked(label)}${by === null ? "" : ` {${marked(by)}}`} (${detail}) ${hash ?? "runs"}`,
    ),
  );
}

test("[N7 E4] a registry's whole spec is a way to what it names, now or as of its time", () => {
  expect(shown(" registry-models/net:prod ", [])).toEqual([
    "By its spec: registry-models/net:prod (Collection) #/r/models/net/prod",
  ]);
  const then = "wandb-registry-models/net@2026-03-01T12:00:00Z";
  const [row] = sectionsOf(then, [], ACTIONS)[0]?.rows ?? [];
  expect(row?.hash).toBe("#/r/models/net/latest?at=2026-03-01T12%3A00%3A00Z");
  expect(row?.detail).toContain("As it was on Mar 1, 2026");
  for (const text of ["net:prod", "p/net@2026-03-01", "registry-models/net@spring"])
    expect(shown(text, []), text).toEqual([]);
});

test("each kind of find says what and where it is, with the letters that fit, and leads there", () => {
  const digest = `blake3:${"ab12".repeat(16)}` as never;
  const fit = FIT.start;
  const find = (text: string, hit: FindGroup["hits"][number]) =>
    shown(text, [{ kind: hit.kind, hits: [hit], hasMore: false }])[0];
  expect(find("di", { kind: "project", fit, project: "digits" })).toBe(
    "Projects: [di]gits () #/p/digits",
  );
  expect(find("net", { kind: "artifact", fit, project: "net-p", name: "my-net", tag: null })).toBe(
    "Artifacts: net-p/my-[net] () #/p/net-p/my-net",
  );
  expect(find("good", { kind: "artifact", fit, project: "p", name: "net", tag: "Good one" })).toBe(
    "Artifacts: p/net {[Good] one} () #/p/p/net",
  );
  expect(find("net:v3", { kind: "version", fit, by: "number", text: "v3", ...place })).toBe(
    "Versions: p/[net:v3] () #/p/p/net/v3",
  );
  expect(find("net:pro", { kind: "version", fit, by: "alias", text: "prod", ...place })).toBe(
    "Versions: p/net:v3 {[pro]d} () #/p/p/net/v3",
  );
  expect(find("b3:ab1", { kind: "version", fit, by: "digest", text: digest, ...place })).toBe(
    "Versions: p/net:v3 {[ab1]2ab12ab12} () #/p/p/net/v3",
  );
  expect(
    find("tr", { kind: "file", fit, by: "path", path: "tr/train.csv", digest, ...place }),
  ).toBe("Files: tr/[tr]ain.csv (p/net:v3) #/p/p/net/v3?file=tr%2Ftrain.csv");
  expect(find("her", { kind: "run", fit, project: "p", name: "heron", uid: "r1" as never })).toBe(
    "Runs: [her]on (p) #/p/p?tab=runs&q=heron",
  );
  expect(find("mod", { kind: "registry", fit, registry: "models" })).toBe(
    "Registries: [mod]els () #/r/models",
  );
  const net = { kind: "collection", fit, registry: "models", collection: "net" } as const;
  expect(find("net", { ...net, by: "name", text: "net", number: null })).toBe(
    "Collections: models/[net] () #/r/models/net",
  );
  expect(find("vis", { ...net, by: "tag", text: "vision", number: null })).toBe(
    "Collections: models/net {[vis]ion} () #/r/models/net",
  );
  expect(find("net:pro", { ...net, by: "alias", text: "prod", number: place.number })).toBe(
    "Collections: models/net:v3 {[pro]d} () #/r/models/net/v3",
  );
});

test("groups stand by their best row, things before actions that fit as well", () => {
  const groups: readonly FindGroup[] = [
    {
      kind: "artifact",
      hasMore: false,
      hits: [{ kind: "artifact", fit: FIT.piece, project: "p", name: "untrashed", tag: null }],
    },
    {
      kind: "project",
      hasMore: true,
      hits: [{ kind: "project", fit: FIT.word, project: "my-trash" }],
    },
  ];
  expect(
    sectionsOf("trash", groups, ACTIONS).map(({ title, hasMore }) => [title, hasMore]),
  ).toEqual([
    ["Projects", true],
    ["Actions", false],
    ["Artifacts", false],
  ]);
});

test("actions are found by their label and by other words for them, not by scattered letters", () => {
  expect(shown("dark", [])).toEqual(["Actions: [Dark] theme () runs"]);
  expect(shown("bin", [])).toEqual(["Actions: Open the trash () runs"]);
  expect(shown("dth", [])).toEqual([]);
  expect(shown(" ", [])).toEqual([]);
});

test("before anything is typed: recent places, then all actions", () => {
  const sections = startSections(
    [
      "#/p/digits",
      "#/p/digits/net",
      "#/p/digits/net/v2",
      "#/compare?a=p%2Fn%3Av1&b=p%2Fn%3Av2",
      "#/r/models",
      "#/r/models/net",
      "#/r/models/net/prod",
      "#/trash",
    ],
    ACTIONS,
  );
  expect(sections.map(({ title }) => title)).toEqual(["Recent", "Actions"]);
  expect(sections[0]?.rows.map(({ label, detail }) => `${label.text} (${detail})`)).toEqual([
    "digits (Project)",
    "digits/net (Artifact)",
    "digits/net:v2 (Version)",
    "p/n:v1 → p/n:v2 (Comparison)",
    "models (Registry)",
    "models/net (Collection)",
    "models/net:prod (Collection)",
  ]);
  expect(sections[1]?.rows).toHaveLength(ACTIONS.length);
  expect(startSections([], [])).toEqual([]);
});
