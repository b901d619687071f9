import { describe, expect, test } from "vitest";
import type { ArtifactName, ArtifactType } from "../../../src/core/names.ts";
import type { TrashUid } from "../../../src/core/records.ts";
import { applyOps } from "../../../src/core/sync/apply.ts";
import type { SharedOp } from "../../../src/core/sync/ops.ts";
import { MOVES_KEPT, type SharedProject } from "../../../src/core/sync/shared.ts";
import { stateText } from "../../../src/core/sync/snapshot.ts";
import {
  ANN,
  BO,
  CNN,
  cnnOf,
  derivation,
  digestOf,
  edge,
  holderOf,
  minute,
  moved,
  number,
  PROD,
  project,
  run,
  trashed,
  version,
  versionsIn,
  versionUid,
} from "./world.ts";

const name = CNN;
const add = (...args: Parameters<typeof version>): SharedOp => ({
  kind: "version",
  name,
  version: version(...args),
});
const setProd = (to: string | null, at = 100): SharedOp => ({
  kind: "alias",
  name,
  alias: PROD,
  move: moved(to, at, BO),
});
const remove = (uid: string, deleted = trashed("t1"), emptied?: string): SharedOp => ({
  kind: "version-deleted",
  name,
  uid: versionUid(uid),
  deleted,
  ...(emptied !== undefined && { emptied: emptied as TrashUid }),
});

/** Applies, and checks that a second time changes nothing. */
function apply(state: SharedProject, ...ops: readonly SharedOp[]) {
  const applied = applyOps(state, ops);
  expect(stateText(applyOps(applied.state, ops).state)).toBe(stateText(applied.state));
  return { ...applied, kinds: applied.notes.map(({ kind }) => kind) };
}

const TWO = project([{ versions: [version("a", 0), version("b", 1)] }]);

