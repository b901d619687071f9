// Registries' logs in a remote: verified on arrival, own events signed again behind those that came [E3].
import type { RegistryUid } from "../core/registry/records.ts";
import type { RemoteIndex, RemoteRegistry } from "../core/sync/files.ts";
import type { CommitOid, CommitOp, Hub } from "../hub/hub.ts";
import type { RemoteRecord } from "../store/schema.ts";
import type { SyncCtx } from "./context.ts";

export interface RegistriesPulled {
  /** What could not be put together with what is here, in a sentence each; the others were. */
  readonly problems: ReadonlyMap<RegistryUid, string>;
  /** Registries, by name, whose log grew here. */
  readonly changed: readonly string[];
}

/** Brings in the logs of the scope's registries that differ from those here. */
export function pullRegistries(
  sync: SyncCtx,
  remote: RemoteRecord,
  hub: Hub,
  head: { readonly commit: CommitOid; readonly index: RemoteIndex },
  signal: AbortSignal,
): Promise<RegistriesPulled> {
  throw new Error(
    `not yet ${sync.actor} ${remote.uid} ${head.commit} ${String(hub)} ${String(signal)}`,
  );
}

/** What a commit must write so that the remote has the logs of here, where these say more. */
export function planRegistries(
  sync: SyncCtx,
  remote: RemoteRecord,
  index: RemoteIndex,
  problems: RegistriesPulled["problems"],
): Promise<{
  readonly ops: readonly CommitOp[];
  readonly registries: ReadonlyMap<RegistryUid, RemoteRegistry>;
}> {
  throw new Error(`not yet ${sync.actor} ${remote.uid} ${index.seq} ${problems.size}`);
}
