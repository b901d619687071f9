import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../../src/core/errors.ts";
import { entriesOf } from "../../../src/core/manifest.ts";
import type { ArtifactName, ProjectName } from "../../../src/core/names.ts";
import type { RegistryName, RegistryUid } from "../../../src/core/registry/records.ts";
import {
  formatIndex,
  formatRemoteManifest,
  formatRound,
  manifestOfRemote,
  readIndex,
  readRemoteManifest,
  readRound,
} from "../../../src/core/sync/file-texts.ts";
import type {
  RemoteIndex,
  RemoteManifest,
  RoundFile,
  RoundUid,
} from "../../../src/core/sync/files.ts";
import { manifestPath, roundPath } from "../../../src/core/sync/layout.ts";
import type { SharedOp } from "../../../src/core/sync/ops.ts";
import { readSnapshot, snapshotFiles, stateText } from "../../../src/core/sync/snapshot.ts";
import type { Tag } from "../../../src/core/tags.ts";
import { digest } from "../arbitraries.ts";
import {
  ANN,
  BO,
  CNN,
  derivation,
  digestOf,
  edge,
  minute,
  moved,
  number,
  PROD,
  PROJECT,
  project,
  run,
  trashed,
  version,
  versionUid,
} from "./world.ts";

const REMOTE = "the dataset ada/models";
const round = "01J0ROUND" as RoundUid;

const INDEX: RemoteIndex = {
  seq: 7,
  devices: new Map([
    [ANN, { name: "Ada · Chrome on Linux", rounds: 4, last: round, lastAt: minute(4) }],
    [BO, { name: "", rounds: 3, last: round, lastAt: minute(3) }],
  ]),
  projects: new Map([
    [
      PROJECT,
      {
        createdAt: minute(0),
        deletedAt: null,
        files: new Map([
          ["artifacts/cnn", digestOf(1)],
          ["runs/2026-01", digestOf(2)],
        ]),
      },
    ],
    ["empty" as ProjectName, { createdAt: minute(0), deletedAt: minute(1), files: new Map() }],
  ]),
  registries: new Map([
    [
      "REG" as RegistryUid,
      { name: "models" as RegistryName, events: 2, head: digestOf(3), parts: [digestOf(4)] },
    ],
  ]),
};

const name = CNN;
/** One of each kind, with all that it can have. */
const OPS: { readonly [Kind in SharedOp["kind"]]: Extract<SharedOp, { kind: Kind }> } = {
  project: { kind: "project", createdAt: minute(0), deletedAt: null },
  artifact: {
    kind: "artifact",
    name,
    type: "model" as never,
    createdAt: minute(0),
    tags: ["a b" as Tag],
    keep: { lastN: 3, olderThanDays: null },
  },
  "artifact-edited": { kind: "artifact-edited", name, keep: null },
  reserve: { kind: "reserve", name, uid: versionUid("a"), number: number(3) },
  version: {
    kind: "version",
    name,
    version: version("a", 3, { metadata: { b: [1, { c: null }], a: "ä" } }),
    apart: [versionUid("x")],
  },
  "version-edited": { kind: "version-edited", name, uid: versionUid("a"), details: { tags: [] } },
  "version-deleted": {
    kind: "version-deleted",
    name,
    uid: versionUid("a"),
    deleted: trashed(null, [PROD]),
    emptied: "t" as never,
  },
  "version-restored": { kind: "version-restored", name, version: version("a", 3) },
  alias: { kind: "alias", name, alias: PROD, move: moved(null, 4) },
  run: { kind: "run", run: run("r", { config: { lr: 0.1 } }), changed: ["config"] },
  "edge-added": {
    kind: "edge-added",
    name,
    edge: edge("r", "a", {
      via: {
        registry: "REG" as RegistryUid,
        registryName: "models" as RegistryName,
        collection: "best" as never,
        number: number(1),
      },
    }),
  },
  "edge-removed": { kind: "edge-removed", name, edge: edge("r", "a") },
  "derivation-added": { kind: "derivation-added", name, derivation: derivation("a", "b") },
  "derivation-removed": { kind: "derivation-removed", name, derivation: derivation("a", "b") },
};

const ROUND: RoundFile = {
  seq: 12,
  uid: round,
  device: ANN,
  deviceName: "Ada",
  round: 3,
  at: minute(9),
  projects: new Map<ProjectName, readonly SharedOp[]>([
    [PROJECT, Object.values(OPS)],
    ["z" as ProjectName, [OPS.project]],
  ]),
  registries: ["REG" as RegistryUid],
};
const ROUND_PATH = roundPath(ROUND, false);

const SHA = "ab".repeat(32);
const MANIFEST: RemoteManifest = {
  project: PROJECT,
  name,
  number: number(3),
  uid: versionUid("a"),
  digest: digestOf(5),
  files: [
    { path: "a/ä.bin", size: 7, digest: digestOf(6), sha256: SHA },
    { path: "b", size: 5, digest: digestOf(7), sha256: SHA, pack: [0, 512] },
    { path: "c", size: 0, digest: digestOf(8), sha256: SHA },
  ],
  references: [{ path: "far", ref: "s3://x/y", digest: "etag", size: 9 }],
  packs: [{ path: "pack-0000.tar", size: 2048, sha256: SHA }],
};
const MANIFEST_PATH = manifestPath(PROJECT, CNN, versionUid("a"), true);

