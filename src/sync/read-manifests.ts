// Versions' lists of files, read from a remote and checked against what they must be [S2].
import { canonicalManifest } from "../core/manifest.ts";
import type { VersionUid } from "../core/records.ts";
import { manifestOfRemote, readRemoteManifest } from "../core/sync/file-texts.ts";
import type { RemoteManifest } from "../core/sync/files.ts";
import { manifestPath } from "../core/sync/layout.ts";
import type { SharedVersion } from "../core/sync/shared.ts";
import type { CommitOid } from "../hub/hub.ts";
import { inLanes } from "../service/care/lanes.ts";
import type { PushedVersion } from "../store/sync-records.ts";
import { withRead } from "../store/transaction.ts";
import { remoteFilesOf } from "./remote-files.ts";
import { invalidRemote, READ_LANES, type Run } from "./round-run.ts";
import { isUnusable } from "./unusable.ts";

/** A version whose manifest is wanted, and what the remote says of its files. */
export type WantedManifest = PushedVersion &
  Pick<SharedVersion, "digest" | "sizeBytes" | "fileCount">;

/** Reads manifests at a commit, several at once. Throws `invalid_remote` where one is missing or not what it must be. */
export async function readManifests(
  run: Run,
  commit: CommitOid,
  versions: readonly WantedManifest[],
): Promise<ReadonlyMap<VersionUid, RemoteManifest>> {
  const found = new Map<VersionUid, RemoteManifest>();
  if (versions.length === 0) return found;
  await run.step("read-manifests");
  await inLanes(READ_LANES, versions, async (version) => {
    const manifest = await findManifest(run, commit, version);
    const { project, name, uid } = version;
    const path = manifestPath(project, name, uid, false);
    if (manifest === null) throw invalidRemote(run, path, "it is missing");
    if (!isOf(manifest, version)) throw invalidRemote(run, path, "its files are not the version's");
    found.set(uid, manifest);
    run.meter.addFiles(1);
  });
  return found;
}

function isOf(
  { digest, files, references }: RemoteManifest,
  { digest: wanted, sizeBytes, fileCount }: WantedManifest,
): boolean {
  const entries = [...files, ...references];
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  return digest === wanted && entries.length === fileCount && bytes === sizeBytes;
}

/** A version's manifest; `null` for none. Throws `invalid_remote` where it is not what it must be. */
export async function findManifest(
  run: Run,
  commit: CommitOid,
  version: PushedVersion,
): Promise<RemoteManifest | null> {
  const { project, name, uid } = version;
  const path = manifestPath(project, name, uid, false);
  let text = await readEither(run, commit, version);
  if (text === null) {
    // Another device may have taken it away while a third one restored the version.
    const earlier = await lastSeenAt(run, uid);
    if (earlier !== null) text = await readEither(run, earlier, version);
  }
  if (text === null) return null;
  const manifest = readRemoteManifest(text, path, run.label);
  if (manifest.project !== project || manifest.name !== name || manifest.uid !== uid)
    throw invalidRemote(run, path, "it is of another version");
  if (run.sync.hasher.hashText(canonicalManifest(manifestOfRemote(manifest))) !== manifest.digest)
    throw invalidRemote(run, path, "its files are not those of its digest");
  return manifest;
}

/** A version's manifest; `null` also where it is not what it must be. */
export async function findUsableManifest(
  run: Run,
  commit: CommitOid,
  version: PushedVersion,
): Promise<RemoteManifest | null> {
  try {
    return await findManifest(run, commit, version);
  } catch (error) {
    if (isUnusable(error)) return null;
    throw error;
  }
}

async function readEither(
  { hub, signal }: Run,
  commit: CommitOid,
  { project, name, uid }: PushedVersion,
): Promise<string | null> {
  return (
    (await hub.readText(commit, manifestPath(project, name, uid, false), signal)) ??
    hub.readText(commit, manifestPath(project, name, uid, true), signal)
  );
}

/** A commit that had the version's files. */
async function lastSeenAt({ sync, remote }: Run, uid: VersionUid): Promise<CommitOid | null> {
  const rows = await withRead(sync.db, ["remoteFiles"], (tx) => remoteFilesOf(tx, remote, uid));
  return rows[0]?.commit ?? null;
}
