import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { aliasChanges, happenedBy, holderAt } from "../../src/core/alias-history.ts";
import type { Json } from "../../src/core/json.ts";
import { LATEST, parseAlias, type Alias } from "../../src/core/names.ts";
import type { EventKind, EventRecord } from "../../src/core/records.ts";

const prod = parseAlias("prod");

/** Events of `digits/net`, a minute apart from 10:00, numbered from 1. */
function events(
  ...steps: readonly (readonly [EventKind, suffix: string, after: Json])[]
): readonly EventRecord[] {
  return steps.map(([kind, suffix, after], i) => ({
    seq: i + 1,
    uid: `e${i + 1}` as EventRecord["uid"],
    at: timeOf(i + 1),
    actor: "device:a",
    kind,
    subject: `digits/net${suffix}`,
    before: null,
    after,
    previous: null,
  }));
}

const timeOf = (seq: number): string => `2026-03-01T10:${String(seq).padStart(2, "0")}:00.000Z`;

/** What the fold says, as `alias from→to`. */
function told(list: readonly EventRecord[]): readonly string[] {
  return aliasChanges("digits/net", list).map(
    ({ alias, from, to }) => `${alias} ${from ?? "-"}→${to ?? "-"}`,
  );
}

describe("alias changes", () => {
  test("[A2] latest goes to each new version, and not with a re-log", () => {
    const list = events(
      ["version-logged", ":v0", {}],
      ["version-logged", ":v1", {}],
      ["version-relogged", ":v0", null],
    );
    expect(told(list)).toEqual(["latest -→0", "latest 0→1"]);
  });

  test("[A4] moves and removals are told with time, actor and holder before", () => {
    const list = events(
      ["version-logged", ":v0", {}],
      ["alias-moved", ":prod", "v0"],
      ["version-logged", ":v1", {}],
      ["alias-moved", ":prod", "v1"],
      ["alias-removed", ":prod", null],
    );
    expect(told(list)).toEqual(["latest -→0", "prod -→0", "latest 0→1", "prod 0→1", "prod 1→-"]);
    expect(aliasChanges("digits/net", list)[3]).toEqual({
      alias: "prod",
      at: timeOf(4),
      actor: "device:a",
      from: 0,
      to: 1,
      seq: 4,
    });
  });

  test("[A5] a delete takes the aliases along and gives latest to the highest left", () => {
    const list = events(
      ["version-logged", ":v0", {}],
      ["version-logged", ":v1", {}],
      ["alias-moved", ":prod", "v1"],
      ["versions-deleted", "", { trash: "t", numbers: [1], aliases: { prod: 1 }, latest: 0 }],
      ["versions-restored", "", { trash: "t", numbers: [1], aliases: { prod: 1 }, latest: 1 }],
      ["versions-deleted", "", { trash: "u", numbers: [0, 1], aliases: { prod: 1 }, latest: null }],
    );
    expect(told(list).slice(3)).toEqual([
      "prod 1→-",
      "latest 1→0",
      "prod -→1",
      "latest 0→1",
      "prod 1→-",
      "latest 1→-",
    ]);
  });

  test("[A5] a delete that leaves latest where it is tells nothing of it", () => {
    const list = events(
      ["version-logged", ":v0", {}],
      ["version-logged", ":v1", {}],
      ["versions-deleted", "", { trash: "t", numbers: [0], aliases: {}, latest: 1 }],
    );
    expect(told(list)).toEqual(["latest -→0", "latest 0→1"]);
  });

  test("[A7] a move to the holder is no change", () => {
    const list = events(["alias-moved", ":prod", "v2"], ["alias-moved", ":prod", "v2"]);
    expect(told(list)).toEqual(["prod -→2"]);
  });

  test("events come in any order, and only their sequence counts", () => {
    const list = events(
      ["version-logged", ":v0", {}],
      ["version-logged", ":v1", {}],
      ["alias-moved", ":prod", "v0"],
    );
    expect(told(list.toReversed())).toEqual(told(list));
  });

  test("events of other kinds, and ones that name no version, are passed over", () => {
    const list = events(
      ["run-created", ":v7", {}],
      ["version-edited", ":v0", {}],
      ["alias-moved", ":prod", "newest"],
      ["alias-moved", ":prod", null],
      ["versions-deleted", "", null],
      ["versions-restored", "", { aliases: [1], latest: "v1" }],
      ["versions-restored", "", { aliases: { prod: "v1" } }],
      ["versions-purged", "", { numbers: [0] }],
    );
    expect(told(list)).toEqual([]);
  });

  test("an alias called like an object's own member is an alias like any other", () => {
    const aliases = JSON.parse('{"__proto__":0,"constructor":0}') as Json;
    const list = events(["versions-restored", "", { aliases, latest: 0 }]);
    expect(told(list)).toEqual(["__proto__ -→0", "constructor -→0", "latest -→0"]);
  });

  test("[A1] folding keeps one holder for each alias: each change begins where the last ended", () => {
    const step = fc.oneof(
      fc.nat(9).map((n) => ["version-logged", `:v${n}`, {}] as const),
      fc
        .tuple(fc.constantFrom("prod", "dev"), fc.nat(9))
        .map(([alias, n]) => ["alias-moved", `:${alias}`, `v${n}`] as const),
      fc.constantFrom("prod", "dev").map((alias) => ["alias-removed", `:${alias}`, null] as const),
      fc
        .record({
          aliases: fc.dictionary(fc.constantFrom("prod", "dev"), fc.nat(9)),
          latest: fc.option(fc.nat(9)),
        })
        .chain((after) =>
          fc
            .constantFrom("versions-deleted" as const, "versions-restored" as const)
            .map((kind) => [kind, "", after] as const),
        ),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const changes = aliasChanges("digits/net", events(...steps));
        const holders = new Map<Alias, number | null>();
        for (const { alias, from, to } of changes) {
          expect(from).toBe(holders.get(alias) ?? null);
          expect(to).not.toBe(from);
          holders.set(alias, to);
        }
        for (const alias of [LATEST, prod])
          expect(holderAt(changes, alias, "2030-01-01")).toBe(holders.get(alias) ?? null);
      }),
    );
  });
});

