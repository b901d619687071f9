import { describe, expect, test } from "vitest";
import type { ArtifactType } from "../../../src/core/names.ts";
import { diffProject } from "../../../src/core/sync/diff.ts";
import { mergeProject } from "../../../src/core/sync/merge.ts";
import type { SharedProject } from "../../../src/core/sync/shared.ts";
import { stateText } from "../../../src/core/sync/snapshot.ts";
import type { Tag } from "../../../src/core/tags.ts";
import {
  ANN,
  BO,
  CNN,
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
  type ArtifactParts,
} from "./world.ts";

const name = CNN;
const BASE = project([{ versions: [version("a", 0), version("b", 1)] }]);
const kindsOf = (base: SharedProject, local: SharedProject): readonly string[] =>
  diffProject(base, local, BO).map(({ kind }) => kind);
const merge = (base: SharedProject, remote: SharedProject, local: SharedProject) =>
  mergeProject({ base, remote, local, device: BO });
const cnn = (parts: ArtifactParts): SharedProject => project([parts]);

describe("what changed [S3]", () => {
  test("nothing, whatever else is noted of what both have", () => {
    const there = cnn({
      versions: [version("a", 0, { metadata: { x: 1, y: [2] } })],
      aliases: { prod: [moved("a", 1), moved("a", 2)] },
      fields: { lastNumber: number(9) },
    });
    const here = cnn({
      versions: [version("a", 0, { metadata: { y: [2], x: 1 }, by: BO, newBytes: 0 })],
      aliases: { prod: [moved("a", 9)] },
    });
    expect(diffProject(there, here, BO)).toEqual([]);
  });

  test("what is missing here, such as what never leaves, is no change", () => {
    const full = project(
      [{ versions: [version("a", 0)], edges: [edge("r", "a")] }, { name: "mlp" }],
      [run("r")],
    );
    expect(diffProject(full, project([]), BO)).toEqual([]);
    expect(diffProject(full, project([{ versions: [] }]), BO)).toEqual([]);
  });

  test("a project is told whole, in an order in which it can be made", () => {
    const lines = [derivation("b", "a")];
    const parts: ArtifactParts = {
      versions: [version("b", 1), version("a", 0, { deleted: trashed("t") })],
      aliases: { prod: [moved("b", 1)] },
      edges: [edge("r", "b")],
      derivations: lines,
      fields: { tags: ["mine" as Tag] },
    };
    const full = project(
      [{ ...parts, derivations: [...lines, derivation("b", "hidden")] }],
      [run("r")],
    );
    expect(kindsOf(project([]), full)).toEqual([
      "project",
      "artifact",
      "artifact-edited",
      "version",
      "version",
      "alias",
      "run",
      "edge-added",
      "derivation-added",
    ]);
    const made = merge(project([]), project([]), full).state;
    expect(stateText(made)).toBe(stateText(project([parts], [run("r")])));
  });

  test.each<[string, ArtifactParts, ArtifactParts, readonly string[]]>([
    ["an edit", {}, { versions: [version("a", 0, { pinned: true })] }, ["version-edited"]],
    [
      "a delete",
      {},
      { versions: [version("a", 0, { deleted: trashed("t") })] },
      ["version-deleted"],
    ],
    [
      "a delete that took its alias along",
      { aliases: { prod: [moved("a", 1)] } },
      { versions: [version("a", 0, { deleted: trashed("t", [PROD]) })] },
      ["version-deleted"],
    ],
    [
      "a delete after its alias was taken off",
      { aliases: { prod: [moved("a", 1)] } },
      { versions: [version("a", 0, { deleted: trashed("t") })] },
      ["alias", "version-deleted"],
    ],
    [
      "a restore",
      { versions: [version("a", 0, { deleted: trashed("t") })] },
      {},
      ["version-restored"],
    ],
    [
      "a purge",
      { versions: [version("a", 0, { deleted: trashed("t") })] },
      { versions: [version("a", 0, { deleted: trashed(null) })] },
      ["version-deleted"],
    ],
    [
      "no edit of a tombstone",
      { versions: [version("a", 0, { deleted: trashed(null) })] },
      { versions: [version("a", 0, { deleted: trashed(null), pinned: true })] },
      [],
    ],
    [
      "ids that became a version",
      {},
      { versions: [version("a", 0, { twins: [versionUid("x")] })] },
      ["version"],
    ],
    [
      "nothing of a version that is another's twin there",
      { versions: [version("a", 0, { twins: [versionUid("x")] })] },
      { versions: [version("x", 4)] },
      [],
    ],
    [
      "a line drawn and one taken away",
      { edges: [edge("r", "a")] },
      { edges: [edge("r", "a", { direction: "input" })] },
      ["edge-added", "edge-removed"],
    ],
    [
      "a derivation taken away",
      { derivations: [derivation("a", "a2", "other/x:v1")] },
      {},
      ["derivation-removed"],
    ],
  ])("%s", (_, there, here, expected) => {
    const versions = [version("a", 0)];
    const [base, local] = [there, here].map((parts) =>
      project([{ versions, ...parts }], [run("r")]),
    );
    expect(kindsOf(base ?? BASE, local ?? BASE)).toEqual(expected);
  });

  test("a purge names the entry that was emptied", () => {
    const there = cnn({ versions: [version("a", 0, { deleted: trashed("t7") })] });
    const here = cnn({ versions: [version("a", 0, { deleted: trashed(null) })] });
    expect(diffProject(there, here, BO)).toMatchObject([{ emptied: "t7" }]);
  });

  test("of a run that is known, the fields that changed", () => {
    const [there, here] = [run("r"), run("r", { state: "failed", endedAt: minute(3) })].map(
      (each) => project([{}], [each]),
    );
    expect(diffProject(there ?? BASE, here ?? BASE, BO)).toMatchObject([
      { kind: "run", changed: ["state", "endedAt"] },
    ]);
  });

  test("a project's delete stands behind those of its versions, its return in front", () => {
    const gone = project([{ versions: [version("a", 0, { deleted: trashed("t") })] }], [], {
      deletedAt: minute(9),
    });
    const live = project([{ versions: [version("a", 0)] }]);
    expect(kindsOf(live, gone)).toEqual(["version-deleted", "project"]);
    expect(kindsOf(gone, live)).toEqual(["project", "version-restored"]);
  });

  test("an alias taken off twice is told twice, though no table notes when", () => {
    const set = (at: number) =>
      cnn({ versions: [version("a", 0)], aliases: { prod: [moved("a", at)] } });
    const off = cnn({ versions: [version("a", 0)] });
    const first = merge(set(1), set(1), off).state;
    const again = merge(first, first, set(5)).state;
    expect(holderOf(again, "prod")).toBe("a");
    expect(holderOf(merge(again, again, off).state, "prod")).toBe(null);
  });
});

