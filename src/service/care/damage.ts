// Which versions a damaged blob hurts, and what is known to be damaged.
import type { Digest } from "../../core/digest.ts";
import { filesOf, type Manifest } from "../../core/manifest.ts";
import type { ArtifactUid, VersionRef, VersionUid } from "../../core/records.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { Damage } from "../../protocol/care-api.ts";
import type { Problem } from "../../core/errors.ts";
import { findElsewhere } from "../../store/elsewhere.ts";
import { findPackKey } from "../../store/packs.ts";
import type { Database } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { mismatch } from "./check-pack.ts";

/** Parts of manifests read at once, 10,000 rows each. */
const PARTS = 4;

/** A blob that is not as it should be. */
export interface Ill {
  readonly sizeBytes: number;
  readonly problem: Damage["problem"];
}

/** Where a manifest needs a blob first. */
export interface Need {
  readonly path: string;
  readonly sizeBytes: number;
}

/** By manifest, then by blob. */
export type Needs = ReadonlyMap<Digest, ReadonlyMap<Digest, Need>>;
type Hurt = Damage["hurts"][number];

/** Every blob known to be damaged: those in quarantine. */
export async function listDamage(db: Database): Promise<readonly Damage[]> {
  const rows = await withRead(db, ["quarantine"], (tx) => tx.objectStore("quarantine").getAll());
  const ill = new Map<Digest, Ill>(
    rows.map(({ digest, sizeBytes }) => [digest, { sizeBytes, problem: mismatch(digest) }]),
  );
  return damageOf(db, ill);
}

/** Finds whom ill blobs hurt. */
export async function damageOf(
  db: Database,
  ill: ReadonlyMap<Digest, Ill>,
  signal?: AbortSignal,
): Promise<readonly Damage[]> {
  if (ill.size === 0) return [];
  const { needs } = await searchManifests(db, (digest) => ill.has(digest), signal);
  return describeDamage(db, ill, needs);
}

/** Goes through all manifests once for blobs that a question picks out. */
export async function searchManifests(
  db: Database,
  isWanted: (digest: Digest) => boolean,
  signal?: AbortSignal,
): Promise<{ readonly needs: Needs; readonly references: number }> {
  const needs = new Map<Digest, Map<Digest, Need>>();
  let references = 0;
  for await (const [manifest, part] of manifestParts(db)) {
    signal?.throwIfAborted();
    references += part.refs?.length ?? 0;
    for (const { digest, path, size } of filesOf(part)) {
      if (!isWanted(digest)) continue;
      const found = needs.get(manifest) ?? new Map<Digest, Need>();
      needs.set(manifest, found);
      if (!found.has(digest)) found.set(digest, { path, sizeBytes: size });
    }
  }
  return { needs, references };
}

/** Puts together what is ill and whom it hurts: live versions, and those in the trash. */
export async function describeDamage(
  db: Database,
  ill: ReadonlyMap<Digest, Ill>,
  needs: Needs,
): Promise<readonly Damage[]> {
  const hurts = new Map<Digest, Hurt[]>();
  for (const [manifest, versions] of await versionsByManifest(db, [...needs.keys()]))
    for (const [digest, { path }] of needs.get(manifest) ?? [])
      if (ill.has(digest))
        hurts.set(digest, [
          ...(hurts.get(digest) ?? []),
          ...versions.map((version) => ({ ...version, path })),
        ]);
  return [...ill].map(([digest, { sizeBytes, problem }]) => {
    const hurt = (hurts.get(digest) ?? []).toSorted(byName);
    return { digest, sizeBytes, problem: withPath(problem, hurt[0]?.path ?? null), hurts: hurt };
  });
}

/**
 * Of blobs that had no pack, adds those that still have none to the ill: known as corrupt, or gone.
 * One that a remote holds is neither.
 *
 * @returns those that a remote holds
 */