describe("the holder at a time", () => {
  const changes = aliasChanges(
    "digits/net",
    events(
      ["version-logged", ":v0", {}],
      ["alias-moved", ":prod", "v0"],
      ["version-logged", ":v1", {}],
      ["alias-removed", ":prod", null],
    ),
  );

  test.each([
    ["2026-03-01T10:00:59Z", null],
    ["2026-03-01T10:01:00Z", 0],
    ["2026-03-01T12:01:00+02:00", 0],
    ["2026-03-01T10:02:59.999Z", 0],
    ["2026-03-01T10:03Z", 1],
    ["2026-02-28", null],
    ["2026-03-01", 1],
  ])("[E4] latest at %s is %j", (time, number) => {
    expect(holderAt(changes, LATEST, time)).toBe(number);
  });

  test("[E4] an alias has no holder before it was set and after it was removed", () => {
    expect(holderAt(changes, prod, "2026-03-01T10:01:00Z")).toBeNull();
    expect(holderAt(changes, prod, "2026-03-01T10:02:00Z")).toBe(0);
    expect(holderAt(changes, prod, "2026-03-01T10:04:00Z")).toBeNull();
    expect(holderAt(changes, parseAlias("dev"), "2030-01-01")).toBeNull();
  });

  test("[E4] a date means the end of that day in UTC", () => {
    expect(happenedBy("2026-03-01T23:59:59.999Z", "2026-03-01")).toBe(true);
    expect(happenedBy("2026-03-02T00:00:00.000Z", "2026-03-01")).toBe(false);
  });
});

describe("alias changes and syncing", () => {
  test("[S3 E4] all changes name a version by the number it has now", () => {
    const list = events(
      ["version-logged", ":v0", {}],
      ["version-logged", ":v1", {}],
      ["alias-moved", ":prod", "v1"],
      ["version-renumbered", "", { was: [1], numbers: [2], latest: 2 }],
      ["version-logged", ":v1", {}],
      ["alias-moved", ":prod", "v1"],
    );
    expect(told(list)).toEqual(["latest -→0", "latest 0→2", "prod -→2", "prod 2→1"]);
    const changes = aliasChanges("digits/net", list);
    expect(holderAt(changes, prod, timeOf(3))).toBe(2);
    expect(holderAt(changes, LATEST, timeOf(6))).toBe(2);
  });

  test("[S3 A5] latest is where the event says it is after numbers changed hands", () => {
    const list = events(
      ["version-logged", ":v0", {}],
      ["version-logged", ":v1", {}],
      ["version-renumbered", "", { was: [0, 1], numbers: [3, 2], latest: 3 }],
    );
    expect(told(list)).toEqual(["latest -→3", "latest 3→2", "latest 2→3"]);
  });
});
