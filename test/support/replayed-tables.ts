// All that the event log tells, from the tables: what a replay of it must give [E4].
import { replay } from "../../src/core/replay.ts";
import type { VersionRecord } from "../../src/core/records.ts";
import type { Database } from "../../src/store/schema.ts";

function byText(a: unknown, b: unknown): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : Number(one > other);
}

/** The tables as a replay would have them. */
export async function tablesAsReplayed(db: Database): Promise<unknown> {
  const [projects, artifacts, live, deleted, aliases, runs, edges, derivations] = await Promise.all(
    [
      db.getAll("projects"),
      db.getAll("artifacts"),
      db.getAll("versions"),
      db.getAll("deletedVersions"),
      db.getAll("aliases"),
      db.getAll("runs"),
      db.getAll("edges"),
      db.getAll("derivations"),
    ],
  );
  const told = (row: VersionRecord, state: string, trash: string | null): unknown => {
    const { uid, digest, sizeBytes, fileCount, description, metadata, tags, pinned, createdAt } =
      row;
    return {
      uid,
      digest,
      sizeBytes,
      fileCount,
      description,
      metadata,
      tags,
      pinned,
      createdAt,
      state,
      trash,
    };
  };
  return {
    projects: projects.map(({ name, deletedAt }) => [name, deletedAt !== null]).toSorted(byText),
    artifacts: artifacts
      .map(({ uid, project, name, type, tags, keep }) => ({
        name: `${project}/${name}`,
        type,
        tags,
        keep,
        versions: [
          ...live
            .filter(({ artifact }) => artifact === uid)
            .map((row) => [row.number, told(row, "live", null)] as const),
          ...deleted
            .filter(({ artifact }) => artifact === uid)
            .map((row) => {
              const { trash = null } = row;
              return [
                row.number,
                told(row, trash === null ? "purged" : "in_trash", trash),
              ] as const;
            }),
        ].toSorted(([a], [b]) => a - b),
        aliases: aliases
          .filter(({ artifact }) => artifact === uid)
          .map(({ alias, number }) => [alias, number])
          .toSorted(byText),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    runs: runs
      .map(({ uid, project, name, config, state, deletedAt }) => ({
        uid,
        project,
        name,
        config,
        state,
        isDeleted: deletedAt !== null,
      }))
      .toSorted((a, b) => (a.uid < b.uid ? -1 : 1)),
    edges: edges
      .map(({ run, version, direction }) => `${run} ${version} ${direction}`)
      .toSorted(byText),
    derivations: derivations.map(({ child, parent }) => `${child} ${parent}`).toSorted(byText),
  };
}

/** The same from the log alone. */
export async function replayedTables(db: Database): Promise<unknown> {
  const state = replay(await db.getAll("events"));
  return {
    projects: [...state.projects]
      .map(([name, { isDeleted }]) => [name, isDeleted])
      .toSorted(byText),
    artifacts: [...state.artifacts]
      .map(([name, { type, tags, keep, versions, aliases }]) => ({
        name,
        type,
        tags,
        keep,
        versions: [...versions].toSorted(([a], [b]) => a - b),
        aliases: [...aliases].toSorted(byText),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    runs: [...state.runs.values()].toSorted((a, b) => (a.uid < b.uid ? -1 : 1)),
    edges: [...state.edges.keys()].toSorted(byText),
    derivations: [...state.derivations.keys()].toSorted(byText),
  };
}
