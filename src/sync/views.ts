// Remotes as the page shows them. The hub is asked nothing.
import type { ArtifactName, ProjectName } from "../core/names.ts";
import { labelOf, type RemoteUid, type SyncedProject } from "../core/sync/remote.ts";
import { compareUtf8 } from "../core/utf8.ts";
import type { ArtifactRecord } from "../core/records.ts";
import type {
  RemoteDetail,
  RemoteProjectView,
  RemoteRegistryView,
  RemoteView,
  SyncActivity,
} from "../protocol/sync-api.ts";
import { listProjects } from "../service/browse/lists.ts";
import { inLanes } from "../service/care/lanes.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { withRead } from "../store/transaction.ts";
import { missingBytes, usedBytes } from "./bytes-there.ts";
import type { SyncCtx } from "./context.ts";
import { KeyedCache } from "./keyed-cache.ts";
import { addPending, countPending, NOTHING_PENDING, type Pending } from "./pending.ts";
import { problemText } from "./project-problems.ts";
import { getRemoteRow, listRemoteRows } from "./remote-rows.ts";
import { tokenOf } from "./tokens.ts";

/** All that a Space's repository may hold, with its history. */
const SPACE_BYTES = 1_000_000_000;

/** Projects that are compared with what was agreed on side by side, each in memory meanwhile. */
const LANES = 4;

export interface Views {
  list(): Promise<readonly RemoteView[]>;
  /** Throws `not_found`. */
  detail(remote: RemoteUid): Promise<RemoteDetail>;
  view(row: RemoteRecord): Promise<RemoteView>;
}

export function createViews(
  sync: SyncCtx,
  activityOf: (row: RemoteRecord) => Promise<SyncActivity>,
): Views {
  const { db } = sync;
  const pendings = new KeyedCache<Pending>();
  const used = new KeyedCache<number>();
  const missing = new KeyedCache<ReadonlyMap<ProjectName, number>>();

  function pendingOf(row: RemoteRecord, project: SyncedProject, stamp: string): Promise<Pending> {
    if (row.pullOnly) return Promise.resolve(NOTHING_PENDING);
    const own = `${stamp} ${stampOf(row)} ${project.never.join(" ")}`;
    return pendings.get(`${row.uid} ${project.name}`, own, () => countPending(db, row, project));
  }

  async function view(row: RemoteRecord): Promise<RemoteView> {
    const stamp = await localStamp(sync);
    let pending = NOTHING_PENDING;
    await inLanes(LANES, row.scope.projects, async (project) => {
      const own = await pendingOf(row, project, stamp);
      pending = addPending(pending, own);
    });
    return {
      uid: row.uid,
      hubUrl: row.hubUrl,
      type: row.type,
      repo: row.repo,
      label: labelOf(row),
      pullOnly: row.pullOnly,
      scope: row.scope,
      connectedAt: row.connectedAt,
      syncedAt: row.syncedAt,
      activity: await activityOf(row),
      pendingVersions: pending.versions,
      pendingChanges: pending.changes,
      pendingBytes: pending.bytes,
      usedBytes: await used.get(row.uid, stampOf(row), () => usedBytes(db, row.uid)),
      limitBytes: row.type === "space" ? SPACE_BYTES : null,
      isSignedIn: (await tokenOf(sync, row.hubUrl)) !== null,
    };
  }

  async function projectsOf(row: RemoteRecord): Promise<readonly RemoteProjectView[]> {
    const stamp = await localStamp(sync);
    const here = new Map((await listProjects(db)).map((project) => [project.name, project]));
    const synced = new Map(row.scope.projects.map((project) => [project.name, project]));
    const there = new Set<string>(row.seen?.projects ?? []);
    // Also of those that left the scope: their bytes may still be only there.
    const lacking = await missing.get(row.uid, `${stamp} ${stampOf(row)}`, () =>
      missingBytes(db, row.uid),
    );
    const names = new Set([...here.keys(), ...synced.keys(), ...there]);
    const views = [...names].toSorted(compareUtf8).map(async (text): Promise<RemoteProjectView> => {
      const name = text as ProjectName;
      const project = synced.get(name);
      const isHere = here.has(name);
      const troubled = row.projectProblems?.get(name);
      const pending =
        project === undefined ? NOTHING_PENDING : await pendingOf(row, project, stamp);
      return {
        name,
        where: isHere ? (there.has(name) ? "both" : "here") : "there",
        isSynced: project !== undefined,
        keepLocal: project?.keepLocal ?? false,
        never: project?.never ?? [],
        // Of those that don't sync nobody asks, and they may be ten thousand.
        artifacts: project === undefined ? [] : await artifactNames(sync, name),
        versions: here.get(name)?.versionCount ?? 0,
        pendingVersions: pending.versions,
        pendingChanges: pending.changes,
        pendingBytes: pending.bytes,
        missingBytes: lacking.get(name) ?? 0,
        problem: troubled === undefined || project === undefined ? null : problemText(troubled),
      };
    });
    return Promise.all(views);
  }

  return {
    view,
    list: async () => Promise.all((await listRemoteRows(db)).map(view)),
    async detail(remote) {
      const row = await withRead(db, ["remotes"], (tx) => getRemoteRow(tx, remote));
      return {
        ...(await view(row)),
        commit: row.commit,
        seq: row.seq,
        projects: await projectsOf(row),
        registries: await registriesOf(sync, row),
        devices: devicesOf(row),
      };
    },
  };
}

