// What this browser knows of the versions that links point to.
import type { VersionRecord, VersionUid } from "../../core/records.ts";
import { isSourceOf } from "../../core/registry/link-source.ts";
import type { LinkSource } from "../../core/registry/records.ts";
import type { LinkView } from "../../protocol/registry-link-api.ts";
import { findByUid } from "../../store/by-uid.ts";
import type { ReadTx } from "../../store/transaction.ts";

/** Versions asked for with one request. */
const TOGETHER = 100;
/** Rows such a request may bring for each that is wanted: more in vain cost more than they save. */
const ROWS_FOR_EACH = 2;

/** Why a condition can't be judged. */
export const NOT_HERE = "its source isn't in this browser, so its metadata and tags aren't known";

type SourceTx = ReadTx<"versions" | "deletedVersions">;
type Here = NonNullable<LinkView["here"]>;

/** What conditions are judged by. */
export type Judged = Pick<VersionRecord, "metadata" | "tags">;

/** What is known here of links' sources; those that were never in this browser have no entry. */
export async function readSources(
  tx: SourceTx,
  links: readonly { readonly source: LinkSource }[],
): Promise<ReadonlyMap<VersionUid, Here>> {
  const sources = new Map(links.map(({ source }) => [source.version, source]));
  const isWanted = (row: Pick<VersionRecord, "uid" | "digest">): boolean => {
    const source = sources.get(row.uid);
    return source !== undefined && isSourceOf(source, row);
  };
  const versions = [...sources.keys()];
  const found = new Map<VersionUid, Here>();
  const byUid = tx.objectStore("versions").index("byUid");
  const live = await readRows(
    versions,
    (range, count) => byUid.getAll(range, count),
    (uid) => byUid.get(uid),
  );
  for (const { uid, tags, description } of live.filter(isWanted))
    found.set(uid, { state: "live", tags, description });
  const store = tx.objectStore("deletedVersions");
  const deleted = await readRows(
    versions.filter((uid) => !found.has(uid)),
    (range, count) => store.getAll(range, count),
    (uid) => store.get(uid),
  );
  for (const { uid, tags, description, trash } of deleted.filter(isWanted))
    found.set(uid, { state: trash === undefined ? "deleted" : "in_trash", tags, description });
  await findTwins(tx, sources, found);
  return found;
}

/** Adds sources that became one with a version of another id [S3]. */
async function findTwins(
  tx: SourceTx,
  sources: ReadonlyMap<VersionUid, LinkSource>,
  found: Map<VersionUid, Here>,
): Promise<void> {
  const counts = await Promise.all([
    tx.objectStore("versions").index("byTwin").count(IDBKeyRange.lowerBound("")),
    tx.objectStore("deletedVersions").index("byTwin").count(IDBKeyRange.lowerBound("")),
  ]);
  // Most browsers have none, and needn't be asked version by version.
  if (counts.every((count) => count === 0)) return;
  for (const [uid, source] of sources) {
    const twin = found.has(uid) ? undefined : await findByUid(tx, uid);
    if (twin === undefined || !isSourceOf(source, twin.version)) continue;
    const { tags, description } = twin.version;
    found.set(uid, { state: twin.state, tags, description });
  }
}

type ReadRange<Row> = (range: IDBKeyRange, count: number) => Promise<readonly Row[]>;
type ReadOne<Row> = (uid: VersionUid) => Promise<Row | undefined>;

async function readRows<Row extends { readonly uid: VersionUid }>(
  uids: readonly VersionUid[],
  readRange: ReadRange<Row>,
  readOne: ReadOne<Row>,
): Promise<readonly Row[]> {
  const sorted = [...new Set(uids)].toSorted();
  const groups: Promise<readonly Row[]>[] = [];
  for (let start = 0; start < sorted.length; start += TOGETHER)
    groups.push(readGroup(sorted.slice(start, start + TOGETHER), readRange, readOne));
  return (await Promise.all(groups)).flat();
}

/** Versions linked together were often made together, and ids follow the time of making. */
async function readGroup<Row extends { readonly uid: VersionUid }>(
  sorted: readonly VersionUid[],
  readRange: ReadRange<Row>,
  readOne: ReadOne<Row>,
): Promise<readonly Row[]> {
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const limit = ROWS_FOR_EACH * sorted.length;
  const rows = await readRange(IDBKeyRange.bound(first, last), limit);
  const wanted = new Set(sorted);
  const found = rows.filter(({ uid }) => wanted.has(uid));
  if (rows.length < limit) return found;
  // The range went on: those behind where it was cut are asked for by name.
  const end = rows.at(-1)?.uid ?? "";
  const rest = await Promise.all(sorted.filter((uid) => uid > end).map(readOne));
  return [...found, ...rest.filter((row) => row !== undefined)];
}

/** A live source's metadata and tags, or `null` where it isn't. */
export async function findJudged(
  tx: ReadTx<"versions">,
  source: LinkSource,
): Promise<Judged | null> {
  const versions = tx.objectStore("versions");
  const found =
    (await versions.index("byUid").get(source.version)) ??
    (await versions.index("byTwin").get(source.version));
  return found !== undefined && isSourceOf(source, found) ? found : null;
}