describe("versions [S3]", () => {
  test("a new one takes the number it wishes where that is free", () => {
    const { state, notes } = apply(TWO, add("c", 2));
    expect(versionsIn(state)).toEqual(["a=v0", "b=v1", "c=v2"]);
    expect(notes).toEqual([]);
  });

  test("else the next one, and says who was first", () => {
    const { state, notes } = apply(TWO, add("c", 1, { digest: digestOf(9) }));
    expect(versionsIn(state)).toEqual(["a=v0", "b=v1", "c=v2"]);
    expect(notes).toEqual([{ kind: "renumbered", name, from: 1, to: 2, by: ANN }]);
  });

  test("identical content becomes one: what is said of its id is said of that version", () => {
    const state = project([{ versions: [version("a", 0), version("b", 1)] }], [run("r")]);
    const twin = add("c", 2, { digest: digestOf(1) });
    const applied = apply(
      state,
      twin,
      { kind: "version-edited", name, uid: versionUid("c"), details: { description: "mine" } },
      setProd("c"),
      { kind: "edge-added", name, edge: edge("r", "c") },
      { kind: "derivation-added", name, derivation: derivation("b", "c") },
    );
    expect(versionsIn(applied.state)).toEqual(["a=v0 +c", "b=v1"]);
    expect(cnnOf(applied.state).lastNumber).toBe(1);
    expect(applied.notes).toEqual([{ kind: "became-one", name, number: 0, was: 2 }]);
    expect(cnnOf(applied.state).versions.get(versionUid("a"))?.description).toBe("mine");
    expect(holderOf(applied.state, "prod")).toBe("a");
    expect([...cnnOf(applied.state).edges.keys()]).toEqual(["r a output"]);
    expect([...cnnOf(applied.state).derivations.keys()]).toEqual(["b a"]);
  });

  test("of several with the content it is the lowest, and none that is deleted further on", () => {
    const same = { digest: digestOf(7) };
    const state = project([
      {
        versions: [
          version("a", 0, { ...same, deleted: trashed("t") }),
          version("c", 2, same),
          version("b", 1, same),
        ],
      },
    ]);
    expect(versionsIn(apply(state, add("d", 3, same)).state)).toEqual([
      "a=v0 in trash",
      "b=v1 +d",
      "c=v2",
    ]);
    const apart: SharedOp = {
      kind: "version",
      name,
      version: version("d", 3, same),
      apart: [versionUid("b"), versionUid("c")],
    };
    expect(versionsIn(apply(state, apart).state).at(-1)).toBe("d=v3");
  });

  test.each([
    ["in the trash", version("a", 0, { deleted: trashed("t") }), {}],
    ["deleted for good", version("a", 0, { deleted: trashed(null) }), {}],
    ["live, the new one deleted", version("a", 0), { deleted: trashed("t") }],
  ])("one whose twin is %s stays by itself [V6]", (_, known, more) => {
    const state = project([{ versions: [known] }]);
    const { state: after, notes } = apply(state, add("b", 1, { digest: digestOf(1), ...more }));
    expect(cnnOf(after).versions.get(versionUid("b"))?.number).toBe(1);
    expect(notes).toEqual([]);
  });

  test("a known one is not added again, but ids that became it are", () => {
    const state = project([{ versions: [version("a", 0, { twins: [versionUid("x")] })] }]);
    const again = add("a", 5, { twins: [versionUid("x"), versionUid("y")] });
    expect(versionsIn(apply(state, again).state)).toEqual(["a=v0 +x +y"]);
    expect(apply(state, add("x", 5)).state).toBe(state);
  });

  test("an id of another artifact's version makes none", () => {
    const state = project([{ versions: [version("a", 0)] }, { name: "mlp", versions: [] }]);
    const stolen: SharedOp = {
      kind: "version",
      name: "mlp" as ArtifactName,
      version: version("a", 0),
    };
    expect(apply(state, stolen).state).toBe(state);
  });

  test("a reserved number waits for its version, and others pass it by", () => {
    const reserve: SharedOp = { kind: "reserve", name, uid: versionUid("c"), number: number(2) };
    const { state, notes } = apply(TWO, reserve, add("d", 2), add("c", 7));
    expect(versionsIn(state)).toEqual(["a=v0", "b=v1", "c=v2", "d=v3"]);
    expect(notes.map(({ kind }) => kind)).toEqual(["renumbered", "renumbered"]);
    expect(cnnOf(state).reserved.size).toBe(0);
    const taken = apply(TWO, { ...reserve, number: number(0) }).state;
    expect(cnnOf(taken).reserved.get(versionUid("c"))).toBe(2);
    expect(cnnOf(taken).lastNumber).toBe(2);
  });

  test("a reserved number whose version became another stays taken [V1]", () => {
    const reserve: SharedOp = { kind: "reserve", name, uid: versionUid("c"), number: number(2) };
    const { state } = apply(TWO, reserve, add("c", 2, { digest: digestOf(1) }), add("d", 2));
    expect(versionsIn(state)).toEqual(["a=v0 +c", "b=v1", "d=v3"]);
    expect(cnnOf(state).reserved.size).toBe(0);
  });

  test("what happened to an artifact that nobody made is nothing", () => {
    const state = project([]);
    expect(apply(state, add("a", 0), setProd("a"), remove("a")).state).toBe(state);
  });

  test("only what changes is another object", () => {
    const state = project([{ versions: [version("a", 0)] }, { name: "mlp" }], [run("r")]);
    const { state: after } = apply(state, setProd("a"));
    expect(after).not.toBe(state);
    expect(after.runs).toBe(state.runs);
    expect(after.artifacts.get("mlp" as ArtifactName)).toBe(
      state.artifacts.get("mlp" as ArtifactName),
    );
    expect(cnnOf(after).versions).toBe(cnnOf(state).versions);
    expect(holderOf(state, "prod")).toBe(null);
  });
});

