// Read models for the screens.
import { CairnError } from "../core/errors.ts";
import { LATEST, type Alias } from "../core/names.ts";
import type { ProjectRecord, RunRecord, VersionUid } from "../core/records.ts";
import { selectorOf } from "../core/spec.ts";
import type {
  ArtifactDetail,
  ArtifactSummary,
  StorageReport,
  VersionDetail,
} from "../protocol/store-api.ts";
import { aliasesOf, getArtifact, selectVersion, versionsOf } from "../store/artifacts.ts";
import type { Database } from "../store/schema.ts";
import { withRead, type ReadTx } from "../store/transaction.ts";

/** All projects, by name. */
export function listProjects(db: Database): Promise<readonly ProjectRecord[]> {
  return withRead(db, ["projects"], (tx) => tx.objectStore("projects").getAll());
}

/** A project's artifacts by name, each with its newest version. Throws `not_found`. */
export function listArtifacts(db: Database, project: string): Promise<readonly ArtifactSummary[]> {
  return withRead(db, ["projects", "artifacts", "versions", "aliases"], async (tx) => {
    if ((await tx.objectStore("projects").get(project)) === undefined)
      throw new CairnError("not_found", { what: "project", name: project });
    const range = IDBKeyRange.bound([project], [project, []]);
    const artifacts = await tx.objectStore("artifacts").index("byName").getAll(range);
    return Promise.all(
      artifacts.map(async (artifact) => {
        const [latest, aliases] = await Promise.all([
          selectVersion(tx, artifact, { kind: "latest" }),
          aliasesOf(tx, artifact.uid),
        ]);
        const custom = aliases.filter(({ alias }) => alias !== LATEST);
        return {
          artifact,
          latest,
          aliases: custom.map(({ alias, number }) => ({ alias, number })),
        };
      }),
    );
  });
}

/** An artifact with all its versions, newest first. Throws `not_found`. */
export function artifactDetail(
  db: Database,
  project: string,
  name: string,
): Promise<ArtifactDetail> {
  return withRead(db, ["artifacts", "versions", "aliases"], async (tx) => {
    const artifact = await getArtifact(tx, project, name);
    const [versions, aliases] = await Promise.all([
      versionsOf(tx, artifact.uid),
      aliasesOf(tx, artifact.uid),
    ]);
    const byNumber = new Map<number, Alias[]>();
    for (const { alias, number } of aliases)
      byNumber.set(number, [...(byNumber.get(number) ?? []), alias]);
    const summaries = versions.map((version) => ({
      version,
      aliases: byNumber.get(version.number) ?? [],
    }));
    return { artifact, versions: summaries.toReversed() };
  });
}

/** One version, by `latest`, `v2` or an alias. Throws `not_found`, `invalid_spec`. */
export function versionDetail(
  db: Database,
  project: string,
  name: string,
  selector: string,
): Promise<VersionDetail> {
  const wanted = selectorOf(selector);
  return withRead(db, ["artifacts", "versions", "aliases", "edges", "runs"], async (tx) => {
    const artifact = await getArtifact(tx, project, name);
    const version = await selectVersion(tx, artifact, wanted);
    const [aliases, producedBy] = await Promise.all([
      aliasesOf(tx, artifact.uid),
      producersOf(tx, version.uid),
    ]);
    const mine = aliases.filter(({ number }) => number === version.number);
    return { artifact, version, aliases: mine.map(({ alias }) => alias), producedBy };
  });
}

/** The runs of a project, by name. */
export function listRuns(db: Database, project: string): Promise<readonly RunRecord[]> {
  const range = IDBKeyRange.bound([project], [project, []]);
  return withRead(db, ["runs"], (tx) => tx.objectStore("runs").index("byName").getAll(range));
}

/** What the store holds. */
export function storageReport(db: Database): Promise<StorageReport> {
  return withRead(db, ["totals", "projects"], async (tx) => {
    const [totals, projects] = await Promise.all([
      tx.objectStore("totals").get("all"),
      tx.objectStore("projects").getAllKeys(),
    ]);
    const { versions = 0, storedBytes = 0, logicalBytes = 0 } = totals ?? {};
    return { projects: projects.length, versions, storedBytes, logicalBytes };
  });
}

async function producersOf(
  tx: ReadTx<"edges" | "runs">,
  version: VersionUid,
): Promise<readonly RunRecord[]> {
  const edges = await tx.objectStore("edges").index("byVersion").getAll(version);
  const outputs = edges.filter((edge) => edge.direction === "output");
  const runs = await Promise.all(outputs.map((edge) => tx.objectStore("runs").get(edge.run)));
  return runs.filter((run) => run !== undefined);
}
