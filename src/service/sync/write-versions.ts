// Writes an artifact's version rows as a merge has them, with the events that tell of it [S3 S5].
import { CairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { Manifest } from "../../core/manifest.ts";
import { LATEST } from "../../core/names.ts";
import type { ArtifactRecord, DeletedVersionRecord, VersionRecord } from "../../core/records.ts";
import { differingFields, pick } from "../../core/sync/same.ts";
import type { DeviceId } from "../../core/sync/shared.ts";
import type { VersionNumber } from "../../core/version.ts";
import { putNewManifest } from "../../store/artifacts.ts";
import { takenOf } from "../../store/taken.ts";
import type { WriteTx } from "../../store/transaction.ts";
import { subjectOf } from "../journal.ts";
import { detailsOf, type AnyRow, type VersionChange, type VersionPlan } from "./plan-versions.ts";
import type { ArtifactRows } from "./read-rows.ts";
import type { SyncJournal } from "./sync-journal.ts";

type RowTx = WriteTx<"versions" | "deletedVersions">;

/**
 * Refuses versions that come under the id of one that is here in another place: their rows would take its.
 *
 * @throws CairnError `invalid_remote`
 */
export async function checkForeign(
  tx: RowTx,
  artifact: Pick<ArtifactRecord, "project" | "name">,
  { changes }: VersionPlan,
): Promise<void> {
  const added = changes.filter(({ was }) => was === null).map(({ row }) => row);
  const uids = added.map(({ uid }) => uid);
  const [live, deleted] = await Promise.all([
    takenOf(tx.objectStore("versions").index("byUid"), uids),
    takenOf(tx.objectStore("deletedVersions"), uids),
  ]);
  const taken = added.find(({ uid }) => live.has(uid) || deleted.has(uid));
  if (taken === undefined) return;
  const path = subjectOf(artifact, taken.number);
  const reason = "it has the id of another version that is in this browser";
  throw new CairnError("invalid_remote", { remote: "the repository", path, reason });
}

/** Takes out the rows that move or go, then puts those that come: numbers may change hands. */
export async function putVersions(tx: RowTx, { changes, absorbed }: VersionPlan): Promise<void> {
  const leaving = [
    ...absorbed,
    ...changes.flatMap(({ was, row, state }) =>
      was !== null && (was.state !== state || was.row.number !== row.number) ? [was] : [],
    ),
  ];
  await Promise.all(
    leaving.map(({ row: { artifact, number, uid }, state }) =>
      state === "live"
        ? tx.objectStore("versions").delete([artifact, number])
        : tx.objectStore("deletedVersions").delete(uid),
    ),
  );
  await Promise.all(changes.map(({ row }) => putRow(tx, row)));
}

function putRow(tx: RowTx, row: AnyRow): Promise<unknown> {
  return isDeleted(row)
    ? tx.objectStore("deletedVersions").put(row)
    : tx.objectStore("versions").put(row);
}

function isDeleted(row: VersionRecord | DeletedVersionRecord): row is DeletedVersionRecord {
  return "deletedAt" in row;
}

/**
 * Keeps the manifests of versions that come. Tombstones need none.
 *
 * @throws CairnError `not_found` for a manifest that is neither here nor given
 */
export async function putManifests(
  tx: WriteTx<"manifests">,
  { changes }: VersionPlan,
  manifests: ReadonlyMap<Digest, Manifest>,
): Promise<void> {
  const coming = changes.filter(
    ({ was, state }) => state !== "gone" && (was === null || was.state === "gone"),
  );
  await Promise.all(
    Array.from(new Set(coming.map(({ row }) => row.digest)), async (digest) => {
      const manifest = manifests.get(digest);
      // It was missing when it was asked for.
      if (manifest !== undefined) await putNewManifest(tx, digest, manifest);
      else if ((await tx.objectStore("manifests").getKey([digest, 0])) === undefined)
        throw new CairnError("not_found", { what: "manifest", name: digest });
    }),
  );
}

/** Says what became of the versions, in an order in which it can be replayed [E4]. */
export function tellVersions(
  journal: SyncJournal,
  artifact: Pick<ArtifactRecord, "project" | "name">,
  rows: ArtifactRows | undefined,
  plan: VersionPlan,
  latest: VersionNumber | null,
): void {
  tellNumbers(journal, artifact, plan, latest);
  const sorted = plan.changes.toSorted((a, b) => a.row.number - b.row.number);
  for (const change of sorted) if (change.was === null) tellLogged(journal, artifact, change);
  const goes = sorted.filter(({ was, row, state }) =>
    state === "live" ? false : was === null || was.state === "live" || isElsewhere(was.row, row),
  );
  for (const [by, trash, group] of byDelete(goes))
    journal.record(by, {
      kind: "versions-deleted",
      subject: subjectOf(artifact),
      before: null,
      after: { trash, numbers: numbersOf(group), aliases: aliasesOn(rows, group), latest },
    });
  for (const [by, trash, group] of byDelete(
    sorted.filter(({ was, state }) => state === "gone" && was?.state !== "gone"),
  ))
    journal.record(by, {
      kind: "versions-purged",
      subject: subjectOf(artifact),
      before: null,
      after: { trash, numbers: numbersOf(group) },
    });
  const back = sorted.filter(
    ({ was, state }) => state === "live" && was !== null && was.state !== "live",
  );
  if (back.length > 0)
    journal.record(null, {
      kind: "versions-restored",
      subject: subjectOf(artifact),
      before: null,
      after: { numbers: numbersOf(back), aliases: {}, latest },
    });
  for (const change of sorted) tellEdited(journal, artifact, change);
}

/** What became one, then which numbers were given anew: also that of what became another's twin. */
function tellNumbers(
  journal: SyncJournal,
  artifact: Pick<ArtifactRecord, "project" | "name">,
  { changes, absorbed }: VersionPlan,
  latest: VersionNumber | null,
): void {
  const subject = subjectOf(artifact);
  for (const { row, into } of absorbed)
    journal.record(null, {
      kind: "version-absorbed",
      subject,
      before: null,
      after: { numbers: [into.number], was: [row.number], uid: row.uid, into: into.uid },
    });
  const moved = [
    ...absorbed.map(({ row, into }) => [row.number, into.number] as const),
    ...changes.flatMap(({ was, row }) =>
      was === null ? [] : [[was.row.number, row.number] as const],
    ),
  ].filter(([was, number]) => was !== number);
  if (moved.length === 0) return;
  const sorted = moved.toSorted(([a], [b]) => a - b);
  journal.record(null, {
    kind: "version-renumbered",
    subject,
    before: null,
    after: { numbers: sorted.map(([, now]) => now), was: sorted.map(([was]) => was), latest },
  });
}

function tellLogged(
  journal: SyncJournal,
  artifact: Pick<ArtifactRecord, "project" | "name">,
  { row, shared }: VersionChange,
): void {
  const { uid, digest, sizeBytes, fileCount, createdAt, number } = row;
  journal.record(shared.by, {
    kind: "version-logged",
    subject: subjectOf(artifact, number),
    before: null,
    after: { uid, digest, sizeBytes, fileCount, createdAt, ...detailsOf(row) },
  });
}

/** Purging takes away what was said of a version; all else that changed of that is an edit. */
function tellEdited(
  journal: SyncJournal,
  artifact: Pick<ArtifactRecord, "project" | "name">,
  { was, row, state }: VersionChange,
): void {
  if (was === null) return;
  const [before, after] = [detailsOf(was.row), detailsOf(row)];
  const fields = differingFields(before, after, DETAILS).filter(
    (field) => state !== "gone" || field === "pinned",
  );
  if (fields.length === 0) return;
  journal.record(null, {
    kind: "version-edited",
    subject: subjectOf(artifact, row.number),
    before: pick(before, fields) as JsonObject,
    after: pick(after, fields) as JsonObject,
  });
}

const DETAILS = ["description", "metadata", "tags", "pinned"] as const;

function isElsewhere(was: AnyRow, row: AnyRow): boolean {
  return isDeleted(row) && row.trash !== undefined && (!isDeleted(was) || was.trash !== row.trash);
}

/** Groups of what one delete took. */
function byDelete(
  changes: readonly VersionChange[],
): readonly (readonly [DeviceId | null, string, readonly VersionChange[]])[] {
  const groups = new Map<string, [DeviceId | null, string, VersionChange[]]>();
  for (const change of changes) {
    const { by = null, trash = null } = change.shared.deleted ?? {};
    const key = `${by} ${trash}`;
    const group = groups.get(key) ?? [by, trash ?? "", []];
    group[2].push(change);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function numbersOf(changes: readonly VersionChange[]): readonly VersionNumber[] {
  return changes.map(({ row }) => row.number);
}

/** The custom aliases that were on versions which go. */
function aliasesOn(rows: ArtifactRows | undefined, group: readonly VersionChange[]): JsonObject {
  const going = new Map(
    group.flatMap(({ was, row }) => (was === null ? [] : [[was.row.number, row.number] as const])),
  );
  const held: [string, Json][] = [];
  for (const [alias, { number }] of rows?.aliases ?? []) {
    const now = going.get(number);
    if (alias !== LATEST && now !== undefined) held.push([alias, now]);
  }
  return Object.fromEntries(held);
}
