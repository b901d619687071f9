// Checks the blobs of one version, or of some of its files [U4].
import { CairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import {
  entriesOf,
  entryAt,
  isReference,
  rowOf,
  type Manifest,
  type ManifestEntry,
} from "../../core/manifest.ts";
import type { VerifyReport, VerifyScope } from "../../protocol/care-api.ts";
import type { DownloadProgress } from "../../protocol/downloads.ts";
import { getManifest, getVersionOf } from "../../store/artifacts.ts";
import { findPackKey } from "../../store/packs.ts";
import type { Database, PackKey } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { checkPack } from "./check-pack.ts";
import { writeCheck } from "./checks.ts";
import { addMissing, damageOf, type Ill, type Need } from "./damage.ts";
import { inLanes } from "./lanes.ts";
import { Meter } from "./meter.ts";

/** Blobs looked up in one transaction. */
const LOOKUPS = 1000;

/** A blob, and how many of the files have it. */
interface Share extends Need {
  readonly files: number;
}

/** Checks a version. Throws `aborted`, `not_found`, `in_trash`, storage errors. */
export async function verifyVersion(
  ctx: Ctx,
  scope: Extract<VerifyScope, { kind: "version" }>,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const checkedAt = ctx.now();
  const { version, manifest } = await withRead(
    ctx.db,
    ["artifacts", "versions", "deletedVersions", "manifests"],
    async (tx) => {
      const found = await getVersionOf(tx, scope);
      return { version: found.version, manifest: await getManifest(tx, found.version.digest) };
    },
  );
  const entries = chosenEntries(manifest, scope.paths);
  const shares = sharesOf(entries);
  const files = sumOf(shares.values(), (share) => share.files);
  const bytes = sumOf(shares.values(), (share) => share.files * share.sizeBytes);
  const meter = new Meter({ files, bytes }, onProgress);
  const { ill, absent } = await checkBlobs(ctx, shares, meter, signal);
  const damage = await damageOf(ctx.db, ill, signal);
  const elsewhere = {
    files: sumOf(absent, (share) => share.files),
    bytes: sumOf(absent, (share) => share.files * share.sizeBytes),
  };
  if (damage.length === 0 && elsewhere.files === 0 && scope.paths === null)
    await writeCheck(ctx.db, version.digest, checkedAt);
  meter.finish();
  return {
    files: files - elsewhere.files,
    bytes: bytes - elsewhere.bytes,
    references: entries.filter(isReference).length,
    damage,
    elsewhere,
    checkedAt,
  };
}

function sharesOf(entries: readonly ManifestEntry[]): ReadonlyMap<Digest, Share> {
  const shares = new Map<Digest, Share>();
  for (const entry of entries) {
    if (isReference(entry)) continue;
    const { files = 0, path = entry.path } = shares.get(entry.digest) ?? {};
    shares.set(entry.digest, { files: files + 1, path, sizeBytes: entry.size });
  }
  return shares;
}

/** Checks blobs pack by pack, until each has a verdict: a corrupt spare copy sends it to the next pack. */
async function checkBlobs(
  ctx: Ctx,
  shares: ReadonlyMap<Digest, Share>,
  meter: Meter,
  signal: AbortSignal,
): Promise<{ readonly ill: ReadonlyMap<Digest, Ill>; readonly absent: readonly Share[] }> {
  const ill = new Map<Digest, Ill>();
  /** Those that a remote holds, and this browser doesn't. */
  const absent: Share[] = [];
  const pending = new Map(shares);
  const settle = (digest: Digest): void => {
    const { files = 0, sizeBytes = 0 } = pending.get(digest) ?? {};
    pending.delete(digest);
    meter.count(files, files * sizeBytes);
  };
  while (pending.size > 0) {
    const { packs, missing } = await locate(ctx.db, [...pending.keys()]);
    const suspects = new Map([...pending].filter(([digest]) => missing.has(digest)));
    const elsewhere = await addMissing(ctx, suspects, ill);
    for (const [digest, share] of suspects) {
      if (elsewhere.has(digest)) absent.push(share);
      if (elsewhere.has(digest) || ill.has(digest)) settle(digest);
    }
    await inLanes(ctx.pool.size, packs, async ({ key, digests }) => {
      const onBytes = (doneBytes: number): void => meter.advance(key, doneBytes);
      const findings = await checkPack(ctx, key, digests, signal, onBytes);
      meter.leave(key);
      for (const { digest, sizeBytes, problem } of findings) {
        if (problem !== null) ill.set(digest, { sizeBytes, problem });
        settle(digest);
      }
    });
  }
  return { ill, absent };
}

interface Place {
  readonly key: PackKey;
  readonly digests: Set<Digest>;
}

/** The packs of blobs, and the blobs that have none. */
async function locate(
  db: Database,
  digests: readonly Digest[],
): Promise<{ readonly packs: readonly Place[]; readonly missing: ReadonlySet<Digest> }> {
  const packs = new Map<string, Place>();
  const missing = new Set<Digest>();
  for (let from = 0; from < digests.length; from += LOOKUPS) {
    const some = digests.slice(from, from + LOOKUPS);
    const keys = await withRead(db, ["packs", "ingests"], (tx) =>
      Promise.all(some.map((digest) => findPackKey(tx, digest))),
    );
    for (const [i, digest] of some.entries()) {
      const key = keys[i];
      if (key === undefined) missing.add(digest);
      else {
        const place = packs.get(key.join(" ")) ?? { key, digests: new Set<Digest>() };
        place.digests.add(digest);
        packs.set(key.join(" "), place);
      }
    }
  }
  return { packs: [...packs.values()], missing };
}

/** The entries at the paths, or all. Throws `not_found`. */
function chosenEntries(
  manifest: Manifest,
  paths: readonly string[] | null,
): readonly ManifestEntry[] {
  if (paths === null) return [...entriesOf(manifest)];
  return [...new Set(paths)].map((path) => {
    const row = rowOf(manifest, path);
    if (row < 0) throw new CairnError("not_found", { what: "file", name: path });
    return entryAt(manifest, row);
  });
}

function sumOf<T>(items: Iterable<T>, numberOf: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += numberOf(item);
  return sum;
}
