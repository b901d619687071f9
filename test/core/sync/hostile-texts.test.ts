// Files of a remote as a stranger may have written them: refused by name, or taken without what is odd.
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../../src/core/errors.ts";
import type { ArtifactName } from "../../../src/core/names.ts";
import {
  formatIndex,
  formatRemoteManifest,
  formatRound,
  readIndex,
  readRemoteManifest,
  readRound,
} from "../../../src/core/sync/file-texts.ts";
import { readSnapshot, snapshotFiles } from "../../../src/core/sync/snapshot.ts";
import { minute, PROJECT, project, version } from "./world.ts";
import {
  HEAD,
  INDEX,
  MANIFEST,
  MANIFEST_PATH,
  REMOTE,
  ROUND,
  ROUND_PATH,
  STATE,
} from "./sample-texts.ts";

describe("what a stranger wrote [N1 F1]", () => {
  type Change = (json: ReturnType<typeof JSON.parse>) => void;
  const changed = (text: string, change: Change): string => {
    const json: unknown = JSON.parse(text);
    change(json);
    return JSON.stringify(json);
  };
  const index = (change: Change) => readIndex(changed(formatIndex(INDEX), change), REMOTE);
  const aRound = (change: Change) =>
    readRound(changed(formatRound(ROUND), change), ROUND_PATH, REMOTE);
  const manifest = (change: Change) =>
    readRemoteManifest(changed(formatRemoteManifest(MANIFEST), change), MANIFEST_PATH, REMOTE);
  const snapshot = (change: Change, file = "artifacts/cnn") => {
    const files = new Map(snapshotFiles(STATE));
    files.set(file, changed(files.get(file) ?? "{}", change));
    return readSnapshot(HEAD, files, REMOTE);
  };
  const deep = (levels: number): object => (levels === 0 ? {} : { a: deep(levels - 1) });

  test.each<[string, (change: Change) => unknown, Change]>([
    ["another format", index, (j) => (j.format = "x")],
    ["a version before ours", index, (j) => (j.version = 0)],
    ["a version that is none", index, (j) => (j.version = "2")],
    ["no rounds", index, (j) => delete j.seq],
    ["a broken count", index, (j) => (j.seq = -1)],
    ["a count behind which there is no other", index, (j) => (j.seq = Number.MAX_SAFE_INTEGER)],
    ["a device's count without an end", index, (j) => (j.devices[0].rounds = 2 ** 53 - 1)],
    ["a project's name", index, (j) => (j.projects[0].project = "../x")],
    ["a device twice", index, (j) => j.devices.push(j.devices[0])],
    [
      "a device's name of a million characters",
      index,
      (j) => (j.devices[0].name = "x".repeat(1e6)),
    ],
    ["a file of no snapshot", index, (j) => (j.files[0].file = "artifacts/../../x")],
    ["a file in a folder more", index, (j) => (j.files[0].file = "artifacts/a/b")],
    ["a file of a project it lacks", index, (j) => (j.files[0].project = "other")],
    ["a file twice", index, (j) => j.files.push(j.files[0])],
    ["a digest", index, (j) => (j.files[0].digest = "blake3:00")],
    ["an id with a slash", index, (j) => (j.registries[0].registry = "a/b")],
    ["a list that is none", index, (j) => (j.devices = {})],
    ["another round's content", aRound, (j) => (j.seq = 13)],
    ["a time", aRound, (j) => (j.at = "yesterday")],
    ["a seq behind which there is no other", aRound, (j) => (j.seq = 2 ** 53)],
    ["a device's count behind which there is no other", aRound, (j) => (j.round = 1e9 + 1)],
    ["another version's manifest", manifest, (j) => (j.uid = "other")],
    ["a path that climbs", manifest, (j) => (j.files[0].path = "../../etc/passwd")],
    ["an absolute path", manifest, (j) => (j.files[0].path = "/etc/passwd")],
    ["a path twice", manifest, (j) => (j.files[0].path = "b")],
    ["a file that is a folder, too", manifest, (j) => (j.files[0].path = "far/x")],
    ["a SHA-256", manifest, (j) => (j.files[0].sha256 = "AB".repeat(32))],
    ["a size", manifest, (j) => (j.files[0].size = 1e300)],
    ["a pack that isn't there", manifest, (j) => (j.files[1].pack = [1, 0])],
    ["bytes behind the end of their pack", manifest, (j) => (j.files[1].pack = [0, 2044])],
    ["a place that is none", manifest, (j) => (j.files[1].pack = [0])],
    ["a pack in a folder", manifest, (j) => (j.packs[0].path = "a/pack.tar")],
    ["a pack where a file is", manifest, (j) => (j.packs[0].path = "c")],
    ["a reference without a scheme", manifest, (j) => (j.references[0].ref = "x y")],
    ["another artifact's snapshot", snapshot, (j) => (j.name = "other")],
    ["an id for two versions", snapshot, (j) => (j.versions[1].uid = "a")],
    ["a twin's id for a version", snapshot, (j) => (j.versions[1].uid = "x")],
    ["a number for two versions", snapshot, (j) => (j.versions[1].number = 0)],
    ["a number that wasn't given out", snapshot, (j) => (j.lastNumber = 1)],
    ["a number where none was given out", snapshot, (j) => (j.lastNumber = null)],
    [
      "a number behind which there are none left",
      snapshot,
      (j) => (j.versions[1].number = j.lastNumber = 1e15 - 1),
    ],
    ["a last number far from all", snapshot, (j) => (j.lastNumber = 5_000_000)],
    ["an alias on a version in the trash", snapshot, (j) => (j.aliases[1].version = "b")],
    ["an alias on no version of it", snapshot, (j) => (j.aliases[1].version = "q")],
    ["a line from nowhere", snapshot, (j) => (j.edges[0].run = "nobody")],
    ["a line to nowhere", snapshot, (j) => (j.edges[0].version = "nothing")],
    ["a derivation from nowhere", snapshot, (j) => (j.derivations[0].parent = "nothing")],
    [
      "a run of another month",
      (c) => snapshot(c, "runs/2026-01"),
      (j) => (j.runs[0].startedAt = minute(1e6)),
    ],
    [
      "a run of another project",
      (c) => snapshot(c, "runs/2026-01"),
      (j) => (j.runs[0].project = "p"),
    ],
    ["no list of runs", (c) => snapshot(c, "runs/2026-01"), (j) => delete j.runs],
  ])("%s is refused", (_, read, change) => {
    expect(() => read(() => undefined)).not.toThrow();
    expect(() => read(change)).toThrow(
      expect.objectContaining({
        code: "invalid_remote",
        data: expect.objectContaining({ remote: REMOTE }),
      }),
    );
  });

  describe("in a round", () => {
    const opsOf = ({ projects }: ReturnType<typeof readRound>) =>
      [...projects.values()].flatMap((ops) => ops);

    test.each<[string, Change]>([
      ["a kind that is none", (j) => (j.ops[0].op.kind = 7)],
      ["a change without its fields", (j) => delete j.ops[4].op.version.digest],
      ["an artifact's name", (j) => (j.ops[1].op.name = "a/b")],
      ["a type", (j) => (j.ops[1].op.type = "")],
      ["a keep rule that takes all", (j) => (j.ops[1].op.keep.lastN = 0)],
      ["a reserved alias", (j) => (j.ops[8].op.alias = "latest")],
      ["a number between two", (j) => (j.ops[3].op.number = 1.5)],
      ["a number that none has", (j) => (j.ops[3].op.number = 1e15)],
      ["metadata that is no object", (j) => (j.ops[4].op.version.metadata = [])],
      ["metadata without an end", (j) => (j.ops[4].op.version.metadata = deep(40))],
      ["a tag", (j) => (j.ops[5].op.details.tags = ["<b>"])],
      ["a run's state", (j) => (j.ops[9].op.run.state = "melted")],
      ["a field that no run has", (j) => (j.ops[9].op.changed = ["uid"])],
      ["a run of another project", (j) => (j.ops[9].op.run.project = "other")],
    ])("[S7] a change with %s is left out, and the others count", (_, change) => {
      const round = aRound(change);
      expect(round.refused).toMatchObject([{ project: PROJECT, isNewer: false }]);
      const place = round.refused[0]?.place ?? 0;
      const { projects: _projects, refused: _refused, ...rest } = round;
      expect(ROUND).toMatchObject(rest);
      expect(opsOf(round)).toEqual(
        opsOf({ ...ROUND, refused: [] }).filter((_op, at) => at !== place - 1),
      );
    });

    test.each(["format-disk", "constructor"])(
      "a change of the kind “%s” may be a newer Cairn's, which is told",
      (kind) => {
        const { refused } = aRound((j) => (j.ops[2].op.kind = kind));
        expect(refused).toMatchObject([{ project: PROJECT, place: 3, isNewer: true }]);
      },
    );

    test("a change of a project that none is, is left out as well", () => {
      const { refused } = aRound((j) => (j.ops[0].project = "../x"));
      expect(refused).toMatchObject([{ project: null, place: 1, isNewer: false }]);
    });
  });

  test("the error names the file", () => {
    const problem = (() => {
      try {
        return snapshot((j) => (j.versions[0].pinned = 1));
      } catch (error) {
        return error;
      }
    })();
    expect(isCairnError(problem, "invalid_remote") && problem.data).toEqual({
      remote: REMOTE,
      path: "cairn/projects/digits/artifacts/cnn.json",
      reason: "“versions.0.pinned” is not true or false",
    });
  });

  test("of a newer format it says that a newer Cairn is needed", () => {
    expect(() => index((j) => (j.version = 2))).toThrow("newer Cairn");
  });

  test.each(["", "{", "null", "[]", '"x"', "<html>", "[".repeat(1e5)])(
    "%j is no file of ours",
    (text) => {
      expect(() => readIndex(text.slice(0, 2e5), REMOTE)).toThrow("cairn/index.json");
      const files = new Map([["artifacts/cnn", text]]);
      expect(() => readSnapshot(HEAD, files, REMOTE)).toThrow("artifacts/cnn");
    },
  );

  test("a file that no snapshot has is refused", () => {
    expect(() => readSnapshot(HEAD, new Map([["other/x", "{}"]]), REMOTE)).toThrow("other/x");
  });

  test("fields that a later Cairn may add are left out", () => {
    const added = snapshot((j) => {
      j.mood = "good";
      j.versions[0].mood = { good: true };
      j.aliases[0].moves[0].why = "because";
    });
    expect(added).toEqual(STATE);
  });

  test("an id is another artifact's only once in a project", () => {
    const files = new Map(snapshotFiles(project([{ versions: [version("a", 0)] }])));
    const other = project([{ name: "mlp" as ArtifactName, versions: [version("a", 0)] }]);
    for (const [file, text] of snapshotFiles(other)) files.set(file, text);
    expect(() => readSnapshot(HEAD, files, REMOTE)).toThrow("names two versions");
  });
});
