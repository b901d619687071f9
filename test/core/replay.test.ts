import { describe, expect, test } from "vitest";
import type { Json } from "../../src/core/json.ts";
import type { EventKind, EventRecord } from "../../src/core/records.ts";
import { replay } from "../../src/core/replay.ts";

type Told = readonly [kind: EventKind, subject: string, after?: Json, before?: Json];

/** A log, one event a minute from midnight. */
function logOf(...told: readonly Told[]): readonly EventRecord[] {
  return told.map(([kind, subject, after = null, before = null], i) => ({
    seq: i + 1,
    uid: `e${i}` as EventRecord["uid"],
    at: minute(i),
    actor: "device:test",
    kind,
    subject,
    before,
    after,
    previous: null,
  }));
}

function minute(n: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
}

function logged(number: number, more: Readonly<Record<string, Json>> = {}): Told {
  const after = { uid: `u${number}`, digest: `d${number}`, sizeBytes: 5, fileCount: 1, ...more };
  return ["version-logged", `p/net:v${number}`, after];
}

const START: readonly Told[] = [
  ["project-created", "p"],
  ["artifact-created", "p/net", { type: "model" }],
];

function netOf(events: readonly EventRecord[], until?: string) {
  const artifact = replay(events, until).artifacts.get("p/net");
  return {
    aliases: Object.fromEntries(artifact?.aliases ?? []),
    states: [...(artifact?.versions ?? [])].map(([number, { state }]) => [number, state]),
    artifact,
  };
}

describe("versions and aliases", () => {
  test("[E4] a logged version is there as it was logged, and has latest", () => {
    const given = { description: "first", metadata: { loss: 0.1 }, tags: ["good"] };
    const events = logOf(...START, logged(0, given));
    const { artifact, aliases } = netOf(events);
    expect(replay(events).projects.get("p")).toEqual({ isDeleted: false });
    expect(artifact).toMatchObject({ type: "model", tags: [], keep: null });
    expect(artifact?.versions.get(0 as never)).toEqual({
      uid: "u0",
      digest: "d0",
      sizeBytes: 5,
      fileCount: 1,
      ...given,
      pinned: false,
      createdAt: minute(2),
      state: "live",
      trash: null,
    });
    expect(aliases).toEqual({ latest: 0 });
  });

  test("[E4 A2 A3 A5] aliases move and go; latest follows new versions, not re-logged ones", () => {
    const events = logOf(
      ...START,
      logged(0),
      ["alias-moved", "p/net:prod", "v0"],
      logged(1),
      ["version-relogged", "p/net:v0"],
      ["alias-moved", "p/net:best", "v1"],
      ["alias-moved", "p/net:prod", "v1", "v0"],
      ["alias-removed", "p/net:best", null, "v1"],
    );
    expect(netOf(events).aliases).toEqual({ latest: 1, prod: 1 });
    expect(netOf(events, minute(6)).aliases).toEqual({ latest: 1, prod: 0, best: 1 });
  });

  test("[E4 V3] edits change what they name and nothing else", () => {
    const { artifact } = netOf(
      logOf(
        ...START,
        logged(0, { description: "old", metadata: { a: 1 } }),
        [
          "version-edited",
          "p/net:v0",
          { description: "new", pinned: true },
          { description: "old" },
        ],
        ["version-edited", "p/net:v0", { tags: ["t"], uid: "forged", state: "purged" }],
        ["artifact-edited", "p/net", { tags: ["mine"] }, { tags: [] }],
        ["artifact-edited", "p/net", { keep: { lastN: 3, olderThanDays: null }, type: "forged" }],
        ["artifact-edited", "p/net", { keep: null }],
      ),
    );
    expect(artifact?.versions.get(0 as never)).toMatchObject({
      uid: "u0",
      state: "live",
      description: "new",
      metadata: { a: 1 },
      tags: ["t"],
      pinned: true,
    });
    expect(artifact).toMatchObject({ type: "model", tags: ["mine"], keep: null });
  });
});

