// What a delete would touch and free, told before it is done [D2].
import type { Digest } from "../../core/digest.ts";
import { DigestSet } from "../../core/digest-set.ts";
import { LATEST } from "../../core/names.ts";
import { filesOf } from "../../core/manifest.ts";
import type {
  RunUid,
  TrashUid,
  VersionRecord,
  VersionRef,
  VersionUid,
} from "../../core/records.ts";
import type { DeleteImpact, DeleteTarget, Freed } from "../../protocol/trash-api.ts";
import { getManifest } from "../../store/artifacts.ts";
import { findStored } from "../../store/packs.ts";
import {
  manifestsInUse,
  NOTHING,
  REACH_STORES,
  subtractReachable,
  type Except,
} from "../../store/reach.ts";
import type { Database, StoreName } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import { READER_STORES } from "../browse/registry-reader.ts";
import type { Ctx } from "../context.ts";
import { linksOf } from "./links.ts";
import { findLosses, type Loss } from "./target.ts";

/** Names listed; more are only counted. */
const LISTED = 50;

const FREED_STORES = [
  ...REACH_STORES,
  "packs",
  "ingests",
  "quarantine",
  "remoteFiles",
] as const satisfies StoreName[];
type FreedTx = ReadTx<(typeof FREED_STORES)[number]>;

/** Everything a person should know before deleting. Throws `not_found`. */
export function planDelete(ctx: Ctx, target: DeleteTarget): Promise<DeleteImpact> {
  const stores = [
    ...FREED_STORES,
    "projects",
    "artifacts",
    "aliases",
    "runs",
    "edges",
    "derivations",
    ...READER_STORES,
  ] as const;
  return withRead(ctx.db, [...stores], async (tx) => {
    const losses = await findLosses(tx, target);
    const versions = losses.flatMap((loss) => loss.versions);
    const uids = new Set(versions.map(({ uid }) => uid));
    const consumers = await findConsumers(tx, uids);
    const derived = await findDerived(tx, uids);
    return {
      versions: versions.length,
      sizeBytes: versions.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      aliases: losses.flatMap((loss) =>
        loss.aliases.map(({ alias, number }) => ({ ...refOf(loss, number), alias })),
      ),
      latestMoves: await findLatestMoves(tx, losses),
      links: await linksOf(ctx, tx, losses),
      consumers: { items: consumers.slice(0, LISTED), count: consumers.length },
      derived: { items: derived.slice(0, LISTED), count: derived.length },
      freedBytes: await unreachedBytes(tx, versions, { ...NOTHING, versions: uids }),
    };
  });
}

/** What emptying these trash entries, or all of them, would free. */
export function planEmpty(db: Database, entries: readonly TrashUid[] | null): Promise<Freed> {
  return withRead(db, [...FREED_STORES], async (tx) => {
    const trash = new Set(entries ?? (await tx.objectStore("trash").getAllKeys()));
    const versions: VersionRecord[] = [];
    for (const uid of trash)
      versions.push(...(await tx.objectStore("deletedVersions").index("byTrash").getAll(uid)));
    const freedBytes = await unreachedBytes(tx, versions, { ...NOTHING, trash });
    return { versions: versions.length, freedBytes };
  });
}

/** Bytes here of the versions' blobs that nothing else reaches. */
async function unreachedBytes(
  tx: FreedTx,
  versions: readonly VersionRecord[],
  except: Except,
): Promise<number> {
  const own = new Set(versions.map(({ digest }) => digest));
  const used = await manifestsInUse(tx, except);
  const sizes = new Map<Digest, number>();
  const candidates = new DigestSet();
  for (const manifest of own) {
    // Its blobs are all reached, by whatever holds the same manifest.
    if (used.has(manifest)) continue;
    for (const { digest, size } of filesOf(await getManifest(tx, manifest))) {
      candidates.add(digest);
      sizes.set(digest, size);
    }
  }
  await subtractReachable(tx, candidates, used);
  let bytes = 0;
  for (const digest of await heldHere(tx, [...candidates])) bytes += sizes.get(digest) ?? 0;
  return bytes;
}

/** Those of the blobs whose bytes take room here: where a remote holds blobs, others may be only there. */
async function heldHere(tx: FreedTx, digests: readonly Digest[]): Promise<Iterable<Digest>> {
  if ((await tx.objectStore("remoteFiles").count()) === 0) return digests;
  const quarantine = tx.objectStore("quarantine");
  const corrupt = await Promise.all(digests.map((digest) => quarantine.getKey(digest)));
  const stored = await findStored(tx, digests);
  return digests.filter((digest, i) => corrupt[i] !== undefined || stored.has(digest));
}

async function findConsumers(
  tx: ReadTx<"edges" | "runs">,
  versions: ReadonlySet<VersionUid>,
): Promise<string[]> {
  const runs = new Set<RunUid>();
  for (const uid of versions)
    for (const { run } of await tx
      .objectStore("edges")
      .index("byVersionDirection")
      .getAll([uid, "input"]))
      runs.add(run);
  const names: string[] = [];
  for (const uid of runs) {
    const run = await tx.objectStore("runs").get(uid);
    if (run !== undefined && run.deletedAt === null) names.push(`${run.project}/${run.name}`);
  }
  return names;
}

/** Live versions outside the delete that were derived from versions in it. */
async function findDerived(
  tx: ReadTx<"derivations" | "versions" | "artifacts">,
  versions: ReadonlySet<VersionUid>,
): Promise<VersionRef[]> {
  const found: VersionRef[] = [];
  for (const uid of versions)
    for (const { child } of await tx.objectStore("derivations").index("byParent").getAll(uid)) {
      if (versions.has(child)) continue;
      const version = await tx.objectStore("versions").index("byUid").get(child);
      const artifact =
        version === undefined ? undefined : await tx.objectStore("artifacts").get(version.artifact);
      if (version !== undefined && artifact !== undefined)
        found.push({ project: artifact.project, name: artifact.name, number: version.number });
    }
  return found;
}

async function findLatestMoves(
  tx: ReadTx<"aliases">,
  losses: readonly Loss[],
): Promise<DeleteImpact["latestMoves"]> {
  const moves: DeleteImpact["latestMoves"][number][] = [];
  for (const { artifact, stays } of losses) {
    const latest = await tx.objectStore("aliases").get([artifact.uid, LATEST]);
    if (latest !== undefined && stays !== null && latest.number !== stays.number)
      moves.push({ name: artifact.name, from: latest.number, to: stays.number });
  }
  return moves;
}

function refOf({ artifact }: Loss, number: VersionRef["number"]): VersionRef {
  return { project: artifact.project, name: artifact.name, number };
}