const STATE = project(
  [
    {
      versions: [
        version("a", 0, { twins: [versionUid("x")], metadata: { z: 1, a: { c: [], b: "“" } } }),
        version("b", 1, { deleted: trashed("t", [PROD]) }),
      ],
      aliases: { prod: [moved("a", 1)], best: [moved("a", 1), moved(null, 2)] },
      edges: [edge("r", "a"), edge("q", "b", { direction: "input" })],
      derivations: [derivation("a", "b"), derivation("a", "far", "other/x:v1")],
      reserved: { y: 2 },
    },
    { name: "empty", fields: { keep: { lastN: 2, olderThanDays: 7 } } },
  ],
  [run("r"), run("q", { startedAt: "2025-12-31T23:00:00.000Z" })],
);
const HEAD = { name: PROJECT, createdAt: minute(0), deletedAt: null };

describe("what is written is what is read", () => {
  test("the index", () => {
    expect(readIndex(formatIndex(INDEX), REMOTE)).toEqual(INDEX);
  });

  test("a round with every kind of change", () => {
    expect(readRound(formatRound(ROUND), ROUND_PATH, REMOTE)).toEqual(ROUND);
    expect(readRound(formatRound(ROUND), roundPath(ROUND, true), REMOTE)).toEqual(ROUND);
  });

  test("a manifest", () => {
    const read = readRemoteManifest(formatRemoteManifest(MANIFEST), MANIFEST_PATH, REMOTE);
    expect(read).toEqual(MANIFEST);
    expect([...entriesOf(manifestOfRemote(read))]).toEqual([
      { path: "a/ä.bin", size: 7, digest: digestOf(6) },
      { path: "b", size: 5, digest: digestOf(7) },
      { path: "c", size: 0, digest: digestOf(8) },
      { path: "far", ref: "s3://x/y", digest: "etag", size: 9 },
    ]);
  });

  test("a project", () => {
    const files = snapshotFiles(STATE);
    expect([...files.keys()]).toEqual([
      "artifacts/cnn",
      "artifacts/empty",
      "runs/2025-12",
      "runs/2026-01",
    ]);
    expect(readSnapshot(HEAD, files, REMOTE)).toEqual(STATE);
  });

  test("any metadata", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })),
        digest,
        (metadata, of) => {
          const given = project([
            { versions: [version("a", 0, { metadata: metadata as never, digest: of })] },
          ]);
          const read = readSnapshot(HEAD, snapshotFiles(given), REMOTE);
          expect(stateText(read)).toBe(stateText(given));
          expect(
            JSON.parse(
              JSON.stringify(read.artifacts.get(CNN)?.versions.get(versionUid("a"))?.metadata),
            ),
          ).toEqual(JSON.parse(JSON.stringify(metadata)));
        },
      ),
    );
  });
});

describe("texts", () => {
  test("equal states have equal ones, in whatever order they were made", () => {
    const turned = project(
      [...STATE.artifacts.values()].toReversed().map((each) => ({
        ...each,
        versions: new Map([...each.versions].toReversed()),
        aliases: new Map([...each.aliases].toReversed()),
        edges: new Map([...each.edges].toReversed()),
        derivations: new Map([...each.derivations].toReversed()),
      })),
      [...STATE.runs.values()].toReversed(),
    );
    expect(stateText(turned)).toBe(stateText(STATE));
    expect([...snapshotFiles(turned)]).toEqual([...snapshotFiles(STATE)]);
  });

  test("one more version is one more line, and the comma before it", () => {
    const one = project([{ versions: [version("a", 0)] }]);
    const two = project([{ versions: [version("a", 0), version("b", 1)] }]);
    const [before, after] = [one, two].map(
      (state) => new Set(snapshotFiles(state).get("artifacts/cnn")?.split("\n")),
    );
    expect([...(after ?? [])].filter((line) => before?.has(line) !== true)).toHaveLength(3);
  });

  test("they end in one line end, and say what they are", () => {
    for (const text of [formatIndex(INDEX), formatRound(ROUND), formatRemoteManifest(MANIFEST)]) {
      expect(text).toMatch(/[^\n]\n$/);
      expect(JSON.parse(text)).toMatchObject({ format: "cairn-sync", version: 1 });
    }
  });
});

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
    ["a kind of change that nobody knows", aRound, (j) => (j.ops[0].op.kind = "format-disk")],
    ["a kind from the prototype", aRound, (j) => (j.ops[0].op.kind = "constructor")],
    ["a change without its fields", aRound, (j) => delete j.ops[4].op.version.digest],
    ["an artifact's name", aRound, (j) => (j.ops[1].op.name = "a/b")],
    ["a type", aRound, (j) => (j.ops[1].op.type = "")],
    ["a keep rule that takes all", aRound, (j) => (j.ops[1].op.keep.lastN = 0)],
    ["a reserved alias", aRound, (j) => (j.ops[8].op.alias = "latest")],
    ["a number between two", aRound, (j) => (j.ops[3].op.number = 1.5)],
    ["a number that none has", aRound, (j) => (j.ops[3].op.number = 1e15)],
    ["metadata that is no object", aRound, (j) => (j.ops[4].op.version.metadata = [])],
    ["metadata without an end", aRound, (j) => (j.ops[4].op.version.metadata = deep(40))],
    ["a tag", aRound, (j) => (j.ops[5].op.details.tags = ["<b>"])],
    ["a run's state", aRound, (j) => (j.ops[9].op.run.state = "melted")],
    ["a field that no run has", aRound, (j) => (j.ops[9].op.changed = ["uid"])],
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
      path: "artifacts/cnn",
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
