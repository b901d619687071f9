import { describe, expect, test } from "vitest";
import type { ArtifactType, ProjectName } from "../../../src/core/names.ts";
import type { RoundFile, RoundUid } from "../../../src/core/sync/files.ts";
import type { SharedOp } from "../../../src/core/sync/ops.ts";
import { foldRounds } from "../../../src/core/sync/rebuild.ts";
import { ANN, CNN, digestOf, minute, PROJECT, version, versionsIn } from "./world.ts";

const name = CNN;
const made: SharedOp = {
  kind: "artifact",
  name,
  type: "model" as ArtifactType,
  createdAt: minute(0),
  tags: [],
  keep: null,
};

function round(seq: number, uid: string, ...ops: readonly SharedOp[]): RoundFile {
  return {
    seq,
    uid: uid as RoundUid,
    device: ANN,
    deviceName: "Ada",
    round: seq,
    at: minute(seq),
    projects: new Map([[PROJECT, ops]]),
    registries: [],
  };
}

const add = (uid: string, at: number, content: number): SharedOp => ({
  kind: "version",
  name,
  version: version(uid, at, { digest: digestOf(content) }),
});

describe("the log, folded", () => {
  const log = [
    round(
      1,
      "R1",
      { kind: "project", createdAt: minute(-7), deletedAt: null },
      made,
      add("a", 0, 1),
    ),
    // A hub that takes two rounds at once has both under one number.
    round(2, "R2", add("b", 1, 2)),
    round(2, "R3", add("c", 1, 3)),
    round(3, "R4", add("d", 2, 1)),
  ];
  const fold = (rounds: readonly RoundFile[]) => foldRounds(rounds).get(PROJECT);

  test("is the same whatever order, and however often, its rounds come in", () => {
    const state = fold([...log.toReversed(), ...log]);
    expect(state).toEqual(fold(log));
    expect(state === undefined ? [] : versionsIn(state)).toEqual(["a=v0 +d", "b=v1", "c=v2"]);
  });

  test("begins when its first round says, or when that was", () => {
    expect(fold(log)?.createdAt).toBe(minute(-7));
    expect(fold([round(4, "R1", made)])?.createdAt).toBe(minute(4));
  });

  test("has each project by itself", () => {
    const other = "other" as ProjectName;
    const both: RoundFile = {
      ...round(1, "R1", made),
      projects: new Map([
        [PROJECT, [made]],
        [other, []],
      ]),
    };
    const states = foldRounds([both]);
    expect([...states.keys()]).toEqual([PROJECT, other]);
    expect(states.get(other)?.artifacts.size).toBe(0);
    expect(foldRounds([]).size).toBe(0);
  });
});