describe("what was done here and there [S3 S4 S5]", () => {
  const withVersion = (id: string, content: number) =>
    cnn({
      versions: [version("a", 0), version("b", 1), version(id, 2, { digest: digestOf(content) })],
    });

  test("versions of both are kept, those of here behind", () => {
    const { state, notes } = merge(BASE, withVersion("c", 8), withVersion("d", 9));
    expect(versionsIn(state)).toEqual(["a=v0", "b=v1", "c=v2", "d=v3"]);
    expect(notes).toEqual([{ kind: "renumbered", name, from: 2, to: 3, by: ANN }]);
  });

  test("content logged again after its version was deleted here is a version of its own [V6]", () => {
    const local = cnn({
      versions: [
        version("a", 0, { deleted: trashed("t") }),
        version("b", 1),
        version("c", 2, { digest: digestOf(1) }),
      ],
    });
    expect(versionsIn(merge(BASE, BASE, local).state)).toEqual(["a=v0 in trash", "b=v1", "c=v2"]);
  });

  const at = (to: string | null, when: number, by = ANN) =>
    cnn({ versions: [version("a", 0), version("b", 1)], aliases: { prod: [moved(to, when, by)] } });

  test("an alias moved on both sides is where it was moved here", () => {
    const { state, notes } = merge(BASE, at("a", 1), at("b", 2, BO));
    expect(holderOf(state, "prod")).toBe("b");
    expect(notes).toEqual([
      { kind: "alias-moved-twice", name, alias: PROD, stands: 1, other: 0, by: ANN },
    ]);
  });

  test.each([
    ["to the same version", BASE, at("a", 1), at("a", 2)],
    ["only there", at("a", 1), at("b", 2), at("a", 1)],
    ["only here", at("a", 1), at("a", 1), at("b", 2)],
  ])("an alias moved %s is nothing to know of", (_, base, remote, local) => {
    expect(merge(base, remote, local).notes).toEqual([]);
  });

  test("a field edited on both sides is as it was edited here", () => {
    const edited = (description: string, pinned: boolean, type: string) =>
      cnn({
        versions: [version("a", 0, { description, pinned })],
        type,
        fields: { tags: [description as Tag] },
      });
    const { state, notes } = merge(
      edited("x", false, "m"),
      edited("y", true, "m"),
      edited("z", true, "n"),
    );
    expect(notes).toEqual([
      { kind: "edited-twice", name, number: null, field: "tags" },
      { kind: "edited-twice", name, number: 0, field: "description" },
    ]);
    expect(state.artifacts.get(CNN)?.type).toBe("n" as ArtifactType);
    expect(state.artifacts.get(CNN)?.versions.get(versionUid("a"))?.description).toBe("z");
  });

  test("an artifact made on both sides is of the first type, with the edits of here", () => {
    const made = (type: string, tag: string) => cnn({ type, fields: { tags: [tag as Tag] } });
    const { state, notes } = merge(project([]), made("m", "x"), made("n", "y"));
    expect(state.artifacts.get(CNN)).toMatchObject({ type: "m", tags: ["y"] });
    expect(notes).toEqual([
      { kind: "type-differs", name, stands: "m", other: "n" },
      { kind: "edited-twice", name, number: null, field: "tags" },
    ]);
  });

  const deleted = cnn({
    versions: [version("a", 0, { deleted: { ...trashed("t"), by: ANN } }), version("b", 1)],
  });

  test("a version that another device deleted is deleted here, with a note", () => {
    const { state, notes } = merge(BASE, deleted, BASE);
    expect(versionsIn(state)).toEqual(["a=v0 in trash", "b=v1"]);
    expect(notes).toEqual([{ kind: "deleted", name, number: 0, by: ANN }]);
    expect(merge(deleted, deleted, deleted).notes).toEqual([]);
  });

  test("it is back where an alias was put on it here", () => {
    const { state, notes } = merge(BASE, deleted, at("a", 3, BO));
    expect(versionsIn(state)).toEqual(["a=v0", "b=v1"]);
    expect(notes).toEqual([{ kind: "restored", name, number: 0 }]);
  });

  describe("a version deleted here, and the trash emptied, between two rounds", () => {
    const gone = cnn({ versions: [version("a", 0, { deleted: trashed(null) }), version("b", 1)] });

    test("goes with the aliases its deleter knew", () => {
      const { state } = merge(at("a", 1), at("a", 1), gone);
      expect(versionsIn(state)).toEqual(["a=v0 gone", "b=v1"]);
      expect(holderOf(state, "prod")).toBeNull();
    });

    test("leaves an alias where somebody moved it meanwhile", () => {
      const { state } = merge(at("a", 1), at("b", 2), gone);
      expect(versionsIn(state)).toEqual(["a=v0 gone", "b=v1"]);
      expect(holderOf(state, "prod")).toBe("b");
    });

    test("stays where it got one the deleter didn't know of", () => {
      const { state, notes } = merge(BASE, at("a", 2), gone);
      expect(versionsIn(state)).toEqual(["a=v0", "b=v1"]);
      expect(notes).toMatchObject([{ kind: "delete-refused", number: 0 }]);
    });
  });

  test("a purge here of what was restored there does nothing", () => {
    const base = cnn({ versions: [version("a", 0, { deleted: trashed("t") })] });
    const here = cnn({ versions: [version("a", 0, { deleted: trashed(null) })] });
    expect(versionsIn(merge(base, cnn({ versions: [version("a", 0)] }), here).state)).toEqual([
      "a=v0",
    ]);
  });
});

test("large projects are compared and merged in a moment", () => {
  const versions = Array.from({ length: 10_000 }, (_, i) => version(`v${i}`, i));
  const edges = versions.flatMap(({ uid }, i) =>
    Array.from({ length: 10 }, (_, j) => edge(`r${(i + j) % 1000}`, uid)),
  );
  const runs = Array.from({ length: 1000 }, (_, i) => run(`r${i}`));
  const full = project([{ versions, edges }], runs);
  const half = project([{ versions: versions.slice(0, 5000) }], runs.slice(0, 500));
  const others = versions
    .slice(5000)
    .map((each, i) => version(`w${i}`, each.number, { digest: digestOf(50_000 + i) }));
  const remote = project(
    [{ versions: [...versions.slice(0, 5000), ...others] }],
    runs.slice(0, 500),
  );
  const began = performance.now();
  const { state, notes } = merge(half, remote, full);
  // Ten times what it takes: what grows with the square takes a thousand times.
  expect(performance.now() - began).toBeLessThan(5000);
  expect(notes).toHaveLength(5000);
  expect(state.artifacts.get(CNN)).toMatchObject({ lastNumber: 14_999, edges: { size: 100_000 } });
});
