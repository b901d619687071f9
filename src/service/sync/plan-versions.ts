// What becomes of an artifact's version rows when the tables take over a merge's state [S3].
import { CairnError } from "../../core/errors.ts";
import type {
  ArtifactUid,
  DeletedVersionRecord,
  VersionDetails,
  VersionRecord,
  VersionUid,
} from "../../core/records.ts";
import { isSameJson } from "../../core/sync/same.ts";
import type {
  DeviceId,
  SharedArtifact,
  SharedDelete,
  SharedVersion,
} from "../../core/sync/shared.ts";
import { twinsOf } from "../../core/sync/twins.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import type { ArtifactRows } from "./read-rows.ts";

/** Where a version's row is: `gone` ones are tombstones. */
export type RowState = "live" | "in_trash" | "gone";
export type AnyRow = VersionRecord | DeletedVersionRecord;

/** A row that is written, over the one that was there. */
export interface VersionChange {
  readonly was: { readonly row: AnyRow; readonly state: RowState } | null;
  readonly row: AnyRow;
  readonly state: RowState;
  /** As the merge has it. */
  readonly shared: SharedVersion;
}

/** A version that became another one's twin: its row goes. */
export interface Absorption {
  readonly row: AnyRow;
  readonly state: RowState;
  readonly into: SharedVersion;
}

export interface VersionPlan {
  readonly changes: readonly VersionChange[];
  readonly absorbed: readonly Absorption[];
}

/**
 * Compares the rows of an artifact with what they shall be.
 *
 * @param isFixed whether all devices agree on a version's number
 * @throws CairnError `invalid_remote` where a version of here would get other content, or go;
 *   `internal` where two versions have one number
 */
export function planVersions(
  rows: ArtifactRows | undefined,
  artifact: ArtifactUid,
  after: SharedArtifact,
  device: DeviceId,
  isFixed: (uid: VersionUid) => boolean,
): VersionPlan {
  checkNumbers(after);
  const changes: VersionChange[] = [];
  for (const shared of after.versions.values()) {
    const was = findRow(rows, shared.uid);
    if (was !== null) checkContent(after, was.row, shared);
    const fixed = isFixed(shared.uid);
    if (was === null || !isAsShared(was.row, was.state, shared, device, fixed))
      changes.push({
        was,
        row: rowOf(was?.row, artifact, shared, device, fixed),
        state: stateOf(shared.deleted),
        shared,
      });
  }
  return { changes, absorbed: absorbedOf(rows, after) };
}

/** What an event, or a row, says of a version in words. */
export function detailsOf({ description, metadata, tags, pinned }: VersionDetails): VersionDetails {
  return { description, metadata, tags, pinned };
}

function absorbedOf(rows: ArtifactRows | undefined, after: SharedArtifact): readonly Absorption[] {
  const lost = [...(rows?.live.values() ?? []), ...(rows?.deleted.values() ?? [])].filter(
    ({ uid }) => !after.versions.has(uid),
  );
  if (lost.length === 0) return [];
  const twins = twinsOf(after);
  return lost.flatMap((row) => {
    const into = after.versions.get(twins.get(row.uid) ?? row.uid);
    const was = findRow(rows, row.uid);
    if (was === null) return [];
    if (into === undefined) throw invalid(after, row, "it is not in what the repository says");
    checkContent(after, row, into);
    return [{ ...was, into }];
  });
}

/** A merge never changes content: else whoever can write to the repository could take versions away here [V3 S3]. */
function checkContent(artifact: SharedArtifact, row: AnyRow, { digest }: SharedVersion): void {
  if (row.digest === digest) return;
  throw invalid(artifact, row, "under its id the repository has other content");
}

function invalid({ name }: SharedArtifact, { number }: AnyRow, reason: string): CairnError {
  const path = `${name}:${formatVersion(number)}`;
  return new CairnError("invalid_remote", { remote: "the repository", path, reason });
}

