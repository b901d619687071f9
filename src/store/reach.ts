// Which bytes versions, trash and drafts reach: the mark of mark and sweep [D3].
import type { Digest } from "../core/digest.ts";
import type { DigestSet } from "../core/digest-set.ts";
import type { TrashUid, VersionUid } from "../core/records.ts";
import { eachBatch } from "./batches.ts";
import type { StoreName } from "./schema.ts";
import type { ReadTx } from "./transaction.ts";

/** What is thought away when asking what the rest reaches. */
export interface Except {
  readonly versions: ReadonlySet<VersionUid>;
  readonly trash: ReadonlySet<TrashUid>;
}

export const NOTHING: Except = { versions: new Set(), trash: new Set() };

/** The stores that are read for it. */
export const REACH_STORES = [
  "versions",
  "deletedVersions",
  "trash",
  "pins",
  "manifests",
] as const satisfies StoreName[];
type ReachTx = ReadTx<(typeof REACH_STORES)[number]>;

/** The digests of all manifests that a live version, the trash or a draft holds. */
export async function manifestsInUse(tx: ReachTx, except: Except): Promise<Set<Digest>> {
  const used = new Set<Digest>();
  for await (const { values } of eachBatch(tx, "versions"))
    for (const { uid, digest } of values) if (!except.versions.has(uid)) used.add(digest);
  for (const trash of await tx.objectStore("trash").getAllKeys()) {
    if (except.trash.has(trash)) continue;
    for (const { digest } of await tx.objectStore("deletedVersions").index("byTrash").getAll(trash))
      used.add(digest);
  }
  for (const { manifest } of await tx.objectStore("pins").getAll())
    if (manifest !== null) used.add(manifest);
  return used;
}

/** Takes from `candidates` every blob that these manifests, or drafts' pins, hold. */
export async function subtractReachable(
  tx: ReachTx,
  candidates: DigestSet,
  used: ReadonlySet<Digest>,
): Promise<void> {
  for (const { digests } of await tx.objectStore("pins").getAll())
    for (const digest of digests) candidates.delete(digest);
  for await (const { keys, values } of eachBatch(tx, "manifests")) {
    if (candidates.size === 0) return;
    values.forEach(({ digests }, i) => {
      const [manifest] = keys[i] ?? [];
      if (manifest !== undefined && used.has(manifest)) candidates.deleteRows(digests);
    });
  }
}
