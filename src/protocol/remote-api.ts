// What the store worker knows of syncing: for marks on pages, and to fetch what is missing.
import type { SyncedProject } from "../core/sync/remote.ts";
import type { RemoteTarget, RemoteUid } from "../core/sync/remote.ts";

/** A connected remote, and what syncs with it. */
export interface ConnectedRemote extends RemoteTarget {
  readonly uid: RemoteUid;
  readonly label: string;
  readonly pullOnly: boolean;
  readonly projects: readonly SyncedProject[];
  readonly registries: readonly string[];
}

export interface RemoteStoreApi {
  listConnected(): Promise<readonly ConnectedRemote[]>;
  /** Gives this worker the token of a hub, for fetching; `null` takes it away. */
  setHubToken(hubUrl: string, token: string | null): Promise<void>;
  /** Has this worker refuse every change from now on with `read_only`: its page only shows a repository. */
  showOnly(shown: RemoteTarget): Promise<void>;
}
