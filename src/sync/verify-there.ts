// Asks remotes whether they have, now, the very bytes that are here.
import { DigestSet } from "../core/digest-set.ts";
import type { Digest } from "../core/digest.ts";
import { filesOf } from "../core/manifest.ts";
import { INDEX_PATH, versionFolder } from "../core/sync/layout.ts";
import { labelOf, type RemoteUid } from "../core/sync/remote.ts";
import type { CommitOid, Hub, LfsObject } from "../hub/hub.ts";
import { getManifest } from "../store/artifacts.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { withRead } from "../store/transaction.ts";
import type { SyncCtx } from "./context.ts";
import type { Meter } from "./meter.ts";
import { prepareVersion, type PreparedVersion } from "./prepare.ts";
import { holdsVersion } from "./remote-files.ts";
import { retrying } from "./retry.ts";
import type { VersionIn } from "./versions-in.ts";

/** Paths asked for at once: the Hub takes 1,000. */
const PATHS = 500;

/** A file of a remote as it must be, and the blobs that it would vouch for. */
interface Expected {
  readonly object: LfsObject;
  readonly digests: readonly Digest[];
}

/** One remote, at its head. */
interface Asked {
  readonly hub: Hub;
  readonly commit: CommitOid;
}

/**
 * Those of the blobs that a remote has at its head, in files whose SHA-256 and size are those worked out from
 * the bytes here: what somebody else says of a file doesn't count.
 *
 * @throws CairnError `hub_failed`, `blob_missing`, `digest_mismatch`, `aborted`
 */
export async function verifyThere(
  sync: SyncCtx,
  versions: readonly VersionIn[],
  blobs: ReadonlyMap<Digest, number>,
  meter: Meter,
  signal: AbortSignal,
): Promise<DigestSet> {
  const remotes = await withRead(sync.db, ["remotes"], (tx) => tx.objectStore("remotes").getAll());
  const asked = new Map<RemoteUid, Asked | null>();
  const there = new DigestSet();
  const isAsked = (digest: Digest): boolean => blobs.has(digest) && !there.has(digest);
  for (const { artifact, version } of versions) {
    const { project, name } = artifact;
    if (!(await holdsAny(sync, version.digest, isAsked))) continue;
    const prepared = await prepareVersion(sync, { ...version, project, name }, meter, signal);
    const expected = expectedOf(prepared, isAsked);
    for (const remote of remotes) {
      const isHeld = await withRead(sync.db, ["remoteFiles"], (tx) =>
        holdsVersion(tx, remote.uid, version.uid),
      );
      if (!isHeld) continue;
      const at = asked.has(remote.uid) ? asked.get(remote.uid) : await ask(sync, remote, signal);
      asked.set(remote.uid, at ?? null);
      meter.subject(labelOf(remote));
      if (at !== null && at !== undefined) await compare(sync, at, expected, there, signal);
    }
  }
  return there;
}

async function holdsAny(
  { db }: SyncCtx,
  manifest: Digest,
  isAsked: (digest: Digest) => boolean,
): Promise<boolean> {
  const found = await withRead(db, ["manifests"], (tx) => getManifest(tx, manifest));
  for (const { digest } of filesOf(found)) if (isAsked(digest)) return true;
  return false;
}

async function ask(
  sync: SyncCtx,
  remote: RemoteRecord,
  signal: AbortSignal,
): Promise<Asked | null> {
  const hub = sync.openHub(remote);
  const { commit } = await retrying(sync, signal, () => hub.readHead(INDEX_PATH, signal));
  return commit === null ? null : { hub, commit };
}

/** Files by their paths there, of those that hold blobs which are asked for. */
function expectedOf(
  { manifest, pointers, told }: PreparedVersion,
  isAsked: (digest: Digest) => boolean,
): ReadonlyMap<string, Expected> {
  const folder = versionFolder(manifest.project, manifest.name, manifest.number);
  const digests = new Map<string, Digest[]>();
  for (const { path, pack, digest } of manifest.files) {
    if (!isAsked(digest)) continue;
    const file = pack === undefined ? path : manifest.packs[pack[0]]?.path;
    const inFile = digests.get(`${folder}/${file}`) ?? [];
    digests.set(`${folder}/${file}`, inFile);
    inFile.push(digest);
  }
  return new Map(
    pointers.flatMap(({ path, object }) => {
      const inFile = digests.get(path);
      if (inFile === undefined || told.has(object.sha256)) return [];
      return [[path, { object, digests: inFile }] as const];
    }),
  );
}

async function compare(
  sync: SyncCtx,
  { hub, commit }: Asked,
  expected: ReadonlyMap<string, Expected>,
  there: DigestSet,
  signal: AbortSignal,
): Promise<void> {
  const paths = [...expected.keys()];
  for (let from = 0; from < paths.length; from += PATHS) {
    const some = paths.slice(from, from + PATHS);
    const found = await retrying(sync, signal, () => hub.pathsInfo(commit, some, signal));
    for (const { path, sha256, sizeBytes } of found) {
      const file = expected.get(path);
      if (file?.object.sha256 !== sha256 || file.object.sizeBytes !== sizeBytes) continue;
      for (const digest of file.digests) there.add(digest);
    }
  }
}