/** Changes with every round that did something. */
function stampOf({ commit, lastRound, seq }: RemoteRecord): string {
  return `${commit ?? ""} ${lastRound ?? ""} ${seq}`;
}

/** Changes with whatever is changed here, bytes that come and go among it. */
function localStamp({ db }: SyncCtx): Promise<string> {
  return withRead(db, ["events", "totals"], async (tx) => {
    const last = await tx.objectStore("events").openCursor(null, "prev");
    const totals = await tx.objectStore("totals").get("all");
    return `${last?.value.seq ?? 0} ${totals?.storedBytes ?? 0}`;
  });
}

function artifactNames({ db }: SyncCtx, project: ProjectName): Promise<readonly ArtifactName[]> {
  return withRead(db, ["artifacts"], async (tx) => {
    const range = IDBKeyRange.bound([project], [project, []]);
    const rows: readonly ArtifactRecord[] = await tx
      .objectStore("artifacts")
      .index("byName")
      .getAll(range);
    return rows.filter(({ lastNumber }) => lastNumber !== null).map(({ name }) => name);
  });
}

async function registriesOf(
  { db }: SyncCtx,
  { scope, seen, problems }: RemoteRecord,
): Promise<readonly RemoteRegistryView[]> {
  const rows = await withRead(db, ["registries"], (tx) => tx.objectStore("registries").getAll());
  const here = new Map(rows.map(({ uid, name }) => [uid, name]));
  const there = seen?.registries ?? new Map();
  const synced = new Set(scope.registries);
  return [...new Set([...here.keys(), ...there.keys(), ...synced])]
    .map((uid): RemoteRegistryView => {
      const isHere = here.has(uid);
      return {
        uid,
        name: here.get(uid) ?? there.get(uid) ?? uid,
        where: isHere ? (there.has(uid) ? "both" : "here") : "there",
        isSynced: synced.has(uid),
        problem: problems?.get(uid) ?? null,
      };
    })
    .toSorted((a, b) => compareUtf8(a.name, b.name));
}

function devicesOf({ device, seen }: RemoteRecord): RemoteDetail["devices"] {
  return [...(seen?.devices ?? [])]
    .map(([id, { name, rounds, lastAt }]) => ({ name, isThis: id === device, rounds, lastAt }))
    .toSorted((a, b) => compareUtf8(b.lastAt, a.lastAt));
}
