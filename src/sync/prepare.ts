// A version made ready for a remote: SHA-256s, packs, the manifest that goes with it.
import type { ArtifactName, ProjectName } from "../core/names.ts";
import type { Digest } from "../core/digest.ts";
import { CairnError } from "../core/errors.ts";
import {
  entriesOf,
  filesOf,
  isReference,
  type FileEntry,
  type Manifest,
} from "../core/manifest.ts";
import type { VersionUid } from "../core/records.ts";
import type { RemoteFile, RemoteManifest } from "../core/sync/files.ts";
import { versionFolder } from "../core/sync/layout.ts";
import { planPacks } from "../core/sync/packs.ts";
import { formatVersion, type VersionNumber } from "../core/version.ts";
import type { LfsObject } from "../hub/hub.ts";
import type { Ctx } from "../service/context.ts";
import { createBlobSource, type BlobSource } from "../service/download/blob-source.ts";
import { keepSha256s, keptSha256s, sha256sOf } from "../service/sha256s.ts";
import { getManifest } from "../store/artifacts.ts";
import { withRead, withWrite } from "../store/transaction.ts";
import { toldPack, toldSha256s } from "./known-objects.ts";
import type { Meter } from "./meter.ts";
import { EMPTY_SHA256 } from "./remote-files.ts";
import { storedOf } from "../store/stored.ts";
import { planTars, sha256OfTar, type PackPlanned } from "./tar-pack.ts";
import { objectMakers, type UploadObject } from "./upload-object.ts";

export interface VersionToPush {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly number: VersionNumber;
  readonly uid: VersionUid;
  readonly digest: Digest;
}

export interface PreparedVersion {
  readonly manifest: RemoteManifest;
  /** Pointers to commit: paths in the repository. */
  readonly pointers: readonly { readonly path: string; readonly object: LfsObject }[];
  readonly objects: readonly UploadObject[];
  /** SHA-256s that only a remote told, as the bytes are not here; nobody checked them. */
  readonly told: ReadonlySet<string>;
}

/**
 * Works out what a remote must hold of a version. A SHA-256 is computed once per blob, and per pack,
 * and kept [M1]; of bytes that are not here the one a remote has is taken. Nothing is read that need
 * not be: bodies are made when they are asked for, and then fetched first where they are not here.
 *
 * @param onObject told of each object as soon as it is known, before the others are
 * @throws CairnError `not_found`, `blob_missing`, `digest_mismatch`, `remote_failed`, `aborted`
 */
export async function prepareVersion(
  sync: Ctx,
  version: VersionToPush,
  meter: Meter,
  signal: AbortSignal,
  onObject: (object: UploadObject) => void = () => undefined,
): Promise<PreparedVersion> {
  meter.subject(`${version.project}/${version.name}:${formatVersion(version.number)}`);
  const manifest = await withRead(sync.db, ["manifests"], (tx) => getManifest(tx, version.digest));
  const files = [...filesOf(manifest)];
  const source = createBlobSource(sync);
  try {
    const plan = planPacks(files);
    const packs = planTars(sync, plan);
    const known = await knownHere(sync, files, packs);
    const work = { sync, source, meter, signal, ...known };
    const make = objectMakers(sync, known.checked);
    // The same bytes under two names are one object.
    const objects = new Map<string, UploadObject>();
    const add = (object: UploadObject): void => {
      if (objects.has(object.sha256)) return;
      objects.set(object.sha256, object);
      onObject(object);
    };
    const alone = new Map(plan.alone.map((entry) => [entry.digest, entry]));
    startHashing(work, files, packs);
    const sha256s = await fileSha256s(work, files, (digest, sha256) => {
      const entry = alone.get(digest);
      if (entry !== undefined) add(make.file(entry, sha256));
    });
    const hashed: PackHashed[] = [];
    for (const pack of packs) {
      const sha256 = await packSha256(work, pack);
      hashed.push({ ...pack, sha256 });
      add(make.pack(pack, sha256));
    }
    return {
      manifest: manifestOf(version, manifest, hashed, sha256s),
      pointers: pointersOf(version, plan.alone, hashed, sha256s),
      objects: [...objects.values()],
      told: work.told,
    };
  } catch (error) {
    throw signal.aborted ? new CairnError("aborted", {}, { cause: error }) : error;
  }
}

type PackHashed = PackPlanned & { readonly sha256: string };

interface Work {
  readonly sync: Ctx;
  readonly source: BlobSource;
  readonly meter: Meter;
  readonly signal: AbortSignal;
  /** Blobs whose bytes are in this browser. */
  readonly here: ReadonlySet<Digest>;
  /** SHA-256s computed here before, of blobs and of packs by their identity. */
  readonly kept: ReadonlyMap<Digest, string>;
  /** Gathers SHA-256s that a remote told. */
  readonly told: Set<string>;
  /** Gathers blobs, and packs by their identity, whose bytes were read and found right just now. */
  readonly checked: Set<Digest>;
}