describe("aliases [S4]", () => {
  test("the later move wins, and both are in the history", () => {
    const { state } = apply(TWO, setProd("a", 5), setProd("b", 3));
    expect(cnnOf(state).aliases.get(PROD)).toEqual({
      alias: PROD,
      version: "b",
      moves: [moved("a", 5, BO), moved("b", 3, BO)],
    });
  });

  test("a move to where it is already changes nothing [A7]", () => {
    const state = project([{ versions: [version("a", 0)], aliases: { prod: [moved("a", 1)] } }]);
    expect(apply(state, setProd("a", 9)).state).toBe(state);
    expect(apply(TWO, setProd(null)).state).toBe(TWO);
  });

  test("only the newest moves are kept", () => {
    const many = Array.from({ length: MOVES_KEPT }, (_, i) => moved(i % 2 === 0 ? "a" : "b", i));
    const state = project([
      { versions: [version("a", 0), version("b", 1)], aliases: { prod: many } },
    ]);
    const moves = cnnOf(apply(state, setProd("a", 999)).state).aliases.get(PROD)?.moves;
    expect(moves).toEqual([...many.slice(1), moved("a", 999, BO)]);
  });

  test("moved onto a version in the trash it brings that back", () => {
    const state = project([{ versions: [version("a", 0, { deleted: trashed("t") })] }]);
    const { state: after, notes } = apply(state, setProd("a"));
    expect(versionsIn(after)).toEqual(["a=v0"]);
    expect(holderOf(after, "prod")).toBe("a");
    expect(notes).toEqual([{ kind: "restored", name, number: 0 }]);
  });

  test.each([
    ["that is gone for good", "a"],
    ["that nobody knows", "x"],
  ])("moved onto a version %s it stays where it is", (_, target) => {
    const state = project([
      {
        versions: [version("a", 0, { deleted: trashed(null) }), version("b", 1)],
        aliases: { prod: [moved("b", 1)] },
      },
    ]);
    const { state: after, notes } = apply(state, setProd(target));
    expect(after).toBe(state);
    expect(notes).toEqual([{ kind: "alias-lost", name, alias: PROD }]);
  });
});

describe("deletes [S5]", () => {
  const HELD = project([
    { versions: [version("a", 0), version("b", 1)], aliases: { prod: [moved("a", 1)] } },
  ]);

  test("takes the aliases along that the deleter saw", () => {
    const { state, notes } = apply(HELD, remove("a", trashed("t", [PROD])));
    expect(versionsIn(state)).toEqual(["a=v0 in trash", "b=v1"]);
    expect(cnnOf(state).aliases.get(PROD)).toMatchObject({
      version: null,
      moves: [moved("a", 1), { to: null, at: minute(500), by: BO }],
    });
    expect(notes).toEqual([]);
  });

  test("is refused while another alias is on it", () => {
    const { state, notes } = apply(HELD, remove("a", trashed("t")));
    expect(state).toBe(HELD);
    expect(notes).toEqual([
      { kind: "delete-refused", name, number: 0, by: BO, why: "the alias “prod”" },
    ]);
    expect(apply(HELD, remove("a", trashed(null))).kinds).toEqual(["delete-refused"]);
  });

  test("goes through once the alias is elsewhere", () => {
    const { state } = apply(HELD, setProd("b"), remove("a", trashed("t")));
    expect(versionsIn(state)).toEqual(["a=v0 in trash", "b=v1"]);
    expect(holderOf(state, "prod")).toBe("b");
  });

  const IN_TRASH = project([{ versions: [version("a", 0, { deleted: trashed("t1") })] }]);

  test.each([
    ["a second delete changes nothing", remove("a", trashed("t2")), "a=v0 in trash"],
    ["a purge of that entry wins", remove("a", trashed(null), "t1"), "a=v0 gone"],
    ["a purge of another entry doesn't", remove("a", trashed(null), "t0"), "a=v0 in trash"],
    ["a delete for good wins", remove("a", trashed(null)), "a=v0 gone"],
  ])("in the trash: %s", (_, op, expected) => {
    const { state } = apply(IN_TRASH, op);
    expect(versionsIn(state)).toEqual([expected]);
    expect(cnnOf(state).versions.get(versionUid("a"))?.deleted?.at).toBe(minute(500));
  });

  test("a purge of what somebody restored does nothing", () => {
    expect(apply(TWO, remove("a", trashed(null), "t1")).state).toBe(TWO);
  });

  test("a restore brings back, a tombstone too, with a note", () => {
    const restored: SharedOp = { kind: "version-restored", name, version: version("a", 0) };
    const back = apply(IN_TRASH, restored);
    expect(versionsIn(back.state)).toEqual(["a=v0"]);
    expect(back.notes).toEqual([]);
    const gone = project([{ versions: [version("a", 0, { deleted: trashed(null) })] }]);
    const whole = apply(gone, restored);
    expect(versionsIn(whole.state)).toEqual(["a=v0"]);
    expect(whole.notes).toEqual([{ kind: "restored", name, number: 0 }]);
    expect(versionsIn(apply(project([{}]), restored).state)).toEqual(["a=v0"]);
  });

  test("a tombstone isn't edited", () => {
    const gone = project([{ versions: [version("a", 0, { deleted: trashed(null) })] }]);
    const edit: SharedOp = {
      kind: "version-edited",
      name,
      uid: versionUid("a"),
      details: { pinned: true },
    };
    expect(apply(gone, edit).state).toBe(gone);
    expect(cnnOf(apply(IN_TRASH, edit).state).versions.get(versionUid("a"))?.pinned).toBe(true);
  });
});

