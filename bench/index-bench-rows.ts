// An index of 100,000 versions, written straight into the store: no bytes, no events.
import type { Digest } from "../src/core/digest.ts";
import { manifestOf, type Manifest } from "../src/core/manifest.ts";
import {
  LATEST,
  type Alias,
  type ArtifactName,
  type ArtifactType,
  type ProjectName,
} from "../src/core/names.ts";
import type {
  ArtifactRecord,
  ArtifactUid,
  EdgeRecord,
  RunRecord,
  RunUid,
  VersionRecord,
  VersionUid,
} from "../src/core/records.ts";
import type { LogicalPath } from "../src/core/path.ts";
import type { Tag } from "../src/core/tags.ts";
import type { VersionNumber } from "../src/core/version.ts";
import type { Database } from "../src/store/schema.ts";
import { withWrite } from "../src/store/transaction.ts";

export const ARTIFACTS = 1_000;
export const VERSIONS_EACH = 100;
export const VERSIONS = ARTIFACTS * VERSIONS_EACH;
export const RUNS = 20_000;
/** Versions that a thousand runs each used, as datasets are. */
export const HUBS = 20;
export const PROJECT = "bench" as ProjectName;
export const ALIASES = ["best", "production", "staging"].map((alias) => alias as Alias);

/** Artifacts that are worked on at one time. */
const TOGETHER = 20;
/** Versions that the artifacts worked on at one time get, before the next have their time. */
const ERA = TOGETHER * VERSIONS_EACH;
const BATCH = 5_000;
const AT = "2026-11-21T10:00:00.000Z";

/** The name of an artifact by its place. */
export function nameOf(artifact: number): ArtifactName {
  return `model-${String(artifact).padStart(4, "0")}` as ArtifactName;
}

/** The same numbers each time, from 0 to below 1. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Writes the whole index. */
export async function writeIndex(db: Database): Promise<void> {
  await inBatches(ARTIFACTS, (from, to) =>
    withWrite(db, ["projects", "artifacts", "aliases"], async (tx) => {
      await tx.objectStore("projects").put(projectRow());
      for (let i = from; i < to; i++) {
        await tx.objectStore("artifacts").put(artifactRow(i));
        await Promise.all(
          [...ALIASES, LATEST].map((alias, k) =>
            tx.objectStore("aliases").put({
              artifact: artifactUid(i),
              alias,
              number: (VERSIONS_EACH - 4 + k) as VersionNumber,
              movedAt: AT,
            }),
          ),
        );
      }
    }),
  );
  const random = createRandom(7);
  await inBatches(VERSIONS, (from, to) =>
    withWrite(db, ["versions", "manifests"], (tx) =>
      Promise.all(
        range(from, to).flatMap((i) => {
          const version = versionRow(i, random);
          return [
            tx.objectStore("versions").put(version),
            tx.objectStore("manifests").put(manifestRow(i, random), [version.digest, 0]),
          ];
        }),
      ),
    ),
  );
  await inBatches(RUNS, (from, to) =>
    withWrite(db, ["runs", "edges"], (tx) =>
      Promise.all(
        range(from, to).flatMap((i) => [
          tx.objectStore("runs").put(runRow(i)),
          ...edgesOf(i, random).map((edge) => tx.objectStore("edges").put(edge)),
        ]),
      ),
    ),
  );
}

async function inBatches(
  count: number,
  write: (from: number, to: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < count; from += BATCH) await write(from, Math.min(count, from + BATCH));
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** An id as long as a ULID that rises with `n`. */
function uid(kind: string, n: number): string {
  return `01KBENCH${kind}${String(n).padStart(17, "0")}`;
}

function artifactUid(artifact: number): ArtifactUid {
  return uid("A", artifact) as ArtifactUid;
}

function versionUid(place: number): VersionUid {
  return uid("V", place) as VersionUid;
}

function projectRow() {
  return {
    name: PROJECT,
    createdAt: AT,
    updatedAt: AT,
    artifactCount: ARTIFACTS,
    versionCount: VERSIONS,
    sizeBytes: VERSIONS * 1_000,
    deletedAt: null,
  };
}

function artifactRow(artifact: number): ArtifactRecord {
  return {
    uid: artifactUid(artifact),
    project: PROJECT,
    name: nameOf(artifact),
    type: "model" as ArtifactType,
    createdAt: AT,
    updatedAt: AT,
    lastNumber: (VERSIONS_EACH - 1) as VersionNumber,
    versionCount: VERSIONS_EACH,
    sizeBytes: VERSIONS_EACH * 1_000,
    tags: artifact % 10 === 0 ? ["vision" as Tag] : [],
    keep: null,
  };
}

/** A digest that nothing has. */
function anyDigest(random: () => number): Digest {
  const hex = Array.from({ length: 8 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
  return `blake3:${hex}` as Digest;
}

/** The artifact that got the version logged at a place in time. */
function artifactAt(place: number): number {
  return Math.floor(place / ERA) * TOGETHER + (place % TOGETHER);
}

/** Three files: one that all versions of the artifact share, one at the same path each time, one at a path of its own. */
function manifestRow(place: number, random: () => number): Manifest {
  const file = (path: string, digest: Digest) => ({ path: path as LogicalPath, digest, size: 300 });
  const shared = anyDigest(createRandom(artifactAt(place) + 1));
  return manifestOf([
    file("config.json", shared),
    file("metrics/eval.json", anyDigest(random)),
    file(`checkpoints/epoch-${String(place).padStart(6, "0")}.safetensors`, anyDigest(random)),
  ]);
}

/** The version logged at a place in time: twenty artifacts take turns until each has its hundred, then the next. */
function versionRow(place: number, random: () => number): VersionRecord {
  return {
    uid: versionUid(place),
    artifact: artifactUid(artifactAt(place)),
    number: Math.floor((place % ERA) / TOGETHER) as VersionNumber,
    digest: anyDigest(random),
    sizeBytes: 1_000,
    fileCount: 3,
    newBytes: 400,
    description: "",
    metadata: { epoch: place, loss: random(), optimizer: "adam" },
    tags: tagsOf(place),
    pinned: false,
    createdAt: AT,
  };
}

/** Two in a hundred are reviewed, and each third of those is a release. */
function tagsOf(place: number): readonly Tag[] {
  if (place % 50 !== 0) return [];
  return place % 150 === 0 ? ["release" as Tag, "reviewed" as Tag] : ["reviewed" as Tag];
}

function runRow(run: number): RunRecord {
  return {
    uid: uid("R", run) as RunUid,
    project: PROJECT,
    name: `brisk-heron-${run}`,
    config: { lr: 0.001, epochs: 10, seed: run },
    state: "finished",
    startedAt: AT,
    endedAt: AT,
    deletedAt: null,
  };
}

/** Three outputs, an input from not long before, and one of the hubs. */
function edgesOf(run: number, random: () => number): readonly EdgeRecord[] {
  const first = run * (VERSIONS / RUNS);
  const recent = Math.max(0, first - 5 * Math.ceil(random() * 100));
  const edge = (place: number, direction: EdgeRecord["direction"]): EdgeRecord => ({
    run: uid("R", run) as RunUid,
    version: versionUid(place),
    direction,
    createdAt: AT,
  });
  return [
    edge(first, "output"),
    edge(first + 1, "output"),
    edge(first + 2, "output"),
    edge(recent, "input"),
    edge(run % HUBS, "input"),
  ];
}
