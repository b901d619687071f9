// Read models for the screens that list things.
import { CairnError } from "../../core/errors.ts";
import type { Alias } from "../../core/names.ts";
import type {
  AliasRecord,
  ArtifactRecord,
  ProjectRecord,
  RunRecord,
  VersionRecord,
} from "../../core/records.ts";
import type { VersionNumber } from "../../core/version.ts";
import type {
  ArtifactDetail,
  ArtifactSummary,
  StorageReport,
  VersionSummary,
} from "../../protocol/browse-api.ts";
import { aliasesOf, latestFirst, versionsOf } from "../../store/artifacts.ts";
import type { Database } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import { summariesOf } from "./artifact-summaries.ts";
import { getShownArtifact } from "./shown-artifact.ts";

/** All projects that are not deleted, by name. */
export function listProjects(db: Database): Promise<readonly ProjectRecord[]> {
  return withRead(db, ["projects"], shownProjects);
}

/** A project's artifacts that have versions, by name. Throws `not_found`, `in_trash`. */
export function listArtifacts(db: Database, project: string): Promise<readonly ArtifactSummary[]> {
  const stores = ["projects", "artifacts", "versions", "aliases", "trash"] as const;
  return withRead(db, [...stores], async (tx) => {
    await checkProject(tx, project);
    const range = IDBKeyRange.bound([project], [project, []]);
    const rows = await tx.objectStore("artifacts").index("byName").getAll(range);
    return summariesOf(
      tx,
      rows.filter(({ versionCount }) => versionCount > 0),
    );
  });
}

/** An artifact with all its versions, newest first. Throws `not_found`, `in_trash`. */
export function artifactDetail(
  db: Database,
  project: string,
  name: string,
): Promise<ArtifactDetail> {
  const stores = ["artifacts", "versions", "deletedVersions", "aliases"] as const;
  return withRead(db, [...stores], async (tx) => {
    const artifact = await getShownArtifact(tx, project, name);
    const [versions, aliases] = await Promise.all([
      versionsOf(tx, artifact.uid),
      aliasesOf(tx, artifact.uid),
    ]);
    return { artifact, versions: summaries(versions.toReversed(), aliases) };
  });
}

/**
 * A page of an artifact's versions, newest first. Throws `not_found`, `in_trash`.
 *
 * @param before the page begins below this number; `null` for the newest
 */
export function listVersions(
  db: Database,
  project: string,
  name: string,
  before: VersionNumber | null,
  limit: number,
): Promise<readonly VersionSummary[]> {
  const stores = ["artifacts", "versions", "deletedVersions", "aliases"] as const;
  return withRead(db, [...stores], async (tx) => {
    const artifact = await getShownArtifact(tx, project, name);
    const versions = await versionsBelow(tx, artifact, before, limit);
    const [newest, oldest] = [versions.at(0), versions.at(-1)];
    if (newest === undefined || oldest === undefined) return [];
    const shown = IDBKeyRange.bound([artifact.uid, oldest.number], [artifact.uid, newest.number]);
    const aliases = await tx.objectStore("aliases").index("byVersion").getAll(shown);
    return summaries(versions, latestFirst(aliases));
  });
}

/** The runs of a project that are not deleted, by name. */
export function listRuns(db: Database, project: string): Promise<readonly RunRecord[]> {
  const range = IDBKeyRange.bound([project], [project, []]);
  return withRead(db, ["runs"], async (tx) => {
    const runs = await tx.objectStore("runs").index("byName").getAll(range);
    return runs.filter(({ deletedAt }) => deletedAt === null);
  });
}

/** What the store holds. */
export function storageReport(db: Database): Promise<StorageReport> {
  return withRead(db, ["totals", "projects"], async (tx) => {
    const [totals, projects] = await Promise.all([
      tx.objectStore("totals").get("all"),
      shownProjects(tx),
    ]);
    const { versions = 0, storedBytes = 0, logicalBytes = 0 } = totals ?? {};
    return { projects: projects.length, versions, storedBytes, logicalBytes };
  });
}

async function shownProjects(tx: ReadTx<"projects">): Promise<readonly ProjectRecord[]> {
  const projects = await tx.objectStore("projects").getAll();
  return projects.filter(({ deletedAt }) => deletedAt === null);
}

/** Throws `not_found`, or `in_trash` for a deleted project that can be restored. */
async function checkProject(tx: ReadTx<"projects" | "trash">, name: string): Promise<void> {
  const project = await tx.objectStore("projects").get(name);
  if (project !== undefined && project.deletedAt === null) return;
  const trash = await tx.objectStore("trash").getAll();
  throw trash.some((entry) => entry.kind === "project" && entry.project === name)
    ? new CairnError("in_trash", { name })
    : new CairnError("not_found", { what: "project", name });
}

/** The newest `limit` versions below a number. Where numbers are missing, it looks for the next that is there. */
async function versionsBelow(
  tx: ReadTx<"versions">,
  artifact: ArtifactRecord,
  before: VersionNumber | null,
  limit: number,
): Promise<readonly VersionRecord[]> {
  const store = tx.objectStore("versions");
  const found: VersionRecord[] = [];
  let below: number = before ?? (artifact.lastNumber ?? -1) + 1;
  while (found.length < limit && below > 0) {
    const window = Math.max(0, below - (limit - found.length));
    const range = IDBKeyRange.bound([artifact.uid, window], [artifact.uid, below], false, true);
    found.push(...(await store.getAll(range)).toReversed());
    if (found.length >= limit) break;
    const rest = IDBKeyRange.bound([artifact.uid], [artifact.uid, window], false, true);
    const next = await store.openCursor(rest, "prev");
    below = next === null ? 0 : next.value.number + 1;
  }
  return found;
}

function summaries(
  versions: readonly VersionRecord[],
  aliases: readonly AliasRecord[],
): readonly VersionSummary[] {
  const byNumber = new Map<number, Alias[]>();
  for (const { alias, number } of aliases)
    byNumber.set(number, [...(byNumber.get(number) ?? []), alias]);
  return versions.map((version) => ({ version, aliases: byNumber.get(version.number) ?? [] }));
}