describe("artifacts, runs, lines and the project", () => {
  const make = (type: string): SharedOp => ({
    kind: "artifact",
    name,
    type: type as ArtifactType,
    createdAt: minute(3),
    tags: [],
    keep: null,
  });

  test("the first to make a name decides its type [N4]", () => {
    const { state, notes } = apply(project([]), make("model"), make("dataset"));
    expect(cnnOf(state).type).toBe("model");
    expect(notes).toEqual([{ kind: "type-differs", name, stands: "model", other: "dataset" }]);
  });

  test("edits set the fields that they name", () => {
    const keep = { lastN: 3, olderThanDays: null };
    const { state } = apply(TWO, { kind: "artifact-edited", name, keep });
    expect(cnnOf(state)).toMatchObject({ keep, type: "model", tags: [] });
  });

  const ended = run("r", { state: "finished", endedAt: minute(9) });

  test.each([
    ["a later state wins", run("r"), ended, undefined, ended],
    ["one that ended isn't running again", ended, run("r"), undefined, ended],
    ["unless it was resumed", ended, run("r"), ["state", "endedAt"] as const, run("r")],
    [
      "of a change only the fields that changed count",
      ended,
      run("r", { name: "other" }),
      ["name"] as const,
      { ...ended, name: "other" },
    ],
  ])("runs: %s", (_, known, given, changed, expected) => {
    const op: SharedOp = { kind: "run", run: given, ...(changed !== undefined && { changed }) };
    const { state } = apply(project([], [known]), op);
    expect([...state.runs.values()]).toEqual([expected]);
  });

  test("edges are between runs and versions that there are; the first one's time is kept [R2]", () => {
    const state = project([{ versions: [version("a", 0)], edges: [edge("r", "a")] }], [run("r")]);
    const given = (run_: string, of: string): SharedOp => ({
      kind: "edge-added",
      name,
      edge: edge(run_, of, { createdAt: minute(99) }),
    });
    expect(apply(state, given("r", "a"), given("x", "a"), given("r", "x")).state).toBe(state);
    const gone = apply(state, { kind: "edge-removed", name, edge: edge("r", "a") });
    expect(cnnOf(gone.state).edges.size).toBe(0);
  });

  test("a derivation's parent is known, or of another project", () => {
    const lines = [
      derivation("b", "a"),
      derivation("b", "x"),
      derivation("b", "y", "other/cnn:v1"),
      derivation("b", "b"),
      derivation("x", "a"),
    ];
    const ops = lines.map((each): SharedOp => ({
      kind: "derivation-added",
      name,
      derivation: each,
    }));
    const { state } = apply(TWO, ...ops);
    expect([...cnnOf(state).derivations.keys()]).toEqual(["b a", "b y"]);
    const gone = apply(state, {
      kind: "derivation-removed",
      name,
      derivation: derivation("b", "a"),
    });
    expect([...cnnOf(gone.state).derivations.keys()]).toEqual(["b y"]);
  });

  test("a project isn't deleted while a version in it is live, and comes back with one", () => {
    const gone: SharedOp = { kind: "project", createdAt: minute(5), deletedAt: minute(50) };
    expect(apply(TWO, gone).state).toBe(TWO);
    const emptied = project([{ versions: [version("a", 0, { deleted: trashed("t") })] }]);
    const deleted = apply(emptied, gone).state;
    expect(deleted.deletedAt).toBe(minute(50));
    expect(deleted.createdAt).toBe(minute(0));
    expect(apply(deleted, add("b", 1)).state.deletedAt).toBe(null);
    expect(apply(deleted, { ...gone, deletedAt: null }).state.deletedAt).toBe(null);
    expect(apply(deleted, { ...gone, deletedAt: minute(70) }).state).toBe(deleted);
  });

  test("the earlier of two beginnings counts", () => {
    const began: SharedOp = { kind: "project", createdAt: minute(-5), deletedAt: null };
    expect(apply(TWO, began).state.createdAt).toBe(minute(-5));
  });
});
