// What the store worker knows of syncing: for marks on pages, and to fetch what is missing.
import type { VersionRef } from "../core/records.ts";
import type { RegistryUid } from "../core/registry/records.ts";
import type { RemoteTarget, RemoteUid, SyncedProject } from "../core/sync/remote.ts";

/** A connected remote, and what syncs with it. */
export interface ConnectedRemote extends RemoteTarget {
  readonly uid: RemoteUid;
  readonly label: string;
  readonly pullOnly: boolean;
  readonly projects: readonly SyncedProject[];
  readonly registries: readonly RegistryUid[];
}

/** Files of a version whose bytes are not in this browser, by who has them. */
export interface AwayFiles {
  /** Such as `the dataset ada/models`; `null` where nobody is known to have them. */
  readonly where: string | null;
  /** Rows of the manifest, in order. */
  readonly rows: Uint32Array;
}

export interface RemoteStoreApi {
  listConnected(): Promise<readonly ConnectedRemote[]>;
  /** What of a version is not here. Nothing, where nothing is connected. Throws `not_found`, `in_trash`. */
  listAway(version: VersionRef): Promise<readonly AwayFiles[]>;
  /** Gives this worker the token of a hub, for fetching; `null` takes it away. */
  setHubToken(hubUrl: string, token: string | null): Promise<void>;
  /** Has this worker refuse every change from now on with `read_only`: its page only shows a repository. */
  showOnly(shown: RemoteTarget): Promise<void>;
}
