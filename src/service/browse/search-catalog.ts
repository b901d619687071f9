// What a search looks through, kept in memory until the event log tells of changes.
import { LATEST, type ArtifactName, type ProjectName } from "../../core/names.ts";
import type { Json } from "../../core/json.ts";
import type { ArtifactUid, EventRecord, RunUid, VersionRef } from "../../core/records.ts";
import type { Tag } from "../../core/tags.ts";
import type { Database, StoreName } from "../../store/schema.ts";
import type { ReadTx } from "../../store/transaction.ts";

/** Rows read at once: other calls have their turn in between, and what rows hold beside names is let go of. */
const PAGE = 1_000;

/** A text that can be found, and what it stands for. */
export interface Entry<T> {
  /** In lower case. */
  readonly text: string;
  readonly of: T;
}

export interface NamedArtifact {
  readonly project: ProjectName;
  readonly name: ArtifactName;
}

/** What is found by names that projects, artifacts and versions have. */
interface Names {
  readonly projects: readonly Entry<ProjectName>[];
  readonly artifacts: readonly Entry<NamedArtifact>[];
  readonly artifactTags: readonly Entry<NamedArtifact & { readonly tag: Tag }>[];
  /** Without `latest`, which every artifact has. */
  readonly aliases: readonly Entry<VersionRef & { readonly alias: string }>[];
  /** Each tag of any version once. */
  readonly versionTags: readonly Entry<Tag>[];
  readonly named: ReadonlyMap<ArtifactUid, NamedArtifact>;
}

export interface Catalog extends Names {
  readonly runs: readonly Entry<RunUid>[];
}

/** The stores that {@link readCatalog} reads. */
export const CATALOG_STORES = [
  "projects",
  "artifacts",
  "aliases",
  "versions",
  "runs",
  "events",
] as const satisfies StoreName[];
type CatalogTx = ReadTx<(typeof CATALOG_STORES)[number]>;

/** More events than these since the last search are not looked into: all is read anew. */
const MOST_EVENTS = 500;
const kept = new WeakMap<Database, { readonly lastEvent: number; readonly catalog: Catalog }>();

/**
 * The catalogue of the store as it is in this transaction. Every change is an event [E1], so that the
 * events since the last search tell what to read anew; runs, the most by number, change the least.
 */
export async function readCatalog(db: Database, tx: CatalogTx): Promise<Catalog> {
  const known = kept.get(db);
  const since = IDBKeyRange.lowerBound(known?.lastEvent ?? 0, true);
  const events = await tx.objectStore("events").getAll(since, MOST_EVENTS);
  const isFar = events.length === MOST_EVENTS;
  const last = isFar
    ? (await tx.objectStore("events").openCursor(null, "prev"))?.value
    : events.at(-1);
  const ofRuns = events.some(({ kind }) => /^(run-(?!changed)|project-)/.test(kind));
  const ofNames = events.some((event) => tellsOfNames(event, known?.catalog));
  const [names, runs] = await Promise.all([
    known === undefined || isFar || ofNames ? readNames(tx) : known.catalog,
    known === undefined || isFar || ofRuns ? readRuns(tx) : known.catalog.runs,
  ]);
  const catalog = { ...names, runs };
  kept.set(db, { lastEvent: last?.seq ?? known?.lastEvent ?? 0, catalog });
  return catalog;
}

/** A version logged to a known artifact brings no name of its own, unless it has tags. */
function tellsOfNames({ kind, subject, after }: EventRecord, known: Catalog | undefined): boolean {
  if (kind !== "version-logged") return /^(project|artifact|version|alias)/.test(kind);
  const isTagged =
    typeof after === "object" && after !== null && "tags" in after && isFilled(after.tags);
  const isKnown = known?.artifacts.some(({ of }) =>
    subject.startsWith(`${of.project}/${of.name}:`),
  );
  return isTagged || isKnown !== true;
}

function isFilled(tags: Json | undefined): boolean {
  return Array.isArray(tags) && tags.length > 0;
}

async function readNames(tx: CatalogTx): Promise<Names> {
  const [projects, artifacts, aliases, versionTags] = await Promise.all([
    tx.objectStore("projects").getAll(),
    inPages(
      (range) => tx.objectStore("artifacts").getAll(range, PAGE),
      ({ uid }) => uid,
      (page) => page.filter(({ versionCount }) => versionCount > 0),
    ),
    inPages(
      (range) => tx.objectStore("aliases").getAll(range, PAGE),
      ({ artifact, alias }) => [artifact, alias],
      (page) => page.filter(({ alias }) => alias !== LATEST),
    ),
    tagsOfVersions(tx),
  ]);
  const named = new Map(artifacts.map(({ uid, project, name }) => [uid, { project, name }]));
  return {
    projects: projects
      .filter(({ deletedAt }) => deletedAt === null)
      .map(({ name }) => entry(name, name)),
    artifacts: artifacts.map(({ project, name }) => entry(name, { project, name })),
    artifactTags: artifacts.flatMap(({ project, name, tags }) =>
      tags.map((tag) => entry(tag, { project, name, tag })),
    ),
    aliases: aliases.flatMap(({ artifact, alias, number }) => {
      const of = named.get(artifact);
      return of === undefined ? [] : [entry(alias, { ...of, alias, number })];
    }),
    versionTags,
    named,
  };
}

function readRuns(tx: ReadTx<"runs">): Promise<readonly Entry<RunUid>[]> {
  return inPages(
    (range) => tx.objectStore("runs").getAll(range, PAGE),
    ({ uid }) => uid,
    (page) =>
      page.flatMap(({ uid, name, deletedAt }) => (deletedAt === null ? [entry(name, uid)] : [])),
  );
}

/** Reads a whole store, and keeps what is taken of each page. */
async function inPages<Row, T>(
  read: (range: IDBKeyRange | null) => Promise<readonly Row[]>,
  keyOf: (row: Row) => IDBValidKey,
  take: (page: readonly Row[]) => readonly T[],
): Promise<readonly T[]> {
  const taken: T[] = [];
  let range: IDBKeyRange | null = null;
  for (;;) {
    const page: readonly Row[] = await read(range);
    for (const one of take(page)) taken.push(one);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return taken;
    range = IDBKeyRange.lowerBound(keyOf(last), true);
  }
}

/** Steps from tag to tag over the index: of the first version beyond a tag, its least tag beyond it is the next. */
async function tagsOfVersions(tx: ReadTx<"versions">): Promise<readonly Entry<Tag>[]> {
  const index = tx.objectStore("versions").index("byTag");
  const entries: Entry<Tag>[] = [];
  let before = "";
  for (;;) {
    const version = await index.get(IDBKeyRange.lowerBound(before, true));
    const next = version?.tags.filter((tag) => tag > before).toSorted()[0];
    if (next === undefined) return entries;
    entries.push(entry(next, next));
    before = next;
  }
}

function entry<T>(text: string, of: T): Entry<T> {
  return { text: text.toLowerCase(), of };
}
