// A log in which a stranger wrote what the rules allow and nobody would do: what it comes to can always be read again.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Alias, ArtifactName } from "../../../src/core/names.ts";
import type { RoundFile, RoundUid } from "../../../src/core/sync/files.ts";
import { nextRound, ROUNDS_MAX } from "../../../src/core/sync/numbers.ts";
import type { SharedOp } from "../../../src/core/sync/ops.ts";
import { readOps } from "../../../src/core/sync/read-ops.ts";
import { foldRounds } from "../../../src/core/sync/rebuild.ts";
import type { SharedProject } from "../../../src/core/sync/shared.ts";
import { readSnapshot, snapshotFiles } from "../../../src/core/sync/snapshot.ts";
import {
  ANN,
  CNN,
  derivation,
  digestOf,
  edge,
  minute,
  moved,
  number,
  PROJECT,
  run,
  trashed,
  version,
  versionsIn,
  versionUid,
} from "./world.ts";

const ABSURD = 1e15 - 1;

function folded(ops: readonly SharedOp[]): SharedProject {
  const round: RoundFile = {
    seq: 1,
    uid: "R1" as RoundUid,
    device: ANN,
    deviceName: "Ada",
    round: 1,
    at: minute(0),
    projects: new Map([[PROJECT, ops]]),
    registries: [],
  };
  const state = foldRounds([round]).get(PROJECT);
  if (state === undefined) throw new Error("the log tells of no project");
  return state;
}

/** The state as a snapshot's files give it back. */
function readBack(state: SharedProject): SharedProject {
  const { name, createdAt, deletedAt } = state;
  return readSnapshot({ name, createdAt, deletedAt }, snapshotFiles(state), "the test's");
}

const made = (name: ArtifactName): SharedOp => ({
  kind: "artifact",
  name,
  type: "model" as never,
  createdAt: minute(0),
  tags: [],
  keep: null,
});

describe("[S3 V1] an absurd number", () => {
  const versionOp = (uid: string, at: number): SharedOp => ({
    kind: "version",
    name: CNN,
    version: { ...version(uid, 0, { digest: digestOf(uid.charCodeAt(0)) }), number: number(at) },
  });

  test("of a version is a wish that isn't met: there are numbers behind it", () => {
    const state = folded([made(CNN), versionOp("a", ABSURD), versionOp("b", 7)]);
    expect(versionsIn(state)).toEqual(["a=v0", "b=v7"]);
    expect(readBack(state)).toEqual(state);
  });

  test("that is promised is the next one, too", () => {
    const promise: SharedOp = {
      kind: "reserve",
      name: CNN,
      uid: versionUid("a"),
      number: number(ABSURD),
    };
    const state = folded([made(CNN), promise, versionOp("b", 0)]);
    expect(state.artifacts.get(CNN)?.reserved).toEqual(new Map([["a", 0]]));
    expect(versionsIn(state)).toEqual(["b=v1"]);
  });

  test("of rounds ends nothing: the last count stays, and ids say the order", () => {
    expect([nextRound(6), nextRound(ROUNDS_MAX)]).toEqual([7, ROUNDS_MAX]);
  });
});

const ids = fc.constantFrom("a", "b", "c", "d", "e");
const names = fc.constantFrom(CNN, "mlp" as ArtifactName);
const runIds = fc.constantFrom("r", "q");
const places = fc.constantFrom(0, 1, 2, 999_999, 2_000_000, ABSURD);
const parents = fc.constantFrom(
  "digits/cnn:v0",
  "digits:cnn:v0",
  "digits/mlp",
  "digits",
  "other/x:v1",
  "",
);
const trash = fc.constantFrom("t", null);

const shared = fc
  .record({ uid: ids, at: places, content: fc.nat(2), twins: fc.array(ids), isDead: fc.boolean() })
  .map(({ uid, at, content, twins, isDead }) => ({
    ...version(uid, 0, {
      digest: digestOf(content),
      twins: twins.map(versionUid),
      deleted: isDead ? trashed("t", ["prod" as Alias]) : null,
    }),
    number: number(at),
  }));

const ops: fc.Arbitrary<SharedOp> = fc.oneof(
  names.map(made),
  fc.record({ kind: fc.constant("version" as const), name: names, version: shared }),
  fc.record({ kind: fc.constant("version-restored" as const), name: names, version: shared }),
  fc.record({ name: names, uid: ids, at: places }).map(({ name, uid, at }) => ({
    kind: "reserve" as const,
    name,
    uid: versionUid(uid),
    number: number(at),
  })),
  fc.record({ name: names, uid: ids, to: trash }).map(({ name, uid, to }) => ({
    kind: "version-deleted" as const,
    name,
    uid: versionUid(uid),
    deleted: trashed(to, ["prod" as Alias]),
  })),
  fc.record({ name: names, to: fc.option(ids), at: fc.nat(3) }).map(({ name, to, at }) => ({
    kind: "alias" as const,
    name,
    alias: "prod" as Alias,
    move: moved(to, at),
  })),
  fc.record({ uid: runIds, at: fc.nat(100_000) }).map(({ uid, at }) => ({
    kind: "run" as const,
    run: run(uid, { startedAt: minute(at) }),
  })),
  fc.record({ name: names, by: runIds, of: ids }).map(({ name, by, of }) => ({
    kind: "edge-added" as const,
    name,
    edge: edge(by, of),
  })),
  fc
    .record({ name: names, child: ids, parent: ids, called: parents })
    .map(({ name, child, parent, called }) => ({
      kind: "derivation-added" as const,
      name,
      derivation: derivation(child, parent, called),
    })),
  fc
    .constantFrom(null, minute(3))
    .map((deletedAt) => ({ kind: "project" as const, createdAt: minute(1), deletedAt })),
);

test("[S7] whatever a log says, the snapshot made of it can be read", () => {
  fc.assert(
    fc.property(fc.array(ops, { minLength: 1, maxLength: 40 }), (given) => {
      const rows = [made(CNN), ...given].map((op) => ({ project: PROJECT, op }));
      const { projects, refused } = readOps(rows);
      expect(refused).toEqual([]);
      const state = folded(projects.get(PROJECT) ?? []);
      expect(readBack(state)).toEqual(state);
    }),
    { numRuns: 500 },
  );
});