describe("trash", () => {
  const TRASHED = logOf(
    ...START,
    logged(0),
    logged(1),
    logged(2, { description: "said", tags: ["t"] }),
    ["alias-moved", "p/net:prod", "v2"],
    ["alias-moved", "p/net:old", "v0"],
    ["versions-deleted", "p/net", { trash: "T", numbers: [1, 2], aliases: { prod: 2 }, latest: 0 }],
  );
  const later = (...told: readonly Told[]): readonly EventRecord[] => [
    ...TRASHED,
    ...logOf(...told),
  ];

  test("[E4 A5 D1] a delete takes its aliases along, and latest goes to the highest left", () => {
    expect(netOf(TRASHED)).toMatchObject({
      aliases: { latest: 0, old: 0 },
      states: [
        [0, "live"],
        [1, "in_trash"],
        [2, "in_trash"],
      ],
    });
    expect(netOf(TRASHED).artifact?.versions.get(1 as never)?.trash).toBe("T");
  });

  test("[E4 D1] a restore gives back the aliases it names, and latest", () => {
    const restored = { trash: "T", numbers: [1, 2], aliases: {}, latest: 2 };
    const { aliases, states } = netOf(later(["versions-restored", "p/net", restored]));
    expect(aliases).toEqual({ latest: 2, old: 0 });
    expect(states.every(([, state]) => state === "live")).toBe(true);
    const given = { ...restored, aliases: { prod: 2 } };
    expect(netOf(later(["versions-restored", "p/net", given])).aliases).toMatchObject({ prod: 2 });
  });

  test("[E4 V1 D1] a purged version keeps its number and loses what was said of it", () => {
    const { artifact } = netOf(
      later(["versions-purged", "p/net", { trash: "T", numbers: [1, 2] }]),
    );
    expect(artifact?.versions.get(2 as never)).toMatchObject({
      state: "purged",
      trash: null,
      uid: "u2",
      description: "",
      tags: [],
    });
  });

  test("[E4 N4] a name whose versions all went has no latest, and may take another type", () => {
    const { artifact, aliases } = netOf(
      later(
        [
          "versions-deleted",
          "p/net",
          { trash: "S", numbers: [0], aliases: { old: 0 }, latest: null },
        ],
        ["artifact-created", "p/net", { type: "dataset" }, { type: "model" }],
      ),
    );
    expect(aliases).toEqual({});
    expect(artifact?.type).toBe("dataset");
    expect(artifact?.versions.size).toBe(3);
  });

  test("[E4 D1] projects are deleted and restored", () => {
    expect(replay(later(["project-deleted", "p", { trash: "T" }])).projects.get("p")).toEqual({
      isDeleted: true,
    });
    const back = later(["project-deleted", "p", { trash: "T" }], ["project-restored", "p"]);
    expect(replay(back).projects.get("p")).toEqual({ isDeleted: false });
  });
});

describe("runs and lineage", () => {
  test("[E4 R1 R4] runs go through their states, and come back after a delete", () => {
    const made = { uid: "r", name: "moss", config: { lr: 1 }, state: "running" };
    const told: readonly Told[] = [
      ["run-created", "p/moss", made],
      ["run-changed", "p/moss", { uid: "r", state: "failed" }, { state: "running" }],
      ["run-deleted", "p/moss", { uid: "r" }],
      ["run-restored", "p/moss", { uid: "r" }],
    ];
    const run = (count: number) => replay(logOf(...told.slice(0, count))).runs.get("r");
    expect(run(1)).toEqual({ ...made, project: "p", isDeleted: false });
    expect(run(2)).toMatchObject({ state: "failed", config: { lr: 1 } });
    expect(run(3)).toMatchObject({ isDeleted: true, state: "failed" });
    expect(run(4)).toMatchObject({ isDeleted: false });
  });

  test("[E4 R2 R3 R6] edges name run and version by uid, and the collection between them, once; derivations come and go", () => {
    const via = { registry: "g", registryName: "models", collection: "net", number: 4 };
    const line = { child: "u1", parent: "u0", parentName: "p/net:v0" };
    const told: readonly Told[] = [
      ...START,
      logged(0),
      logged(1),
      ["edge-added", "p/net:v1", { run: "r", direction: "output" }],
      ["edge-added", "p/net:v1", { run: "r", direction: "output" }],
      ["edge-added", "p/net:v0", { run: "r", direction: "input", via }],
      ["derivation-added", "p/net:v1", line],
    ];
    const { edges, derivations } = replay(logOf(...told));
    expect([...edges.values()]).toEqual([
      { run: "r", version: "u1", direction: "output", via: null },
      { run: "r", version: "u0", direction: "input", via },
    ]);
    expect([...derivations.values()]).toEqual([{ child: "u1", parent: "u0" }]);
    const removed = logOf(...told, ["derivation-removed", "p/net:v1", null, line]);
    expect(replay(removed).derivations.size).toBe(0);
    const cut: Told = ["edge-removed", "p/net:v1", null, { run: "r", direction: "output" }];
    expect([...replay(logOf(...told, cut)).edges.values()]).toEqual([
      { run: "r", version: "u0", direction: "input", via },
    ]);
  });
});

