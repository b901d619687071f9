// Puts versions into the trash, in one transaction [D1 A5 A6].
import { CairnError } from "../../core/errors.ts";
import { LATEST } from "../../core/names.ts";
import type { RunUid, TrashRecord, TrashUid } from "../../core/records.ts";
import type { Deleted, DeleteTarget } from "../../protocol/trash-api.ts";
import { countVersions } from "../../store/counters.ts";
import type { StoreName } from "../../store/schema.ts";
import { withRead, type WriteTx } from "../../store/transaction.ts";
import { READER_STORES, type ReaderTx } from "../browse/registry-reader.ts";
import type { Ctx } from "../context.ts";
import { journaled, mutate, subjectOf, type Journal } from "../journal.ts";
import { appendAll } from "../registry/append.ts";
import {
  checkUnlinked,
  checkUnprotected,
  linksOf,
  newLinks,
  unlinkIntents,
  type LostLink,
} from "./links.ts";
import { findLosses, getProject, type Loss } from "./target.ts";

export const DELETE_STORES = [
  "projects",
  "artifacts",
  "versions",
  "deletedVersions",
  "aliases",
  "trash",
  "runs",
  "totals",
] as const satisfies StoreName[];
export type DeleteTx = WriteTx<(typeof DELETE_STORES)[number]>;

const ALL_STORES = [...DELETE_STORES, ...READER_STORES] as const;
type AllTx = DeleteTx & ReaderTx;

/** How a delete is meant. */
interface Wish {
  readonly target: DeleteTarget;
  /** The custom aliases that may go too, in a project as `name:alias`; `true` for all [A6]. */
  readonly confirmed: readonly string[] | true;
  /** `rule`: a keep rule takes them [D4]. */
  readonly by: "person" | "rule";
}

/**
 * Deletes what a target means, unless a registry links some of it [G8 P4].
 *
 * @throws CairnError `version_linked`, `protected_held`, `aliases_held`, `not_found`
 */
export function deleteVersions(ctx: Ctx, wish: Wish): Promise<Deleted> {
  return mutate(ctx, ALL_STORES, wish.target.project, (tx, journal) =>
    deleteIn(ctx, tx, journal, wish, []),
  );
}

/**
 * As {@link deleteVersions}, with the links to it [G8]: all of that, or nothing.
 *
 * @throws CairnError `protected_held` [P4], `not_permitted`, `aliases_held`, `not_found`;
 *   `version_linked` by links that were made meanwhile
 */
export async function deleteAndUnlink(ctx: Ctx, wish: Wish): Promise<Deleted> {
  const { target } = wish;
  const { losses, links } = await withRead(ctx.db, [...ALL_STORES], async (tx) => {
    const found = await findLosses(tx, target);
    return { losses: found, links: await linksOf(ctx, tx, found) };
  });
  checkUnprotected(target, links);
  let deleted = null as Deleted | null;
  if (links.length > 0)
    await appendAll(ctx, unlinkIntents(losses, links), {
      stores: [...ALL_STORES, "events"],
      check: async (tx: WriteTx<(typeof ALL_STORES)[number] | "events">) => {
        const written = await journaled(ctx, tx, (_tx, journal) =>
          deleteIn(ctx, tx, journal, wish, links),
        );
        deleted = written.result;
      },
    });
  // Somebody else took the links away meanwhile.
  if (deleted === null) return deleteVersions(ctx, wish);
  ctx.notify({ kind: "changed", project: target.project });
  return deleted;
}

/** @param unlinked links that are taken away in the same transaction */
async function deleteIn(
  ctx: Ctx,
  tx: AllTx,
  journal: Journal,
  { target, confirmed, by }: Wish,
  unlinked: readonly LostLink[],
): Promise<Deleted> {
  const losses = await findLosses(tx, target);
  const links = await linksOf(ctx, tx, losses);
  checkUnprotected(target, links);
  checkUnlinked(target, newLinks(links, unlinked));
  checkAliases(target, losses, confirmed);
  const trash = ctx.newUid<"Trash">();
  for (const loss of losses) await moveToTrash(tx, loss, trash, journal);
  const runs =
    target.kind === "project" ? await closeProject(tx, target.project, trash, journal) : [];
  const record = trashRecord(ctx, target, losses, trash, runs, journal.at);
  const entry: TrashRecord = by === "rule" ? { ...record, byRule: true } : record;
  await tx.objectStore("trash").add(entry);
  return { trash, versions: entry.versionCount };
}