async function knownHere(
  { db }: Ctx,
  files: readonly FileEntry[],
  packs: readonly PackPlanned[],
): Promise<Pick<Work, "here" | "kept" | "told" | "checked">> {
  const digests = [...new Set(files.map(({ digest }) => digest))];
  const here = await withRead(db, ["packs", "ingests"], (tx) => storedOf(tx, digests));
  const kept = await keptSha256s(db, [...digests, ...packs.map(({ identity }) => identity)]);
  return { here, kept, told: new Set(), checked: new Set() };
}

/** Says how much is to be hashed, where anything is. */
function startHashing(
  { meter, here, kept }: Work,
  files: readonly FileEntry[],
  packs: readonly PackPlanned[],
): void {
  const sizes = new Map(
    files
      .filter(({ digest, size }) => size > 0 && here.has(digest) && !kept.has(digest))
      .map(({ digest, size }) => [digest, size]),
  );
  for (const { identity, tar } of packs)
    if (!kept.has(identity)) sizes.set(identity, tar.sizeBytes);
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (sizes.size > 0) meter.step("hashing", { files: sizes.size, bytes });
}

/** SHA-256s of files that aren't empty; `onKnown` is told of each as soon as it is. */
async function fileSha256s(
  { sync, source, meter, signal, here, kept, told, checked }: Work,
  files: readonly FileEntry[],
  onKnown: (digest: Digest, sha256: string) => void,
): Promise<ReadonlyMap<Digest, string>> {
  for (const [digest, sha256] of kept) onKnown(digest, sha256);
  const unknown = files.filter(({ digest, size }) => size > 0 && !kept.has(digest));
  const elsewhere = unknown.filter(({ digest }) => !here.has(digest));
  const saidThere = await toldSha256s(
    sync.db,
    elsewhere.map(({ digest }) => digest),
  );
  for (const [digest, sha256] of saidThere) {
    told.add(sha256);
    onKnown(digest, sha256);
  }
  const computed = await sha256sOf(
    sync,
    unknown.filter(({ digest }) => !saidThere.has(digest)),
    signal,
    {
      source,
      onHashed({ digest, size }, sha256) {
        checked.add(digest);
        onKnown(digest, sha256);
        meter.addBytes(size);
        meter.addFiles(1);
      },
    },
  );
  return new Map([...kept, ...saidThere, ...computed]);
}

async function packSha256(
  { sync, source, meter, signal, here, kept, told, checked }: Work,
  { identity, tar }: PackPlanned,
): Promise<string> {
  const known = kept.get(identity);
  if (known !== undefined) return known;
  const isHere = tar.members.every(({ entry }) => here.has(entry.digest));
  const said = isHere ? null : await toldPack(sync.db, tar);
  if (said !== null) {
    told.add(said);
    meter.skip({ files: 1, bytes: tar.sizeBytes });
    return said;
  }
  const sha256 = await sha256OfTar(sync, source, tar, signal);
  checked.add(identity);
  await withWrite(sync.db, ["sha256s"], (tx) => keepSha256s(tx, new Map([[identity, sha256]])));
  meter.addBytes(tar.sizeBytes);
  meter.addFiles(1);
  return sha256;
}

function manifestOf(
  { project, name, number, uid, digest }: VersionToPush,
  manifest: Manifest,
  packs: readonly PackHashed[],
  sha256s: ReadonlyMap<Digest, string>,
): RemoteManifest {
  return {
    project,
    name,
    number,
    uid,
    digest,
    files: remoteFilesIn(manifest, packs, sha256s),
    references: [...entriesOf(manifest)].filter(isReference),
    packs: packs.map(({ path, tar, sha256 }) => ({ path, size: tar.sizeBytes, sha256 })),
  };
}

function pointersOf(
  { project, name, number }: VersionToPush,
  alone: readonly FileEntry[],
  packs: readonly PackHashed[],
  sha256s: ReadonlyMap<Digest, string>,
): PreparedVersion["pointers"] {
  const folder = versionFolder(project, name, number);
  return [
    ...alone.map((entry) => ({
      path: `${folder}/${entry.path}`,
      object: { sha256: sha256In(sha256s, entry), sizeBytes: entry.size },
    })),
    ...packs.map(({ path, tar, sha256 }) => ({
      path: `${folder}/${path}`,
      object: { sha256, sizeBytes: tar.sizeBytes },
    })),
  ];
}

function remoteFilesIn(
  manifest: Manifest,
  packs: readonly PackPlanned[],
  sha256s: ReadonlyMap<Digest, string>,
): readonly RemoteFile[] {
  const places = new Map(
    packs.flatMap(({ tar }, i) =>
      tar.members.map(({ entry, offset }) => [entry.path, [i, offset] as const] as const),
    ),
  );
  return Array.from(filesOf(manifest), (entry) => {
    const { path, size, digest } = entry;
    const pack = places.get(path);
    const sha256 = sha256In(sha256s, entry);
    // In the order of their text, which is written faster so.
    return { digest, ...(pack !== undefined && { pack }), path, sha256, size };
  });
}

function sha256In(sha256s: ReadonlyMap<Digest, string>, { digest, size }: FileEntry): string {
  const sha256 = size === 0 ? EMPTY_SHA256 : sha256s.get(digest);
  if (sha256 !== undefined) return sha256;
  throw new CairnError("internal", { reason: `no SHA-256 of ${digest}` });
}
