// What the use cases need from outside, so that they run in a worker and in a test alike.
import type { Hasher } from "../hash/hasher.ts";
import type { ChangeNotice } from "../protocol/changes.ts";
import type { Remote } from "../protocol/remote.ts";
import type { Uid } from "../core/records.ts";
import type { Database } from "../store/schema.ts";
import type { HubTokens } from "./hub-tokens.ts";
import type { HashPool } from "./hash-pool.ts";
import type { Locks } from "./locks.ts";

export interface Ctx {
  readonly db: Database;
  /** For short texts and small files, here in this thread. */
  readonly hasher: Hasher;
  /** For files, in hash workers. */
  readonly pool: HashPool;
  readonly locks: Locks;
  /** Whether Blobs can be kept in this browser's IndexedDB; else bytes are. */
  readonly storesBlobs: boolean;
  /** Where missing blobs are asked for; `null` where nothing can be [U5]. */
  readonly remote: Remote | null;
  /** Tokens of hubs, for this visit. */
  readonly hubTokens: HubTokens;
  /** Who acts, for the event log. */
  readonly actor: string;
  /** Gives back, soon, the disk space of Blobs that were just deleted; see service/let-go.ts. */
  readonly letBlobsGo: () => void;
  readonly now: () => string;
  readonly newUid: <Kind extends string>() => Uid<Kind>;
  /** Tells the page and the other tabs. */
  readonly notify: (notice: ChangeNotice) => void;
}