function findRow(rows: ArtifactRows | undefined, uid: VersionUid): VersionChange["was"] {
  const live = rows?.live.get(uid);
  if (live !== undefined) return { row: live, state: "live" };
  const deleted = rows?.deleted.get(uid);
  if (deleted === undefined) return null;
  return { row: deleted, state: deleted.trash === undefined ? "gone" : "in_trash" };
}

function stateOf(deleted: SharedDelete | null): RowState {
  if (deleted === null) return "live";
  return deleted.trash === null ? "gone" : "in_trash";
}

/** What is said of a version goes when it is purged [D1]. */
const BLANK: Omit<VersionDetails, "pinned"> = { description: "", metadata: {}, tags: [] };

/** The row of a version. Its content is what it was: nobody changes that of one that is here. */
function rowOf(
  was: AnyRow | undefined,
  artifact: ArtifactUid,
  shared: SharedVersion,
  device: DeviceId,
  fixed: boolean,
): AnyRow {
  const { uid, number, digest, sizeBytes, fileCount, newBytes } = was ?? shared;
  const { createdAt, by, twins, deleted } = shared;
  const isFixed = fixed || was?.isFixed === true;
  const row: VersionRecord = {
    uid,
    artifact,
    number,
    digest,
    sizeBytes,
    fileCount,
    newBytes,
    ...detailsOf(shared),
    ...(stateOf(deleted) === "gone" && BLANK),
    createdAt,
    ...(isFixed && { isFixed }),
    ...(twins.length > 0 && { twins }),
    ...(by !== device && { by }),
  };
  return deleted === null
    ? { ...row, number: shared.number }
    : { ...row, number: shared.number, ...deletedFields(deleted, device) };
}

function deletedFields(
  { at, trash, aliases, by }: SharedDelete,
  device: DeviceId,
): Pick<DeletedVersionRecord, "deletedAt" | "trash" | "aliases" | "deletedBy"> {
  return {
    deletedAt: at,
    aliases: trash === null ? [] : aliases,
    ...(trash !== null && { trash }),
    ...(by !== device && { deletedBy: by }),
  };
}

function isAsShared(
  row: AnyRow,
  state: RowState,
  shared: SharedVersion,
  device: DeviceId,
  fixed: boolean,
): boolean {
  const { number, createdAt, by, twins, deleted } = shared;
  return (
    row.number === number &&
    state === stateOf(deleted) &&
    (row.by ?? device) === by &&
    row.createdAt === createdAt &&
    (!fixed || row.isFixed === true) &&
    isSameJson(row.twins ?? [], twins) &&
    hasDetails(row, state === "gone" ? { ...shared, ...BLANK } : shared) &&
    (deleted === null || isDeletedAs(row as DeletedVersionRecord, deleted, device))
  );
}

function hasDetails(
  row: VersionDetails,
  { description, metadata, tags, pinned }: VersionDetails,
): boolean {
  return (
    row.description === description &&
    row.pinned === pinned &&
    isSameJson(row.tags, tags) &&
    isSameJson(row.metadata, metadata)
  );
}

function isDeletedAs(row: DeletedVersionRecord, deleted: SharedDelete, device: DeviceId): boolean {
  const { deletedAt, trash, aliases, deletedBy } = row;
  const told = deletedFields(deleted, device);
  return (
    deletedAt === told.deletedAt &&
    trash === told.trash &&
    deletedBy === told.deletedBy &&
    isSameJson(aliases, told.aliases)
  );
}

/** A second version with a number would overwrite the first. */
function checkNumbers({ name, versions }: SharedArtifact): void {
  const seen = new Set<VersionNumber>();
  for (const { number } of versions.values()) {
    if (seen.has(number)) {
      const reason = `two versions of ${name} would be ${formatVersion(number)}`;
      throw new CairnError("internal", { reason });
    }
    seen.add(number);
  }
}
