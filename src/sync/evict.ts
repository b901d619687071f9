// Gives up local bytes that a remote was just seen to have; whoever needs them fetches them again [S2 U5].
import { DigestSet } from "../core/digest-set.ts";
import { CairnError } from "../core/errors.ts";
import type { EvictPlan, EvictScope } from "../protocol/sync-api.ts";
import type { Ctx } from "../service/context.ts";
import { mutate } from "../service/journal.ts";
import {
  committedIngests,
  SWEEP_STORES,
  sweepPacks,
  sweepQuarantine,
} from "../service/trash/collect.ts";
import { rewritePack } from "../service/trash/rewrite-pack.ts";
import { withRead, withWrite } from "../store/transaction.ts";
import type { SyncCtx } from "./context.ts";
import type { Meter } from "./meter.ts";
import { findEvictable, keptBytes, PLAN_STORES, type Evictable } from "./plan-evict.ts";
import { verifyThere } from "./verify-there.ts";
import { nameOf, projectOf } from "./versions-in.ts";

/** What {@link evict} would free if the remotes have what they are known to have. Asks no hub. Throws `not_found`, `in_trash`. */
export async function planEvict({ db }: Pick<Ctx, "db">, scope: EvictScope): Promise<EvictPlan> {
  const { blobs, kept } = await withRead(db, [...PLAN_STORES], (tx) => findEvictable(tx, scope));
  return { freedBytes: sum(blobs.values()), files: blobs.size, kept };
}

/**
 * Frees the bytes of a scope that remotes have: each blob only after a remote said, now, that it has
 * the file, and while no version, trash entry or draft needs the copy here. Verified first and freed in
 * one transaction that looks again, so nothing can come to need a blob in between.
 *
 * @returns what was freed and what stays
 * @throws CairnError `only_copy` when no remote has any of it, `not_found`, `in_trash`, `hub_failed`, `digest_mismatch`,
 *   `aborted`, storage errors
 */
export async function evict(
  sync: SyncCtx,
  scope: EvictScope,
  meter: Meter,
  signal: AbortSignal,
): Promise<EvictPlan> {
  meter.step("checking", { files: 0, bytes: 0 });
  const { blobs, held, kept } = await withRead(sync.db, [...PLAN_STORES], (tx) =>
    findEvictable(tx, scope),
  );
  const there =
    blobs.size === 0 ? new DigestSet() : await verifyThere(sync, held, blobs, meter, signal);
  if (there.size === 0) {
    const isKeptHere = kept.some(({ why }) => why === "kept-here");
    if (blobs.size > 0 || (!isKeptHere && kept.some(({ why }) => why === "not-there")))
      throw new CairnError("only_copy", { name: nameOf(scope) });
    return { freedBytes: 0, files: 0, kept };
  }
  return free(sync, scope, there, signal);
}

async function free(
  ctx: Ctx,
  scope: EvictScope,
  there: DigestSet,
  signal: AbortSignal,
): Promise<EvictPlan> {
  const stores = [...new Set([...PLAN_STORES, ...SWEEP_STORES])];
  const swept = await withWrite(
    ctx.db,
    stores,
    async (tx) => {
      const found = await findEvictable(tx, scope);
      const { plan, going } = split(found, there);
      const corrupt = await sweepQuarantine(tx, going);
      const committed = await committedIngests(tx);
      return { plan, ...(await sweepPacks(tx, committed, going, corrupt)) };
    },
    signal,
  );
  let { freedBytes } = swept;
  // Cut short, collecting goes on with these.
  for (const key of swept.holed) freedBytes += await rewritePack(ctx.db, key);
  ctx.letBlobsGo();
  await mutate(ctx, [], projectOf(scope), async (_tx, journal) =>
    journal.record("bytes-freed", nameOf(scope), null, { freedBytes }),
  );
  return swept.plan;
}

/** What goes: what can, and was seen there. */
function split(
  { blobs, kept }: Evictable,
  there: DigestSet,
): { readonly plan: EvictPlan; readonly going: DigestSet } {
  const going = new DigestSet();
  let freedBytes = 0;
  for (const [digest, size] of blobs) {
    if (!there.has(digest)) continue;
    going.add(digest);
    freedBytes += size;
  }
  const bytesKept = (why: EvictPlan["kept"][number]["why"]): number =>
    kept.find((row) => row.why === why)?.bytes ?? 0;
  const unseen = sum(blobs.values()) - freedBytes;
  return {
    going,
    plan: {
      freedBytes,
      files: going.size,
      kept: keptBytes({
        notThere: bytesKept("not-there") + unseen,
        usedElsewhere: bytesKept("used-elsewhere"),
        keptHere: bytesKept("kept-here"),
      }),
    },
  };
}

function sum(sizes: Iterable<number>): number {
  let bytes = 0;
  for (const size of sizes) bytes += size;
  return bytes;
}
