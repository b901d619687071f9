// Brings all bytes of a version, an artifact or a project here [U5].
import { DigestSet } from "../core/digest-set.ts";
import type { Digest } from "../core/digest.ts";
import { isCairnError } from "../core/errors.ts";
import { filesOf, type FileEntry } from "../core/manifest.ts";
import type { Remote, RemoteBytes } from "../protocol/remote.ts";
import type { EvictScope } from "../protocol/sync-api.ts";
import type { Ctx } from "../service/context.ts";
import { bringHere, wrongBytes } from "../service/download/bring-here.ts";
import { getManifest } from "../store/artifacts.ts";
import { withRead } from "../store/transaction.ts";
import type { SyncCtx } from "./context.ts";
import { createRemote } from "./create-remote.ts";
import type { Meter } from "./meter.ts";
import { retrying } from "./retry.ts";
import { storedAmong } from "../store/stored.ts";
import { together } from "./together.ts";
import { nameOf, versionsIn } from "./versions-in.ts";

/** Files of remotes on their way at once. */
const LANES = 4;
/** Bytes after which the browser is made to forget what was stored: it keeps them in memory for as long as a handle is there. */
const LET_GO_BYTES = 256 << 20;

/**
 * Fetches what is missing, packs as wholes. What no remote has is left out: verifying tells of it.
 *
 * @throws CairnError `remote_failed` for the first file that came wrong, once the others are here; `hub_failed`
 *   after retries, `not_found`, `in_trash`, `aborted`, storage errors
 */
export async function fetchAll(
  sync: SyncCtx,
  scope: EvictScope,
  meter: Meter,
  signal: AbortSignal,
): Promise<void> {
  const remote = sync.remote ?? createRemote(sync);
  const missing = await missingIn(sync, scope);
  if (missing.size === 0) return;
  const bytes = [...missing.values()].reduce((sum, { size }) => sum + size, 0);
  meter.step("fetching", { files: missing.size, bytes });
  meter.subject(nameOf(scope));
  const failures: unknown[] = [];
  let held = 0;
  await together(
    LANES,
    signal,
    () => locate(remote, missing, meter),
    async (wanted, until) => {
      try {
        await retrying(sync, until, () => fetchOne(sync, wanted, meter, until));
        held += wanted.file.sizeBytes;
        if (held < LET_GO_BYTES) return;
        held = 0;
        sync.letBlobsGo();
      } catch (error) {
        // Of other files it says nothing.
        if (!isCairnError(error, "remote_failed")) throw error;
        failures.push(error);
        meter.skip({ files: wanted.entries.length, bytes: sizeOf(wanted) });
      }
    },
  );
  if (failures.length > 0) throw failures[0];
}

/** A file of a remote, and what is wanted of it. */
interface Wanted {
  readonly file: RemoteBytes;
  readonly entries: readonly FileEntry[];
}

/** Finds a place for each blob; one place for all those that lie in it. */
async function* locate(
  remote: Remote,
  missing: ReadonlyMap<Digest, FileEntry>,
  meter: Meter,
): AsyncGenerator<Wanted> {
  const taken = new Set<Digest>();
  for (const entry of missing.values()) {
    if (taken.has(entry.digest)) continue;
    const file = await remote.locate(entry.digest);
    if (file === null) {
      meter.skip({ files: 1, bytes: entry.size });
      continue;
    }
    const entries = file.members.flatMap(({ digest }) => {
      const wanted = taken.has(digest) ? undefined : missing.get(digest);
      taken.add(digest);
      return wanted === undefined ? [] : [wanted];
    });
    yield { file, entries };
  }
}

function sizeOf({ entries }: Wanted): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}

async function fetchOne(
  ctx: Ctx,
  wanted: Wanted,
  meter: Meter,
  signal: AbortSignal,
): Promise<void> {
  const { file, entries } = wanted;
  const wantedBytes = sizeOf(wanted);
  let received = 0;
  let counted = 0;
  // Of a pack only what is wanted counts.
  const count = (share: number): void => {
    const now = Math.round(wantedBytes * Math.min(1, share));
    meter.addBytes(now - counted);
    counted = now;
  };
  try {
    const here = await bringHere(ctx, file, signal, (bytes) => {
      received += bytes;
      count(received / file.sizeBytes);
    });
    if (entries.some(({ digest }) => !here.has(digest))) throw wrongBytes(file);
    count(1);
    meter.addFiles(entries.length);
  } catch (error) {
    count(0);
    throw error;
  }
}

/** The blobs of a scope that are not here, each with one of its paths. */
function missingIn({ db }: Ctx, scope: EvictScope): Promise<ReadonlyMap<Digest, FileEntry>> {
  const stores = [
    "artifacts",
    "versions",
    "deletedVersions",
    "manifests",
    "packs",
    "ingests",
  ] as const;
  return withRead(db, [...stores], async (tx) => {
    const versions = await versionsIn(tx, scope);
    const manifests = new Set(versions.map(({ version }) => version.digest));
    const absent = new DigestSet();
    for (const digest of manifests)
      for (const file of filesOf(await getManifest(tx, digest))) absent.add(file.digest);
    for (const digest of (await storedAmong(tx, absent)).keys()) absent.delete(digest);
    const missing = new Map<Digest, FileEntry>();
    if (absent.size === 0) return missing;
    for (const digest of manifests)
      for (const file of filesOf(await getManifest(tx, digest)))
        if (absent.has(file.digest)) missing.set(file.digest, file);
    return missing;
  });
}
