// Runs as a merge has them, those of other devices among them [R1 R4].
import { CairnError } from "../../core/errors.ts";
import type { Json } from "../../core/json.ts";
import type { RunRecord } from "../../core/records.ts";
import { isSameJson } from "../../core/sync/same.ts";
import type { DeviceId, SharedProject, SharedRun } from "../../core/sync/shared.ts";
import { takenOf } from "../../store/taken.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { SyncJournal } from "./sync-journal.ts";

/**
 * Writes what differs, with events under the name of the device that each run is of.
 *
 * @throws CairnError `invalid_remote` for a run under the id of one of another project here
 */
export async function writeRuns(
  tx: WriteTx<"runs">,
  journal: SyncJournal,
  before: SharedProject["runs"],
  after: SharedProject["runs"],
  device: DeviceId,
): Promise<void> {
  const changed = [...after.values()].filter((run) => {
    const known = before.get(run.uid);
    return known !== run && (known === undefined || !isSameJson(toJson(known), toJson(run)));
  });
  await checkForeign(
    tx,
    changed.filter(({ uid }) => !before.has(uid)),
  );
  await Promise.all(changed.map((run) => tx.objectStore("runs").put(rowOf(run, device))));
  for (const run of changed) {
    journal.touch();
    tellRun(journal, before.get(run.uid), run);
  }
}

async function checkForeign(tx: WriteTx<"runs">, added: readonly SharedRun[]): Promise<void> {
  const uids = added.map(({ uid }) => uid);
  const known = await takenOf(tx.objectStore("runs"), uids);
  const taken = added.find(({ uid }) => known.has(uid));
  if (taken === undefined) return;
  const path = `${taken.project}/${taken.name}`;
  const reason = "it has the id of another run that is in this browser";
  throw new CairnError("invalid_remote", { remote: "the repository", path, reason });
}

function tellRun(journal: SyncJournal, known: SharedRun | undefined, run: SharedRun): void {
  const { uid, project, name, config, state, by } = run;
  const subject = `${project}/${name}`;
  const isOther = known === undefined || known.name !== name || !isSameJson(known.config, config);
  if (isOther)
    journal.record(by, {
      kind: "run-created",
      subject,
      before: null,
      after: { uid, name, config, state },
    });
  else if (known.state !== state)
    journal.record(by, {
      kind: "run-changed",
      subject,
      before: { state: known.state },
      after: { uid, state },
    });
  const wasDeleted = !isOther && known.deletedAt !== null;
  const isDeleted = run.deletedAt !== null;
  if (wasDeleted !== isDeleted)
    journal.record(null, {
      kind: isDeleted ? "run-deleted" : "run-restored",
      subject,
      before: null,
      after: { uid },
    });
}

function rowOf(run: SharedRun, device: DeviceId): RunRecord {
  if (run.by !== device) return run;
  const { by: _, ...own } = run;
  return own;
}

function toJson(run: SharedRun): Json {
  return { ...run };
}
