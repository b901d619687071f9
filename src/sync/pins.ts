// Claims on versions that are under way to a remote: emptying the trash frees none of their bytes meanwhile [D3].
import type { Digest } from "../core/digest.ts";
import type { IngestUid, VersionUid } from "../core/records.ts";
import { ingestLock } from "../service/sweep.ts";
import { deleteIngest } from "../store/packs.ts";
import { withWrite } from "../store/transaction.ts";
import type { SyncCtx } from "./context.ts";

export interface Pins {
  /** Claims a version's bytes; `false` where it is gone for good by now. */
  pin(version: { readonly uid: VersionUid; readonly digest: Digest }): Promise<boolean>;
}

/** Runs a task that may pin versions. A task that never ends leaves what a dead page's ingest leaves, to be swept. */
export async function withPins<T>(
  { db, locks, newUid, now }: Pick<SyncCtx, "db" | "locks" | "newUid" | "now">,
  task: (pins: Pins) => Promise<T>,
): Promise<T> {
  const uid: IngestUid = newUid<"Ingest">();
  const release = await locks.hold(ingestLock(uid));
  let pinned = 0;
  const pins: Pins = {
    pin: (version) =>
      withWrite(db, ["ingests", "pins", "versions", "deletedVersions"], async (tx) => {
        const isLive =
          (await tx.objectStore("versions").index("byUid").getKey(version.uid)) !== undefined;
        const deleted = await tx.objectStore("deletedVersions").get(version.uid);
        if (!isLive && deleted?.trash === undefined) return false;
        if (pinned === 0)
          await tx.objectStore("ingests").put({ uid, state: "staging", openedAt: now() });
        await tx.objectStore("pins").put({ digests: [], manifest: version.digest }, [uid, pinned]);
        pinned += 1;
        return true;
      }),
  };
  try {
    return await task(pins);
  } finally {
    if (pinned > 0)
      await withWrite(db, ["ingests", "packs", "packBytes", "pins"], (tx) => deleteIngest(tx, uid));
    release();
  }
}