/** Throws `aliases_held` unless every custom alias that would go was confirmed by name [A6]. */
function checkAliases(
  target: DeleteTarget,
  losses: readonly Loss[],
  confirmed: readonly string[] | true,
): void {
  if (confirmed === true) return;
  const isProject = target.kind === "project";
  const held = losses.flatMap(({ artifact, aliases }) =>
    aliases.map(({ alias }) => (isProject ? `${artifact.name}:${alias}` : alias)),
  );
  const open = held.filter((alias) => !confirmed.includes(alias));
  if (open.length > 0)
    throw new CairnError("aliases_held", {
      name: isProject ? target.project : `${target.project}/${target.name}`,
      aliases: open,
    });
}

/** Moves an artifact's versions out of sight, with their aliases; `latest` goes to the highest left [A5]. */
async function moveToTrash(
  tx: DeleteTx,
  { artifact, versions, aliases, stays }: Loss,
  trash: TrashUid,
  journal: Journal,
): Promise<void> {
  const { at } = journal;
  for (const version of versions) {
    const held = aliases.filter(({ number }) => number === version.number);
    await tx.objectStore("deletedVersions").put({
      ...version,
      deletedAt: at,
      trash,
      aliases: held.map(({ alias }) => alias),
    });
    await tx.objectStore("versions").delete([artifact.uid, version.number]);
  }
  for (const { alias } of aliases) await tx.objectStore("aliases").delete([artifact.uid, alias]);
  if (stays === null) await tx.objectStore("aliases").delete([artifact.uid, LATEST]);
  else await setLatest(tx, artifact.uid, stays.number, at);
  const sizeBytes = versions.reduce((sum, version) => sum + version.sizeBytes, 0);
  await countVersions(tx, artifact, { versions: -versions.length, sizeBytes: -sizeBytes }, at);
  journal.record("versions-deleted", subjectOf(artifact), null, {
    trash,
    numbers: versions.map(({ number }) => number),
    aliases: Object.fromEntries(aliases.map(({ alias, number }) => [alias, number])),
    latest: stays?.number ?? null,
  });
}

/** Points `latest` to a version, unless it is there already. */
export async function setLatest(
  tx: WriteTx<"aliases">,
  artifact: Loss["artifact"]["uid"],
  number: Loss["versions"][number]["number"],
  movedAt: string,
): Promise<void> {
  const held = await tx.objectStore("aliases").get([artifact, LATEST]);
  if (held?.number !== number)
    await tx.objectStore("aliases").put({ artifact, alias: LATEST, number, movedAt });
}

/** Marks a project and its runs as deleted. Answers the runs, to be restored with it. */
async function closeProject(
  tx: DeleteTx,
  name: string,
  trash: TrashUid,
  journal: Journal,
): Promise<readonly RunUid[]> {
  const project = await getProject(tx, name);
  await tx.objectStore("projects").put({ ...project, deletedAt: journal.at });
  journal.record("project-deleted", name, null, { trash });
  const range = IDBKeyRange.bound([name], [name, []]);
  const runs = await tx.objectStore("runs").index("byName").getAll(range);
  const open = runs.filter(({ deletedAt }) => deletedAt === null);
  for (const run of open) {
    await tx.objectStore("runs").put({ ...run, deletedAt: journal.at });
    journal.record("run-deleted", `${name}/${run.name}`, null, { uid: run.uid });
  }
  return open.map(({ uid }) => uid);
}

function trashRecord(
  ctx: Ctx,
  target: DeleteTarget,
  losses: readonly Loss[],
  uid: TrashUid,
  runs: readonly RunUid[],
  deletedAt: string,
): TrashRecord {
  const versions = losses.flatMap((loss) => loss.versions);
  return {
    uid,
    kind: target.kind,
    project: target.project as TrashRecord["project"],
    artifact: target.kind === "project" ? null : (losses[0]?.artifact.name ?? null),
    deletedAt,
    actor: ctx.actor,
    versionCount: versions.length,
    sizeBytes: versions.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    numbers: target.kind === "versions" ? versions.map(({ number }) => number) : [],
    runs,
  };
}
