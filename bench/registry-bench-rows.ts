// Registries to measure: logs that the service itself signs, over versions written straight into the store.
import type { Digest } from "../src/core/digest.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../src/core/names.ts";
import type {
  ArtifactRecord,
  ArtifactUid,
  VersionRecord,
  VersionRef,
  VersionUid,
} from "../src/core/records.ts";
import type {
  AliasPattern,
  CollectionName,
  LinkSource,
  RegistryAct,
} from "../src/core/registry/records.ts";
import type { Tag } from "../src/core/tags.ts";
import type { VersionNumber } from "../src/core/version.ts";
import type { Ctx } from "../src/service/context.ts";
import { append } from "../src/service/registry/append.ts";
import { withWrite } from "../src/store/transaction.ts";

export const PROJECT = "bench" as ProjectName;
export const COLLECTION = "nets" as CollectionName;
/** Events of each registry; nearly all are links. */
export const SIZES = [1_000, 10_000];
/** Versions each artifact has. */
const EACH = 100;
/** Artifacts that no registry has links to, for links made while measuring. */
const SPARE = 10;
const ARTIFACTS = Math.max(...SIZES) / EACH + SPARE;
/** Aliases in each registry. */
const ALIASES = 50;
/** Acts signed and written at once. */
const BATCH = 1_000;
const TYPE = "model" as ArtifactType;
const AT = "2026-11-21T10:00:00.000Z";

/** The registry with so many events. */
export function registryOf(events: number): string {
  return `models-${events}`;
}

/** How many links it has; what is left makes it, its rules and its aliases. */
export function linksIn(events: number): number {
  return events - ALIASES - 3;
}

/** A version by its place among all. */
export function versionAt(place: number): VersionRef {
  const name = nameOf(Math.floor(place / EACH));
  return { project: PROJECT, name, number: (place % EACH) as VersionNumber };
}

/** Versions without a link, from first to last. */
export function* spareVersions(): Generator<string> {
  for (let place = (ARTIFACTS - SPARE) * EACH; place < ARTIFACTS * EACH; place += 1) {
    const { name, number } = versionAt(place);
    yield `${PROJECT}/${name}:v${number}`;
  }
}

/** Writes the versions, without bytes and events. */
export async function writeVersions({ db }: Ctx): Promise<void> {
  await withWrite(db, ["projects", "artifacts", "versions"], async (tx) => {
    await tx.objectStore("projects").put({
      name: PROJECT,
      createdAt: AT,
      updatedAt: AT,
      artifactCount: ARTIFACTS,
      versionCount: ARTIFACTS * EACH,
      sizeBytes: ARTIFACTS * EACH * 1_000,
      deletedAt: null,
    });
    for (let i = 0; i < ARTIFACTS; i += 1) await tx.objectStore("artifacts").put(artifactRow(i));
    for (let i = 0; i < ARTIFACTS * EACH; i += 1)
      await tx.objectStore("versions").put(versionRow(i));
  });
}

/** Fills a registry until its log has so many events. */
export async function fill(ctx: Ctx, events: number): Promise<void> {
  const acts = actsFor(events);
  for (let start = 0; start < acts.length; start += BATCH)
    await append(ctx, registryOf(events), () => acts.slice(start, start + BATCH));
}

/** What follows the event that makes the registry. */
function actsFor(events: number): readonly RegistryAct[] {
  const links = linksIn(events);
  return [
    { kind: "protection-added", pattern: "prod*" as AliasPattern, condition: null },
    { kind: "collection-created", collection: COLLECTION, type: TYPE, card: "", tags: [] },
    ...Array.from({ length: links }, (_, i): RegistryAct => {
      const number = i as VersionNumber;
      return { kind: "version-linked", collection: COLLECTION, number, source: sourceAt(i) };
    }),
    ...Array.from({ length: ALIASES }, (_, i): RegistryAct => {
      const after = Math.floor((i * links) / ALIASES) as VersionNumber;
      const alias = `${i % 5 === 0 ? "prod" : "best"}-${i}` as Alias;
      const none = { before: null, evidence: null, request: null };
      return { kind: "alias-moved", collection: COLLECTION, alias, after, ...none };
    }),
  ];
}

function nameOf(artifact: number): ArtifactName {
  return `model-${String(artifact).padStart(3, "0")}` as ArtifactName;
}

/** An id as long as a ULID that rises with `n`. */
function uid(kind: string, n: number): string {
  return `01KBENCH${kind}${String(n).padStart(17, "0")}`;
}

function sourceAt(place: number): LinkSource {
  const { uid: version, number, digest, sizeBytes, fileCount } = versionRow(place);
  const { project, name } = versionAt(place);
  return { version, project, name, number, type: TYPE, digest, sizeBytes, fileCount };
}

function artifactRow(artifact: number): ArtifactRecord {
  return {
    uid: uid("A", artifact) as ArtifactUid,
    project: PROJECT,
    name: nameOf(artifact),
    type: TYPE,
    createdAt: AT,
    updatedAt: AT,
    lastNumber: (EACH - 1) as VersionNumber,
    versionCount: EACH,
    sizeBytes: EACH * 1_000,
    tags: [],
    keep: null,
  };
}

function versionRow(place: number): VersionRecord {
  return {
    uid: uid("V", place) as VersionUid,
    artifact: uid("A", Math.floor(place / EACH)) as ArtifactUid,
    number: (place % EACH) as VersionNumber,
    digest: `blake3:${place.toString(16).padStart(64, "0")}` as Digest,
    sizeBytes: 1_000,
    fileCount: 3,
    newBytes: 400,
    description: "Trained overnight.",
    metadata: { epoch: place, loss: 1 / (place + 1), optimizer: "adam", classes: [1, 2, 3] },
    tags: ["reviewed" as Tag],
    pinned: false,
    createdAt: AT,
  };
}
