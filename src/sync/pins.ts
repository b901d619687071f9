// Claims on content that is under way to or from a remote: emptying the trash frees none of it meanwhile [D3].
import type { Digest } from "../core/digest.ts";
import type { IngestUid, VersionUid } from "../core/records.ts";
import { ingestLock } from "../service/sweep.ts";
import { deleteIngest } from "../store/packs.ts";
import { withWrite, type WriteTx } from "../store/transaction.ts";
import type { SyncCtx } from "./context.ts";

export interface Pins {
  /** Claims a version's bytes; `false` where it is gone for good by now. */
  pin(version: { readonly uid: VersionUid; readonly digest: Digest }): Promise<boolean>;
}

export interface Claims {
  /** Claims a manifest and what it lists, in the caller's transaction. */
  add(tx: WriteTx<"ingests" | "pins">, manifest: Digest): Promise<void>;
}

/** Runs a task that may claim manifests. A task that never ends leaves what a dead page's ingest leaves, to be swept. */
export async function withClaims<T>(
  { db, locks, newUid, now }: Pick<SyncCtx, "db" | "locks" | "newUid" | "now">,
  task: (claims: Claims) => Promise<T>,
): Promise<T> {
  const uid: IngestUid = newUid<"Ingest">();
  const release = await locks.hold(ingestLock(uid));
  let claimed = 0;
  const claims: Claims = {
    async add(tx, manifest) {
      const at = claimed;
      claimed += 1;
      if (at === 0) await tx.objectStore("ingests").put({ uid, state: "staging", openedAt: now() });
      await tx.objectStore("pins").put({ digests: [], manifest }, [uid, at]);
    },
  };
  try {
    return await task(claims);
  } finally {
    if (claimed > 0)
      await withWrite(db, ["ingests", "packs", "packBytes", "pins"], (tx) => deleteIngest(tx, uid));
    release();
  }
}

/** Runs a task that may pin versions of here. */
export function withPins<T>(sync: SyncCtx, task: (pins: Pins) => Promise<T>): Promise<T> {
  return withClaims(sync, (claims) =>
    task({
      pin: (version) =>
        withWrite(sync.db, ["ingests", "pins", "versions", "deletedVersions"], async (tx) => {
          const isLive =
            (await tx.objectStore("versions").index("byUid").getKey(version.uid)) !== undefined;
          const deleted = await tx.objectStore("deletedVersions").get(version.uid);
          if (!isLive && deleted?.trash === undefined) return false;
          await claims.add(tx, version.digest);
          return true;
        }),
    }),
  );
}
