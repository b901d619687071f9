// Packs of a version: what each is called by, and its bytes put together.
import type { Digest } from "../core/digest.ts";
import type { FileEntry } from "../core/manifest.ts";
import { packNames, planTar, type PackPlan, type TarPlan } from "../core/sync/packs.ts";
import { END_BYTES, memberHeader, paddingOf } from "../core/sync/tar-header.ts";
import type { Content } from "../service/care/content.ts";
import type { BlobSource } from "../service/download/blob-source.ts";
import type { Ctx } from "../service/context.ts";

/** A pack before its bytes are read. */
export interface PackPlanned {
  /** Its name in the version's folder. */
  readonly path: string;
  readonly tar: TarPlan;
  /** Stands for its bytes, which follow from the members: its SHA-256 is kept under it. */
  readonly identity: Digest;
}

/** Lays a version's packs out. */
export function planTars({ hasher }: Pick<Ctx, "hasher">, plan: PackPlan): readonly PackPlanned[] {
  const names = packNames(plan);
  return plan.packs.map((members, i) => ({
    path: names[i] ?? "",
    tar: planTar(members),
    identity: hasher.hashText(identityOf(members)),
  }));
}

/** Ends once no pack is being built. */
let building: Promise<unknown> = Promise.resolve();

/**
 * The bytes of a pack, checked. One is built at a time, as its pieces lie in memory until the browser
 * has them. Throws `blob_missing`, `digest_mismatch`, `remote_failed`, `aborted`.
 */
export function buildTar(source: BlobSource, tar: TarPlan, signal: AbortSignal): Promise<Blob> {
  const built = building.then(async () => new Blob(await piecesOf(source, tar, signal)));
  building = built.catch(() => undefined);
  return built;
}

/** The SHA-256 of a pack's bytes. Throws as {@link buildTar}. */
export async function sha256OfTar(
  ctx: Ctx,
  source: BlobSource,
  tar: TarPlan,
  signal: AbortSignal,
): Promise<string> {
  const pieces = await piecesOf(source, tar, signal);
  const inMemory = pieces.filter((piece) => piece instanceof Uint8Array);
  // A Blob of them would be a copy that a worker had to read.
  return inMemory.length === pieces.length
    ? ctx.hasher.sha256(inMemory)
    : ctx.pool.sha256Blob(new Blob(pieces), signal);
}

async function piecesOf(
  source: BlobSource,
  { members }: TarPlan,
  signal: AbortSignal,
): Promise<Content[]> {
  const pieces: Content[] = [];
  for (const { entry } of members)
    pieces.push(
      memberHeader(entry),
      await source.open(entry, signal),
      ZEROS.subarray(0, paddingOf(entry.size)),
    );
  pieces.push(ZEROS);
  return pieces;
}

/** What ends a tar, and some of which fills up a member's last block. */
const ZEROS = new Uint8Array(END_BYTES);

function* identityOf(members: readonly FileEntry[]): Generator<string> {
  yield "cairn-pack:1\n";
  for (const { path, digest, size } of members) yield `${JSON.stringify([path, digest, size])}\n`;
}
