// Collects what crashed or closed pages left behind: staged bytes that no version will ever reach.
import { deleteIngest } from "../store/packs.ts";
import type { Database } from "../store/schema.ts";
import { withRead, withWrite } from "../store/transaction.ts";
import type { IngestUid } from "../core/records.ts";
import type { Locks } from "./locks.ts";

/** The lock that a live ingest holds; who can take it knows that the ingest is dead. */
export function ingestLock(uid: IngestUid): string {
  return `cairn-ingest-${uid}`;
}

/** Removes the ingests whose pages are gone, with their bytes. Returns how many. */
export async function sweepIngests(db: Database, locks: Locks): Promise<number> {
  const ingests = await withRead(db, ["ingests"], (tx) => tx.objectStore("ingests").getAll());
  let swept = 0;
  for (const { uid, state } of ingests) {
    if (state === "committed") continue;
    const ran = await locks.tryWith(ingestLock(uid), () => removeIfStaging(db, uid));
    if (ran) swept++;
  }
  return swept;
}

/** Looks again inside the transaction: the ingest may have been committed since it was listed. */
async function removeIfStaging(db: Database, uid: IngestUid): Promise<void> {
  await withWrite(db, ["ingests", "packs", "packBytes", "pins"], async (tx) => {
    const ingest = await tx.objectStore("ingests").get(uid);
    if (ingest?.state === "staging") await deleteIngest(tx, uid);
  });
}
