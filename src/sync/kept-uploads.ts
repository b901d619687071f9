// How far uploads in parts got, so that they go on inside a file after a crash.
import type { RemoteUid } from "../core/sync/remote.ts";
import type { LfsObject, UploadProgress } from "../hub/hub.ts";
import type { Database } from "../store/schema.ts";
import { withRead, withWrite } from "../store/transaction.ts";

/** No hub's addresses are good for longer; most end much sooner, which the first part finds out. */
const LIFE_MS = 24 * 3_600_000;

/** An upload that was begun and not ended. */
export interface KeptUpload {
  readonly before: UploadProgress;
  readonly startedAt: string;
}

/** The upload of an object to go on with; `null` for none. */
export async function findUpload(
  db: Database,
  remote: RemoteUid,
  { sha256, sizeBytes }: LfsObject,
  now: string,
): Promise<KeptUpload | null> {
  const row = await withRead(db, ["uploads"], (tx) =>
    tx.objectStore("uploads").get([remote, sha256]),
  );
  if (row === undefined || row.sizeBytes !== sizeBytes || isOver(row.startedAt, now)) return null;
  const { chunkBytes, urls, completionUrl, etags, startedAt } = row;
  const object = { sha256, sizeBytes };
  const plan = { kind: "multipart", object, chunkBytes, urls, completionUrl } as const;
  return { before: { plan, etags }, startedAt };
}

/** @param startedAt when the upload began, and so its addresses were given */
export async function keepUpload(
  db: Database,
  remote: RemoteUid,
  { plan, etags }: UploadProgress,
  startedAt: string,
): Promise<void> {
  const { object, chunkBytes, urls, completionUrl } = plan;
  const row = {
    chunkBytes,
    sizeBytes: object.sizeBytes,
    urls,
    completionUrl,
    etags: new Map(etags),
    startedAt,
  };
  await withWrite(db, ["uploads"], (tx) =>
    tx.objectStore("uploads").put(row, [remote, object.sha256]),
  );
}

export async function forgetUpload(db: Database, remote: RemoteUid, sha256: string): Promise<void> {
  await withWrite(db, ["uploads"], (tx) => tx.objectStore("uploads").delete([remote, sha256]));
}

/** Forgets those of a remote that nobody can go on with any more. */
export async function forgetOldUploads(
  db: Database,
  remote: RemoteUid,
  now: string,
): Promise<void> {
  await withWrite(db, ["uploads"], async (tx) => {
    const store = tx.objectStore("uploads");
    for (const key of await store.getAllKeys(IDBKeyRange.bound([remote], [remote, []]))) {
      const row = await store.get(key);
      if (row !== undefined && isOver(row.startedAt, now)) await store.delete(key);
    }
  });
}

function isOver(startedAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(startedAt) > LIFE_MS;
}
