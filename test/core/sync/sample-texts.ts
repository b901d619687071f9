// One of each file of a remote, with everything in it that one can have.
import type { ProjectName } from "../../../src/core/names.ts";
import type { RegistryName, RegistryUid } from "../../../src/core/registry/records.ts";
import type {
  RemoteIndex,
  RemoteManifest,
  RoundFile,
  RoundUid,
} from "../../../src/core/sync/files.ts";
import { manifestPath, roundPath } from "../../../src/core/sync/layout.ts";
import type { SharedOp } from "../../../src/core/sync/ops.ts";
import type { Tag } from "../../../src/core/tags.ts";
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

export const REMOTE = "the dataset ada/models";
const round = "01J0ROUND" as RoundUid;

export const INDEX: RemoteIndex = {
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

export const ROUND: RoundFile = {
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
export const ROUND_PATH = roundPath(ROUND, false);

const SHA = "ab".repeat(32);
export const MANIFEST: RemoteManifest = {
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
export const MANIFEST_PATH = manifestPath(PROJECT, CNN, versionUid("a"), true);

export const STATE = project(
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
export const HEAD = { name: PROJECT, createdAt: minute(0), deletedAt: null };
