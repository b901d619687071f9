// Mark and sweep: frees every byte that no version, trash entry or draft reaches [D3].
import type { Digest } from "../../core/digest.ts";
import { DigestSet } from "../../core/digest-set.ts";
import type { IngestUid } from "../../core/records.ts";
import { addTotals } from "../../store/counters.ts";
import { eachBatch } from "../../store/batches.ts";
import { deletePack } from "../../store/packs.ts";
import { manifestsInUse, NOTHING, subtractReachable } from "../../store/reach.ts";
import type { PackKey, PackRecord, StoreName } from "../../store/schema.ts";
import { withWrite, type WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { mutate } from "../journal.ts";
import { rewritePack } from "./rewrite-pack.ts";

export const SWEEP_STORES = [
  "versions",
  "deletedVersions",
  "trash",
  "pins",
  "manifests",
  "checks",
  "sha256s",
  "ingests",
  "packs",
  "packBytes",
  "quarantine",
  "totals",
] as const satisfies StoreName[];
type SweepTx = WriteTx<(typeof SWEEP_STORES)[number]>;

/**
 * Frees what nothing reaches, and answers how many bytes. Mark and sweep are one transaction, so no
 * draft in any tab can begin to build on a blob between them; closing the holes that are left in
 * packs of small files follows pack by pack, and goes on at the next collecting if it is cut short.
 */
export async function collect(ctx: Ctx): Promise<number> {
  const swept = await withWrite(ctx.db, [...SWEEP_STORES], sweep);
  let freedBytes = swept.freedBytes;
  for (const key of swept.holed) freedBytes += await rewritePack(ctx.db, key);
  if (freedBytes === 0) return 0;
  ctx.letBlobsGo();
  await mutate(ctx, [], "", async (_tx, journal) =>
    journal.record("bytes-freed", "", null, { freedBytes }),
  );
  return freedBytes;
}

interface Swept {
  readonly freedBytes: number;
  /** Packs that keep some of their blobs. */
  readonly holed: readonly PackKey[];
}

async function sweep(tx: SweepTx): Promise<Swept> {
  const used = await manifestsInUse(tx, NOTHING);
  const committed = await committedIngests(tx);
  const dead = new DigestSet();
  for await (const { keys, values } of eachBatch(tx, "packs"))
    values.forEach(({ digests }, i) => {
      if (isIn(committed, keys[i])) for (const digest of digests) dead.add(digest);
    });
  for (const digest of await tx.objectStore("quarantine").getAllKeys()) dead.add(digest);
  // Also of blobs whose bytes are only elsewhere.
  for (const digest of await tx.objectStore("sha256s").getAllKeys()) dead.add(digest);
  await subtractReachable(tx, dead, used);
  await forgetManifests(tx, used);
  for (const digest of dead) await tx.objectStore("sha256s").delete(digest);
  return sweepPacks(tx, committed, dead, await sweepQuarantine(tx, dead));
}

/** Takes dead blobs out of their packs, and a blob that lies in two out of the second. */
export async function sweepPacks(
  tx: SweepTx,
  committed: ReadonlySet<IngestUid>,
  dead: DigestSet,
  corrupt: CorruptBytes,
): Promise<Swept> {
  const seen = new DigestSet();
  const holed: PackKey[] = [];
  const emptied = new Set<IngestUid>();
  let freedBytes = 0;
  for await (const { keys, values } of eachBatch(tx, "packs"))
    for (const [i, pack] of values.entries()) {
      const key = keys[i];
      if (key === undefined || !isIn(committed, key)) continue;
      const rest = withoutDead(pack, dead, seen, corrupt.freed.get(nameOf(key)) ?? 0);
      const holeBytes = rest.holeBytes ?? 0;
      if (rest.digests.length === 0 && !corrupt.kept.has(nameOf(key))) {
        await deletePack(tx, key);
        emptied.add(key[0]);
        freedBytes += holeBytes;
      } else if (holeBytes > 0) {
        await tx.objectStore("packs").put(rest, [...key]);
        holed.push(key);
      }
    }
  for (const uid of emptied) await forgetIngest(tx, uid);
  await addTotals(tx, { versions: 0, sizeBytes: 0, storedBytes: -freedBytes });
  return { freedBytes, holed };
}

/** A pack without its dead blobs, and without those that an earlier pack holds too. */
function withoutDead(
  pack: PackRecord,
  dead: DigestSet,
  seen: DigestSet,
  freedCorruptBytes: number,
): PackRecord {
  const stays = pack.digests.map((digest) => !dead.has(digest) && !seen.has(digest));
  for (const digest of pack.digests) seen.add(digest);
  const keep = <T>(column: readonly T[]): T[] => column.filter((_, i) => stays[i]);
  const deadBytes = pack.sizes.reduce((sum, size, i) => sum + (stays[i] === true ? 0 : size), 0);
  const holeBytes = (pack.holeBytes ?? 0) + deadBytes + freedCorruptBytes;
  return {
    digests: keep(pack.digests),
    offsets: keep(pack.offsets),
    sizes: keep(pack.sizes),
    parts: pack.parts,
    ...(holeBytes > 0 && { holeBytes }),
  };
}

/** Corrupt bytes by pack: those still missed by a version stay, for whatever can be saved of them. */
interface CorruptBytes {
  readonly kept: ReadonlySet<string>;
  readonly freed: ReadonlyMap<string, number>;
}

export async function sweepQuarantine(tx: SweepTx, dead: DigestSet): Promise<CorruptBytes> {
  const kept = new Set<string>();
  const freed = new Map<string, number>();
  for (const { digest, pack, sizeBytes } of await tx.objectStore("quarantine").getAll()) {
    const name = nameOf(pack);
    if (!dead.has(digest)) kept.add(name);
    else {
      await tx.objectStore("quarantine").delete(digest);
      freed.set(name, (freed.get(name) ?? 0) + sizeBytes);
    }
  }
  return { kept, freed };
}

async function forgetManifests(tx: SweepTx, used: ReadonlySet<Digest>): Promise<void> {
  const all = new Set((await tx.objectStore("manifests").getAllKeys()).map(([digest]) => digest));
  for (const digest of all) {
    if (used.has(digest)) continue;
    await tx.objectStore("manifests").delete(IDBKeyRange.bound([digest], [digest, []]));
    await tx.objectStore("checks").delete(digest);
  }
}

/** Forgets an ingest once the last of its packs is gone. */
async function forgetIngest(tx: SweepTx, uid: IngestUid): Promise<void> {
  const range = IDBKeyRange.bound([uid], [uid, []]);
  if ((await tx.objectStore("packs").getKey(range)) === undefined)
    await tx.objectStore("ingests").delete(uid);
}

export async function committedIngests(tx: SweepTx): Promise<ReadonlySet<IngestUid>> {
  const ingests = await tx.objectStore("ingests").getAll();
  return new Set(ingests.filter(({ state }) => state === "committed").map(({ uid }) => uid));
}

function isIn(ingests: ReadonlySet<IngestUid>, key: PackKey | undefined): boolean {
  return key !== undefined && ingests.has(key[0]);
}

function nameOf([ingest, pack]: PackKey): string {
  return `${ingest} ${pack}`;
}
