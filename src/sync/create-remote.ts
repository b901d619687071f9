// Where the store worker has missing bytes from: the repositories this browser syncs with [U5].
import type { Digest } from "../core/digest.ts";
import { CairnError } from "../core/errors.ts";
import { labelOf, type RemoteTarget, type RemoteUid } from "../core/sync/remote.ts";
import type { Hub } from "../hub/hub.ts";
import type { Remote, RemoteBytes } from "../protocol/remote.ts";
import type { Database } from "../store/schema.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { withRead } from "../store/transaction.ts";
import { copiedTo } from "./folder-copies.ts";
import { EMPTY_SHA256, membersOf, placesOf, type RemotePlace } from "./remote-files.ts";
import { failureOf } from "./retry.ts";

export interface RemoteSources {
  readonly db: Database;
  readonly openHub: (target: RemoteTarget) => Hub;
}

/** Versions looked at for one blob: it can be had from any of them. */
const CANDIDATES = 4;
const EMPTY_BLOB = "blake3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";

/** A place, in a remote that is connected. */
interface Source {
  readonly place: RemotePlace;
  readonly remote: RemoteRecord;
}

/** Makes a Remote of all that are connected. What it gives is unchecked. */
export function createRemote({ db, openHub }: RemoteSources): Remote {
  const hubs = new Map<RemoteUid, Hub>();
  const hubOf = (remote: RemoteRecord): Hub => {
    const hub = hubs.get(remote.uid) ?? openHub(remote);
    hubs.set(remote.uid, hub);
    return hub;
  };

  return {
    async locate(digest) {
      if (digest === EMPTY_BLOB) return emptyBytes(digest);
      const sources = await sourcesOf(db, digest);
      const [first] = sources;
      if (first === undefined) return null;
      const { sizeBytes, sha256 } = first.place;
      const members = await withRead(db, ["remoteFiles"], (tx) => membersOf(tx, first.place));
      // Others that hold the very same file are as good.
      const same = sources.filter(({ place }) => place.sha256 === sha256);
      return {
        label: labelOf(first.remote),
        sizeBytes,
        sha256,
        members,
        open: (signal) => openAny(same, hubOf, signal),
      };
    },
    async lastKnown(digest) {
      const [source] = await sourcesOf(db, digest);
      return source === undefined ? copiedTo(db, digest) : `in ${labelOf(source.remote)}`;
    },
  };
}

/** Files of their own before packs, which bring more than was asked for; then what was seen last. */
function sourcesOf(db: Database, digest: Digest): Promise<readonly Source[]> {
  return withRead(db, ["remoteFiles", "remotes"], async (tx) => {
    const places = await placesOf(tx, digest, CANDIDATES);
    const remotes = await tx.objectStore("remotes").getAll();
    return places
      .flatMap((place) => {
        const remote = remotes.find(({ uid }) => uid === place.remote);
        return remote === undefined ? [] : [{ place, remote }];
      })
      .toSorted(
        (a, b) =>
          Number(a.place.isPack) - Number(b.place.isPack) ||
          b.place.seenAt.localeCompare(a.place.seenAt),
      );
  });
}

/** Opens the first source that can be; throws why the last could not. */
async function openAny(
  sources: readonly Source[],
  hubOf: (remote: RemoteRecord) => Hub,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  let failure: unknown = null;
  for (const { place, remote } of sources)
    try {
      return await openAt(hubOf(remote), remote, place, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      failure = error;
    }
  throw failure;
}

async function openAt(
  hub: Hub,
  remote: RemoteRecord,
  { commit, path }: RemotePlace,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  // A repository whose history was squashed has lost the commit, and not the file.
  let failure: unknown = null;
  for (const at of new Set([commit, remote.commit ?? commit]))
    try {
      const opened = await hub.open(at, path, signal);
      if (opened !== null) return opened.stream;
    } catch (error) {
      if (failureOf(error) !== "not_found") throw error;
      failure = error;
    }
  if (failure !== null) throw failure;
  const reason = `“${path}” is no longer there`;
  throw new CairnError("remote_failed", { remote: labelOf(remote), reason });
}

/** No bytes need no asking. */
function emptyBytes(digest: Digest): RemoteBytes {
  return {
    label: "",
    sizeBytes: 0,
    sha256: EMPTY_SHA256,
    members: [{ digest, offset: 0, sizeBytes: 0 }],
    open: () => Promise.resolve(new ReadableStream({ start: (controller) => controller.close() })),
  };
}
