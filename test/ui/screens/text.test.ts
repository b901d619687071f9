import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/core/json.ts";
import type { Alias, ArtifactName, ProjectName } from "../../../src/core/names.ts";
import type { EventKind, RunUid, TrashRecord, TrashUid } from "../../../src/core/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import { describeEvent } from "../../../src/ui/screens/care/describe-event.ts";
import {
  contentOf,
  daysLeft,
  describeDaysLeft,
  titleOf,
} from "../../../src/ui/screens/trash/trash-text.ts";
import { describeRule, ruleOf } from "../../../src/ui/screens/version/keep-text.ts";
import { describeFreed, describeRestored } from "../../../src/ui/state/describe-trash.ts";

const DAY_MS = 86_400_000;
const DELETED_AT = "2026-01-01T00:00:00.000Z";

function entry(change: Partial<TrashRecord>): TrashRecord {
  return {
    uid: "t" as TrashUid,
    kind: "versions",
    project: "digits" as ProjectName,
    artifact: "net" as ArtifactName,
    deletedAt: DELETED_AT,
    actor: "device:a",
    versionCount: 1,
    sizeBytes: 10,
    numbers: [],
    runs: [],
    ...change,
  };
}
const numbers = (...given: number[]): VersionNumber[] => given as VersionNumber[];

describe("an entry of the trash", () => {
  it.each<[Partial<TrashRecord>, title: string, content: string]>([
    [{ numbers: numbers(2) }, "digits/net:v2", "1 version"],
    [
      { numbers: numbers(0, 1, 2, 3, 4, 5), versionCount: 6 },
      "digits/net:v0, v1, v2, v3 and 2 more",
      "6 versions",
    ],
    [{ kind: "artifact", versionCount: 3 }, "digits/net", "Artifact, 3 versions"],
    [
      { kind: "project", artifact: null, versionCount: 3, runs: ["r" as RunUid] },
      "digits",
      "Project, 3 versions, 1 run",
    ],
  ])("%j is %s", (given, title, content) => {
    expect(titleOf(entry(given))).toBe(title);
    expect(contentOf(entry(given))).toBe(content);
  });

  it.each<[daysPassed: number, left: string]>([
    [0, "30 days left"],
    [0.5, "30 days left"],
    [28.5, "2 days left"],
    [29.5, "goes within a day"],
    [40, "goes within a day"],
  ])("after %d of 30 days: %s", (passed, left) => {
    const now = Date.parse(DELETED_AT) + passed * DAY_MS;
    expect(describeDaysLeft(daysLeft(entry({}), 30, now))).toBe(left);
  });
});

it("says which aliases did not come back [D1]", () => {
  const restored = { versions: 2, aliases: [], takenAliases: [] };
  const [prod, best] = ["prod" as Alias, "best" as Alias];
  expect(describeRestored(restored)).toBe("Restored 2 versions.");
  expect(describeRestored({ ...restored, takenAliases: [prod] })).toBe(
    "Restored 2 versions. The alias prod was not given back: another version holds it by now.",
  );
  expect(describeRestored({ ...restored, takenAliases: [prod, best] })).toContain("prod, best");
});

it("says how much was freed [D3]", () => {
  expect(describeFreed({ versions: 1, freedBytes: 1500 })).toBe(
    "Deleted 1 version for good. 1.5 kB freed.",
  );
  expect(describeFreed({ versions: 1, freedBytes: 0 })).toContain("No bytes were freed");
});

describe("keep rules [D4]", () => {
  it.each([
    ["3", "", { lastN: 3, olderThanDays: null }, "the newest 3 versions are kept, the others go"],
    [" ", "30", { lastN: null, olderThanDays: 30 }, "versions go after 30 days"],
    [
      "1",
      "7",
      { lastN: 1, olderThanDays: 7 },
      "the newest version is kept, the others go after 7 days",
    ],
  ])("%j and %j", (lastN, days, rule, text) => {
    expect(ruleOf(lastN, days)).toEqual(rule);
    expect(describeRule(rule)).toBe(text);
  });

  it("are no rule of other text", () => {
    expect(ruleOf("many", "").lastN).toBeNaN();
  });
});

it.each<[EventKind, before: Json, after: Json, text: string]>([
  ["alias-moved", null, "v1", "alias put on v1"],
  ["alias-moved", "v0", "v1", "alias moved from v0 to v1"],
  ["alias-removed", "v1", null, "alias removed from v1"],
  ["version-logged", null, { digest: "x" }, "logged"],
  ["version-edited", { tags: [] }, { tags: ["a"], pinned: true }, "edited: tags, pinned"],
  ["artifact-edited", { keep: null }, { keep: {} }, "artifact edited: keep rule"],
  ["versions-deleted", null, { numbers: [1, 2] }, "v1, v2 put into the trash"],
  ["versions-purged", null, { numbers: [1, 2, 3, 4, 5, 6] }, "6 versions deleted for good"],
  ["versions-restored", null, { numbers: [4] }, "v4 restored"],
  [
    "version-renumbered",
    null,
    { was: [1, 2], numbers: [3, 4] },
    "v1 is v3, v2 is v4 since syncing",
  ],
  [
    "version-renumbered",
    null,
    { was: [1, 2, 3, 4, 5, 6], numbers: [2, 3, 4, 5, 6, 7] },
    "6 versions numbered anew by syncing",
  ],
  [
    "version-absorbed",
    null,
    { was: [3], numbers: [2] },
    "v3 became one with v2, which has the same content",
  ],
  [
    "version-absorbed",
    null,
    { was: [3], numbers: [3] },
    "v3 became one with the same content logged elsewhere",
  ],
  ["setting-changed", 30, 7, "setting changed from 30 to 7"],
  ["bytes-freed", null, { freedBytes: 2000 }, "2 kB freed"],
])("an event %s, %j to %j: %s", (kind, before, after, text) => {
  expect(describeEvent({ kind, before, after })).toBe(text);
});
