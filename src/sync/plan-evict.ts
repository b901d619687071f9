// Which local bytes may be given up: those that every version which needs them can have from a remote [S2].
import { DigestSet } from "../core/digest-set.ts";
import type { Digest } from "../core/digest.ts";
import { filesOf } from "../core/manifest.ts";
import type { ArtifactUid, VersionRecord, VersionUid } from "../core/records.ts";
import type { EvictPlan, EvictScope } from "../protocol/sync-api.ts";
import { eachBatch } from "../store/batches.ts";
import { getManifest } from "../store/artifacts.ts";
import { REACH_STORES, subtractReachable } from "../store/reach.ts";
import type { StoreName } from "../store/schema.ts";
import type { ReadTx } from "../store/transaction.ts";
import { heldVersions } from "./remote-files.ts";
import { storedAmong } from "../store/stored.ts";
import { projectOf, versionsIn, type VersionIn } from "./versions-in.ts";

export const PLAN_STORES = [
  "artifacts",
  ...REACH_STORES,
  "packs",
  "ingests",
  "remotes",
  "remoteFiles",
] as const satisfies StoreName[];
type PlanTx = ReadTx<(typeof PLAN_STORES)[number]>;

/** What could be given up, before any remote was asked. */
export interface Evictable {
  /** Sizes of the blobs. */
  readonly blobs: ReadonlyMap<Digest, number>;
  /** The scope's versions that remotes hold. */
  readonly held: readonly VersionIn[];
  readonly kept: EvictPlan["kept"];
}

/** Looks at every version, the trash and every draft: what one of them has from here alone stays. */
export async function findEvictable(tx: PlanTx, scope: EvictScope): Promise<Evictable> {
  const inScope = await versionsIn(tx, scope);
  const uids = await heldVersions(tx);
  const held = inScope.filter(({ version }) => uids.has(version.uid));
  const inManifests = new DigestSet();
  for (const manifest of new Set(inScope.map(({ version }) => version.digest)))
    for (const file of filesOf(await getManifest(tx, manifest)))
      if (file.size > 0) inManifests.add(file.digest);
  const stored = await storedAmong(tx, inManifests);
  const candidates = new DigestSet();
  for (const digest of stored.keys()) candidates.add(digest);
  const before = bytesOf(candidates, stored);
  const notThere = inScope.filter(({ version }) => !uids.has(version.uid));
  for (const manifest of new Set(notThere.map(({ version }) => version.digest)))
    candidates.deleteRows((await getManifest(tx, manifest)).digests);
  const there = bytesOf(candidates, stored);
  const keptHere = await projectsKeptHere(tx);
  if (keptHere.has(projectOf(scope)))
    return {
      blobs: new Map(),
      held,
      kept: keptBytes({ notThere: before - there, keptHere: there }),
    };
  await subtractReachable(tx, candidates, await needed(tx, uids, keptHere));
  const blobs = new Map([...candidates].map((digest) => [digest, stored.get(digest) ?? 0]));
  const left = bytesOf(candidates, stored);
  return {
    blobs,
    held,
    kept: keptBytes({ notThere: before - there, usedElsewhere: there - left }),
  };
}

/** Says what stays, and why; nothing of what is none. */
export function keptBytes({
  notThere = 0,
  usedElsewhere = 0,
  keptHere = 0,
}: {
  readonly notThere?: number;
  readonly usedElsewhere?: number;
  readonly keptHere?: number;
}): EvictPlan["kept"] {
  const kept = [
    { why: "not-there", bytes: notThere },
    { why: "used-elsewhere", bytes: usedElsewhere },
    { why: "kept-here", bytes: keptHere },
  ] as const;
  return kept.filter(({ bytes }) => bytes > 0);
}

/** Manifests of whose versions no remote holds the files, or that shall be here anyhow, or are in use by a draft. */
async function needed(
  tx: PlanTx,
  held: ReadonlySet<VersionUid>,
  keptHere: ReadonlySet<string>,
): Promise<ReadonlySet<Digest>> {
  const shallBeHere = await artifactsIn(tx, keptHere);
  const isNeeded = ({ uid, artifact }: VersionRecord): boolean =>
    !held.has(uid) || shallBeHere.has(artifact);
  const manifests = new Set<Digest>();
  for await (const { values } of eachBatch(tx, "versions"))
    for (const version of values) if (isNeeded(version)) manifests.add(version.digest);
  for await (const { values } of eachBatch(tx, "deletedVersions"))
    for (const version of values)
      if (version.trash !== undefined && isNeeded(version)) manifests.add(version.digest);
  for (const { manifest } of await tx.objectStore("pins").getAll())
    if (manifest !== null) manifests.add(manifest);
  return manifests;
}

/** Projects whose bytes a person wants all here: what was freed of one would come back with the next round. */
async function projectsKeptHere(tx: PlanTx): Promise<ReadonlySet<string>> {
  const remotes = await tx.objectStore("remotes").getAll();
  return new Set(
    remotes.flatMap(({ scope }) =>
      scope.projects.filter(({ keepLocal }) => keepLocal).map(({ name }) => name),
    ),
  );
}

async function artifactsIn(
  tx: PlanTx,
  projects: ReadonlySet<string>,
): Promise<ReadonlySet<ArtifactUid>> {
  const artifacts = projects.size === 0 ? [] : await tx.objectStore("artifacts").getAll();
  return new Set(artifacts.filter((row) => projects.has(row.project)).map(({ uid }) => uid));
}

function bytesOf(digests: DigestSet, sizes: ReadonlyMap<Digest, number>): number {
  let bytes = 0;
  for (const digest of digests) bytes += sizes.get(digest) ?? 0;
  return bytes;
}
