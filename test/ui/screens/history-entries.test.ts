import { describe, expect, it } from "vitest";
import type { AliasChange } from "../../../src/core/alias.ts";
import type { Json } from "../../../src/core/json.ts";
import type { Alias } from "../../../src/core/names.ts";
import type { EventKind, EventRecord } from "../../../src/core/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import {
  canRollBack,
  historyOf,
  holdersIn,
} from "../../../src/ui/screens/version/history-entries.ts";

const AT = "2026-01-01T00:00:00.000Z";
const v = (number: number): VersionNumber => number as VersionNumber;

function change(seq: number, alias: string, from: number | null, to: number | null): AliasChange {
  return {
    alias: alias as Alias,
    at: AT,
    actor: "device:a",
    from: from === null ? null : v(from),
    to: to === null ? null : v(to),
    seq,
  };
}

function event(seq: number, kind: EventKind, subject: string, after: Json = null): EventRecord {
  const uid = `event-${seq}` as EventRecord["uid"];
  return {
    seq,
    uid,
    at: AT,
    actor: "device:a",
    kind,
    subject,
    before: null,
    after,
    previous: null,
  };
}

describe("historyOf", () => {
  it("has every alias change, this version's events and the artifact's own, newest first, once each", () => {
    const logged = event(2, "version-logged", "digits/net:v0");
    const entries = historyOf(
      "digits/net",
      v(0),
      [change(2, "latest", null, 0), change(5, "prod", 0, 1)],
      [
        event(1, "artifact-created", "digits/net", { type: "model" }),
        logged,
        logged,
        event(3, "version-logged", "digits/net:v1"),
        event(4, "run-created", "digits/net"),
        event(5, "alias-moved", "digits/net:prod", "v1"),
        event(6, "versions-deleted", "digits/net", { numbers: [1] }),
        event(7, "versions-restored", "digits/net", { numbers: [0, 1] }),
      ],
    );
    expect(entries.map(({ seq, kind }) => [seq, kind])).toEqual([
      [7, "event"],
      [6, "event"],
      [5, "alias"],
      [2, "alias"],
      [2, "event"],
      [1, "event"],
    ]);
  });
});

describe("rolling back [A4]", () => {
  const changes = [
    change(1, "latest", null, 0),
    change(2, "prod", null, 0),
    change(3, "prod", 0, 1),
    change(4, "best", null, 1),
    change(5, "best", 1, null),
  ];
  const holders = holdersIn(changes);

  it("knows who holds what now", () => {
    expect([...holders]).toEqual([
      ["latest", 0],
      ["prod", 1],
    ]);
  });

  it.each<[number, boolean, string]>([
    [0, false, "latest follows the versions"],
    [1, true, "prod would be taken away"],
    [2, true, "prod would go back to v0"],
    [3, false, "best has no holder already"],
    [4, true, "best would go back to v1"],
  ])("change %i: %s, as %s", (index, can) => {
    const given = changes[index];
    expect(given !== undefined && canRollBack(given, holders)).toBe(can);
  });
});
