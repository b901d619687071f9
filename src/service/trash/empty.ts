// Deletes for good: entries leave the trash as tombstones, then their bytes are freed [D1 D3].
import { CairnError } from "../../core/errors.ts";
import type {
  ArtifactUid,
  DeletedVersionRecord,
  TrashRecord,
  TrashUid,
} from "../../core/records.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { Freed } from "../../protocol/trash-api.ts";
import type { Database } from "../../store/schema.ts";
import { trashDays } from "../../store/settings.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { mutate, subjectOf } from "../journal.ts";
import { collect } from "./collect.ts";

const DAY_MS = 86_400_000;
const TRASH_DAYS_MAX = 3650;

/** Empties these entries, or the whole trash, and frees their bytes. */
export async function emptyTrash(ctx: Ctx, entries: readonly TrashUid[] | null): Promise<Freed> {
  const chosen =
    entries ?? (await withRead(ctx.db, ["trash"], (tx) => tx.objectStore("trash").getAllKeys()));
  let versions = 0;
  for (const uid of chosen) versions += await purge(ctx, uid);
  return { versions, freedBytes: await collect(ctx) };
}

/** Empties what has lain in the trash for longer than it keeps. */
export async function emptyExpired(ctx: Ctx): Promise<Freed> {
  const before = new Date(Date.parse(ctx.now()) - (await trashDays(ctx.db)) * DAY_MS).toISOString();
  const all = await withRead(ctx.db, ["trash"], (tx) => tx.objectStore("trash").getAll());
  const expired = all.filter(({ deletedAt }) => deletedAt < before).map(({ uid }) => uid);
  return expired.length === 0 ? { versions: 0, freedBytes: 0 } : emptyTrash(ctx, expired);
}

/** What lies in the trash, newest first. */
export async function listTrash(db: Database): Promise<readonly TrashRecord[]> {
  const all = await withRead(db, ["trash"], (tx) => tx.objectStore("trash").getAll());
  return all.toSorted((a, b) => (a.deletedAt < b.deletedAt ? 1 : -1));
}

/** Sets how long the trash keeps. Throws `invalid_text`, `changed_since`. */
export async function setTrashDays(ctx: Ctx, days: number, expected?: number): Promise<void> {
  if (!Number.isSafeInteger(days) || days < 1 || days > TRASH_DAYS_MAX)
    throw new CairnError("invalid_text", {
      field: "number of days",
      reason: `it must be a whole number from 1 to ${TRASH_DAYS_MAX}`,
    });
  const before = await trashDays(ctx.db);
  if (expected !== undefined && before !== expected)
    throw new CairnError("changed_since", { what: "setting", name: "days of the trash" });
  if (before === days) return;
  await mutate(ctx, ["settings"], "", async (tx, journal) => {
    await tx.objectStore("settings").put(days, "trashDays");
    journal.record("setting-changed", "trashDays", before, days);
  });
}

/** Turns one entry's versions into tombstones. Answers how many; none when it was emptied already. */
async function purge(ctx: Ctx, trash: TrashUid): Promise<number> {
  return mutate(ctx, ["artifacts", "deletedVersions", "trash"], "", async (tx, journal) => {
    await tx.objectStore("trash").delete(trash);
    const deleted = await tx.objectStore("deletedVersions").index("byTrash").getAll(trash);
    const numbers = new Map<ArtifactUid, VersionNumber[]>();
    for (const version of deleted) {
      await tx.objectStore("deletedVersions").put(tombstoneOf(version));
      numbers.set(version.artifact, [...(numbers.get(version.artifact) ?? []), version.number]);
    }
    for (const [uid, gone] of numbers) {
      const artifact = await tx.objectStore("artifacts").get(uid);
      if (artifact !== undefined)
        journal.record("versions-purged", subjectOf(artifact), null, {
          trash,
          numbers: gone.toSorted((a, b) => a - b),
        });
    }
    return deleted.length;
  });
}

/** What is left of a version: that it was there, for its number and its lineage. */
function tombstoneOf(deleted: DeletedVersionRecord): DeletedVersionRecord {
  const { trash: _trash, ...version } = deleted;
  return { ...version, description: "", metadata: {}, tags: [], aliases: [] };
}
