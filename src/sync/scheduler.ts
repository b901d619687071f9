// Keeps a loop for each remote, and passes on what happens around it.
import type { RemoteUid } from "../core/sync/remote.ts";
import type { ChangeNotice } from "../protocol/changes.ts";
import type { SyncActivity, SyncNotice } from "../protocol/sync-api.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import type { SyncCtx } from "./context.ts";
import { RemoteLoop, type RunRound, type SyncCommand } from "./remote-loop.ts";
import { listRemoteRows } from "./remote-rows.ts";

export interface Scheduler {
  /** Begins with all remotes there are. Later: takes in new ones, ends those that are gone, looks at rows and tokens anew. */
  refresh(): Promise<void>;
  /** Something was changed in this browser, by another worker. */
  onChange(notice: ChangeNotice): Promise<void>;
  /** Another tab told something. */
  onNotice(notice: SyncNotice): Promise<void>;
  onOnline(): void;
  /** Does what a person wants, here or in the tab that syncs. What is kept of it is in the row already. */
  command(remote: RemoteUid, command: SyncCommand): void;
  activity(row: RemoteRecord): Promise<SyncActivity>;
  /** Ends a remote's loop here; resolves when nothing is written any more. */
  end(remote: RemoteUid): Promise<void>;
  /** Ends all. */
  close(): Promise<void>;
}

const loadRound: RunRound = async (...args) => (await import("./round.ts")).runRound(...args);

export function createScheduler(sync: SyncCtx, runRound: RunRound = loadRound): Scheduler {
  const loops = new Map<RemoteUid, RemoteLoop>();
  let isClosed = false;

  const end = async (remote: RemoteUid): Promise<void> => {
    const loop = loops.get(remote);
    loops.delete(remote);
    await loop?.end();
  };

  async function refresh(): Promise<void> {
    const rows = await listRemoteRows(sync.db);
    if (isClosed) return;
    const known = new Set(rows.map(({ uid }) => uid));
    const gone = [...loops.keys()].filter((uid) => !known.has(uid));
    for (const { uid } of rows) {
      const loop = loops.get(uid);
      if (loop !== undefined) {
        loop.refresh();
        continue;
      }
      const begun = new RemoteLoop(sync, uid, runRound);
      loops.set(uid, begun);
      begun.start();
    }
    await Promise.all(gone.map(end));
  }

  return {
    refresh,
    end,
    async onChange(notice) {
      if (notice.kind === "storage-full") for (const loop of loops.values()) loop.noteFull();
      for (const row of await listRemoteRows(sync.db))
        if (concerns(row, notice)) loops.get(row.uid)?.noteChange();
    },
    async onNotice(notice) {
      switch (notice.kind) {
        case "activity":
          return loops.get(notice.remote)?.hear(notice.activity);
        case "command":
          return loops.get(notice.remote)?.obey(notice.command);
        case "remotes-changed":
          return refresh();
        case "logged":
          return;
        default:
          return notice satisfies never;
      }
    },
    onOnline() {
      for (const loop of loops.values()) loop.noteOnline();
    },
    command(remote, command) {
      loops.get(remote)?.obey(command);
      sync.tell({ kind: "command", remote, command });
    },
    activity: async (row) => (await loops.get(row.uid)?.activity(row)) ?? { kind: "idle" },
    async close() {
      isClosed = true;
      await Promise.all([...loops.keys()].map(end));
    },
  };
}

/** Whether a change is one that the remote lacks. */
function concerns({ pullOnly, scope }: RemoteRecord, notice: ChangeNotice): boolean {
  if (pullOnly) return false;
  if (notice.kind === "changed") return scope.projects.some(({ name }) => name === notice.project);
  // Who it is goes by another name there; `""` is the profile, and no registry.
  return (
    notice.kind === "registry-changed" && notice.registry !== "" && scope.registries.length > 0
  );
}
