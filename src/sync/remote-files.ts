// Which bytes a remote holds, and where: what fetching, giving up local copies and the copies map go by.
import type { VersionUid } from "../core/records.ts";
import type { RemoteManifest } from "../core/sync/files.ts";
import type { RemoteUid } from "../core/sync/remote.ts";
import type { CommitOid } from "../hub/hub.ts";
import type { WriteTx } from "../store/transaction.ts";

/** Notes, in the caller's transaction, that a version's files are at a commit. */
export function putRemoteFiles(
  tx: WriteTx<"remoteFiles">,
  remote: RemoteUid,
  manifest: RemoteManifest,
  at: { readonly commit: CommitOid; readonly seenAt: string },
): Promise<void> {
  throw new Error(`not yet ${remote} ${manifest.uid} ${at.commit} ${String(tx)}`);
}

/** Forgets a version's files: it was emptied from the trash there. */
export function deleteRemoteFiles(
  tx: WriteTx<"remoteFiles">,
  remote: RemoteUid,
  version: VersionUid,
): Promise<void> {
  throw new Error(`not yet ${remote} ${version} ${String(tx)}`);
}