describe("logs of other times", () => {
  test("[E4] as of a time is the fold up to it, that time included", () => {
    const events = logOf(...START, logged(0), logged(1));
    expect(netOf(events, minute(2)).aliases).toEqual({ latest: 0 });
    expect(netOf(events, minute(1)).states).toEqual([]);
    expect(replay(events, "2025-01-01T00:00:00Z").projects.size).toBe(0);
    expect(replay(events, "2026-01-01T03:03:00+03:00")).toEqual(replay(events));
  });

  test("[E4] the first Cairn's log says less of runs and types", () => {
    const { runs, artifacts } = replay(
      logOf(...START, logged(0), ["run-created", "p/moss", { uid: "r" }]),
    );
    expect(runs.get("r")).toEqual({
      uid: "r",
      project: "p",
      name: "moss",
      config: {},
      state: "finished",
      isDeleted: false,
    });
    expect(artifacts.get("p/net")?.versions.get(0 as never)).toMatchObject({
      description: "",
      metadata: {},
      tags: [],
    });
  });

  test("[E4] what a newer or broken log says is passed over", () => {
    const odd = logOf(
      ...START,
      ["__proto__" as EventKind, "p"],
      ["from-the-future" as EventKind, "p/net"],
      ["alias-moved", "p/gone:prod", "v0"],
      ["alias-moved", "p/net:prod", 7],
      ["version-logged", "p/net:vNaN", {}],
      ["versions-deleted", "p/gone", null],
      ["versions-deleted", "p/net", { numbers: ["x", 9] }],
      ["run-changed", "p/none", { uid: "none" }],
      ["edge-added", "p/net:v9", { run: "r", direction: "input" }],
      ["setting-changed", "trashDays", 7, 30],
    );
    const state = replay(odd);
    expect(netOf(odd)).toMatchObject({ aliases: {}, states: [] });
    expect(state.runs.size + state.edges.size).toBe(0);
    expect(state.settings.get("trashDays")).toBe(7);
  });
});

describe("syncing", () => {
  test("[S3] versions take numbers anew, all at once, and their aliases go along", () => {
    const { artifact, aliases } = netOf(
      logOf(
        ...START,
        logged(0),
        logged(1),
        logged(2),
        ["alias-moved", "p/net:prod", "v1"],
        ["version-renumbered", "p/net", { was: [1, 2], numbers: [2, 1], latest: 2 }],
      ),
    );
    const uids = [...(artifact?.versions ?? [])].toSorted(([a], [b]) => a - b);
    expect(uids.map(([number, { uid }]) => [number, uid])).toEqual([
      [0, "u0"],
      [1, "u2"],
      [2, "u1"],
    ]);
    expect(aliases).toEqual({ prod: 2, latest: 2 });
  });

  test("[S3] what others logged before is told later, and doesn't take latest back", () => {
    const { artifact, aliases } = netOf(
      logOf(
        ...START,
        logged(0),
        ["version-renumbered", "p/net", { was: [0], numbers: [1], latest: 1 }],
        logged(0, { uid: "theirs", pinned: true, createdAt: "2025-01-01T00:00:00.000Z" }),
      ),
    );
    expect(aliases).toEqual({ latest: 1 });
    expect(artifact?.versions.get(0 as never)).toMatchObject({
      uid: "theirs",
      pinned: true,
      createdAt: "2025-01-01T00:00:00.000Z",
    });
  });

  test("[S3] a version that became another leaves it its lines and aliases", () => {
    const log = logOf(
      ...START,
      logged(0),
      logged(1),
      logged(2),
      ["alias-moved", "p/net:prod", "v1"],
      ["edge-added", "p/net:v1", { run: "r", direction: "output" }],
      ["edge-added", "p/net:v0", { run: "r", direction: "output" }],
      ["edge-added", "p/net:v1", { run: "s", direction: "input" }],
      ["derivation-added", "p/net:v1", { child: "u1", parent: "u0" }],
      ["derivation-added", "p/net:v2", { child: "u2", parent: "u1" }],
      ["version-absorbed", "p/net", { was: [1], numbers: [0], uid: "u1", into: "u0" }],
      ["version-renumbered", "p/net", { was: [1], numbers: [0], latest: 2 }],
    );
    const { edges, derivations } = replay(log);
    expect(netOf(log).states.map(([number]) => number)).toEqual([0, 2]);
    expect(netOf(log).aliases).toEqual({ prod: 0, latest: 2 });
    expect([...edges.keys()].toSorted()).toEqual(["r u0 output", "s u0 input"]);
    // Of the line between the two nothing is left.
    expect([...derivations.keys()]).toEqual(["u2 u0"]);
  });

  test("[S3] a twin is only what it says: another version at its number stays", () => {
    const { states } = netOf(
      logOf(...START, logged(0), [
        "version-absorbed",
        "p/net",
        { was: [0], numbers: [1], uid: "other", into: "u1" },
      ]),
    );
    expect(states).toEqual([[0, "live"]]);
  });
});
