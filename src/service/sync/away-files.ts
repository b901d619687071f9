// What of a version is not in this browser, and who has it: for marks on its files [U5].
import type { Digest } from "../../core/digest.ts";
import { entryAt, isReference } from "../../core/manifest.ts";
import type { VersionRef, VersionUid } from "../../core/records.ts";
import { labelOf, type RemoteUid } from "../../core/sync/remote.ts";
import type { AwayFiles } from "../../protocol/remote-api.ts";
import { getManifest, getVersionOf } from "../../store/artifacts.ts";
import { storedOf } from "../../store/stored.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";

/** Rows that miss a blob, by the blob. */
type Missing = ReadonlyMap<Digest, readonly number[]>;

/** Says which files of a version are elsewhere. Asks no hub. Throws `not_found`, `in_trash`. */
export function listAway({ db }: Pick<Ctx, "db">, ref: VersionRef): Promise<readonly AwayFiles[]> {
  const stores = [
    "artifacts",
    "versions",
    "deletedVersions",
    "manifests",
    "packs",
    "ingests",
    "remotes",
    "remoteFiles",
  ] as const;
  return withRead(db, [...stores], async (tx) => {
    const remotes = await tx.objectStore("remotes").getAll();
    if (remotes.length === 0) return [];
    const { version } = await getVersionOf(tx, ref);
    const missing = await missingOf(tx, version.digest);
    if (missing.size === 0) return [];
    const labels = new Map(remotes.map((remote) => [remote.uid, labelOf(remote)]));
    const holders = await holdersOf(tx, version.uid, [...missing.keys()], [...labels.keys()]);
    return byPlace(missing, (digest) => {
      const holder = holders.get(digest);
      return holder === undefined ? null : (labels.get(holder) ?? null);
    });
  });
}

/** No bytes are nowhere: an empty file is never missing. */
async function missingOf(
  tx: ReadTx<"manifests" | "packs" | "ingests">,
  digest: Digest,
): Promise<Missing> {
  const manifest = await getManifest(tx, digest);
  const rows = new Map<Digest, number[]>();
  for (const row of manifest.paths.keys()) {
    const entry = entryAt(manifest, row);
    if (isReference(entry) || entry.size === 0) continue;
    const same = rows.get(entry.digest);
    if (same === undefined) rows.set(entry.digest, [row]);
    else same.push(row);
  }
  for (const stored of await storedOf(tx, [...rows.keys()])) rows.delete(stored);
  return rows;
}

/** A connected remote for each blob that one is known to hold. */
async function holdersOf(
  tx: ReadTx<"remoteFiles">,
  version: VersionUid,
  digests: readonly Digest[],
  remotes: readonly RemoteUid[],
): Promise<ReadonlyMap<Digest, RemoteUid>> {
  const store = tx.objectStore("remoteFiles");
  const holders = new Map<Digest, RemoteUid>();
  // Mostly a remote has the version itself, in a few rows.
  for (const remote of remotes) {
    const range = IDBKeyRange.bound([remote, version], [remote, version, []]);
    for (const row of await store.getAll(range))
      for (const digest of row.digests) holders.set(digest, remote);
  }
  const others = digests.filter((digest) => !holders.has(digest));
  const keys = await Promise.all(others.map((digest) => store.index("byDigest").getKey(digest)));
  for (const [i, digest] of others.entries()) {
    const [remote] = keys[i] ?? [];
    if (remote !== undefined) holders.set(digest, remote);
  }
  return holders;
}

function byPlace(
  missing: Missing,
  whereOf: (digest: Digest) => string | null,
): readonly AwayFiles[] {
  const places = new Map<string | null, number[]>();
  for (const [digest, rows] of missing) {
    const where = whereOf(digest);
    const known = places.get(where) ?? [];
    places.set(where, known);
    for (const row of rows) known.push(row);
  }
  return [...places].map(([where, rows]) => ({
    where,
    rows: Uint32Array.from(rows.toSorted((a, b) => a - b)),
  }));
}