export async function addMissing(
  { db, remote }: Pick<Ctx, "db" | "remote">,
  suspects: ReadonlyMap<Digest, Need>,
  ill: Map<Digest, Ill>,
): Promise<ReadonlyMap<Digest, Need>> {
  const elsewhere = new Map<Digest, Need>();
  const gone = new Map<Digest, Need>();
  await withRead(db, ["packs", "ingests", "quarantine", "remoteFiles"], async (tx) => {
    const there = await findElsewhere(tx, [...suspects.keys()]);
    for (const [digest, need] of suspects) {
      if ((await findPackKey(tx, digest)) !== undefined) continue;
      if ((await tx.objectStore("quarantine").getKey(digest)) !== undefined)
        ill.set(digest, { sizeBytes: need.sizeBytes, problem: mismatch(digest) });
      else if (there.has(digest)) elsewhere.set(digest, need);
      else gone.set(digest, need);
    }
  });
  for (const [digest, { path, sizeBytes }] of gone) {
    const lastKnown = (await remote?.lastKnown(digest)) ?? null;
    ill.set(digest, { sizeBytes, problem: missing(digest, path, lastKnown) });
  }
  return elsewhere;
}

/** The problem of a blob that is not here. */
export function missing(
  digest: Digest,
  path: string | null,
  lastKnown: string | null,
): Problem<"blob_missing"> {
  return { code: "blob_missing", data: { digest, path, lastKnown } };
}

function withPath(problem: Damage["problem"], path: string | null): Damage["problem"] {
  switch (problem.code) {
    case "digest_mismatch":
      return { code: problem.code, data: { ...problem.data, path } };
    case "blob_missing":
      return { code: problem.code, data: { ...problem.data, path } };
    case "storage_failed":
      return problem;
  }
}

function byName(a: VersionRef, b: VersionRef): number {
  if (a.project !== b.project) return a.project < b.project ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.number - b.number;
}

async function* manifestParts(db: Database): AsyncGenerator<readonly [Digest, Manifest]> {
  let range: IDBKeyRange | null = null;
  for (;;) {
    const { keys, parts } = await withRead(db, ["manifests"], async (tx) => ({
      keys: await tx.objectStore("manifests").getAllKeys(range, PARTS),
      parts: await tx.objectStore("manifests").getAll(range, PARTS),
    }));
    for (const [i, [digest]] of keys.entries()) {
      const part = parts[i];
      if (part !== undefined) yield [digest, part];
    }
    const last = keys.at(-1);
    if (last === undefined) return;
    range = IDBKeyRange.lowerBound([...last], true);
  }
}

type VersionTx = ReadTx<"versions" | "deletedVersions" | "artifacts">;

async function versionsByManifest(
  db: Database,
  manifests: readonly Digest[],
): Promise<ReadonlyMap<Digest, readonly VersionRef[]>> {
  const found = new Map<Digest, VersionRef[]>();
  if (manifests.length === 0) return found;
  await withRead(db, ["versions", "deletedVersions", "artifacts"], async (tx) => {
    const add = async (digest: Digest, uid: ArtifactUid, number: VersionNumber): Promise<void> => {
      const artifact = await tx.objectStore("artifacts").get(uid);
      if (artifact === undefined) return;
      const { project, name } = artifact;
      found.set(digest, [...(found.get(digest) ?? []), { project, name, number }]);
    };
    for (const digest of manifests)
      for (const version of await tx.objectStore("versions").index("byManifest").getAll(digest))
        await add(digest, version.artifact, version.number);
    const wanted = new Set(manifests);
    for (const uid of await trashedUids(tx)) {
      const version = await tx.objectStore("deletedVersions").get(uid);
      if (version !== undefined && wanted.has(version.digest))
        await add(version.digest, version.artifact, version.number);
    }
  });
  return found;
}

/** Versions in the trash; the index has no tombstones. */
function trashedUids(tx: VersionTx): Promise<readonly VersionUid[]> {
  return tx.objectStore("deletedVersions").index("byTrash").getAllKeys(IDBKeyRange.lowerBound(""));
}
