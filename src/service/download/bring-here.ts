// Brings a file of a remote here: one blob, or a pack of many. Kept is what was checked [S2 U5].
import { CairnError, isCairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import type { RemoteBytes, RemoteMember } from "../../protocol/remote.ts";
import { addTotals } from "../../store/counters.ts";
import { findStored, packOfOne } from "../../store/packs.ts";
import { forgetCorrupt } from "../../store/quarantine.ts";
import type { PackRecord } from "../../store/schema.ts";
import { withRead, withWrite } from "../../store/transaction.ts";
import { isIntact, sliceOf, type Content } from "../care/content.ts";
import { collectSoon } from "../collect-soon.ts";
import type { Ctx } from "../context.ts";
import { PART_BYTES } from "../ingest/put-bytes.ts";
import { SMALL_FILE_BYTES, SMALL_UNIT } from "../ingest/units.ts";

/** A pack of the remote up to this size is read in one go; reading slices of a Blob costs a message each. */
const READ_AT_ONCE_BYTES = 64 << 20;

/**
 * Fetches a file, checks it as a whole and each blob in it that is not here, and keeps those that are right.
 *
 * @param onBytes told the bytes of each piece that arrives
 * @returns the blobs that are here now
 * @throws CairnError `remote_failed` when other bytes came than those promised, `aborted`, the remote's own, storage errors
 */
export async function bringHere(
  ctx: Ctx,
  file: RemoteBytes,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<ReadonlySet<Digest>> {
  const whole = await download(file, signal, onBytes);
  if (whole.size !== file.sizeBytes) throw wrongBytes(file);
  const found = await readWhole(ctx, file, whole, signal);
  if (found.sha256 !== file.sha256) throw wrongBytes(file);
  const members = new Map(file.members.map((member) => [member.digest, member]));
  const stored = await withRead(ctx.db, ["packs", "ingests"], (tx) =>
    findStored(tx, [...members.keys()]),
  );
  const absent = [...members.values()].filter(({ digest }) => !stored.has(digest));
  const right =
    found.digest === null
      ? await checkMembers(ctx, whole, absent, signal)
      : await checkedAlone(whole, absent, found.digest);
  await keep(ctx, right, found.digest === null ? null : file.sha256);
  return new Set([...stored, ...right.map(({ digest }) => digest)]);
}

/** The SHA-256 of what came, and where that is one blob, its digest by the same reading. */
async function readWhole(
  { pool }: Ctx,
  file: RemoteBytes,
  whole: Blob,
  signal: AbortSignal,
): Promise<{ readonly sha256: string; readonly digest: Digest | null }> {
  return isOneBlob(file)
    ? pool.digestsOfBlob(whole, signal)
    : { sha256: await pool.sha256Blob(whole, signal), digest: null };
}

/** The error of a remote that sent other bytes than it promised. */
export function wrongBytes({ label }: RemoteBytes): CairnError {
  return new CairnError("remote_failed", { remote: label, reason: "it sent other bytes" });
}

/** Whether the file is one blob and nothing else. */
function isOneBlob({ members, sizeBytes }: RemoteBytes): boolean {
  const [only, ...more] = members;
  return only?.sizeBytes === sizeBytes && more.length === 0;
}

async function download(
  file: RemoteBytes,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  let left = file.sizeBytes;
  const bounded = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      left -= piece.byteLength;
      if (left < 0) throw wrongBytes(file);
      collectSoon(piece.byteLength);
      onBytes(piece.byteLength);
      controller.enqueue(piece);
    },
  });
  try {
    const stream = await file.open(signal);
    // Through a Response the browser may spill to disk what it gathers.
    return await new Response(stream.pipeThrough(bounded, { signal })).blob();
  } catch (error) {
    if (signal.aborted) throw new CairnError("aborted", {}, { cause: error });
    if (isCairnError(error)) throw error;
    if (left < 0) throw wrongBytes(file);
    const reason = error instanceof Error ? error.message : String(error);
    throw new CairnError("remote_failed", { remote: file.label, reason }, { cause: error });
  }
}

/** A blob's bytes, found right. */
interface Checked {
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly content: Content;
}

/** Those of the members whose bytes are their own. */
async function checkMembers(
  ctx: Ctx,
  whole: Blob,
  members: readonly RemoteMember[],
  signal: AbortSignal,
): Promise<readonly Checked[]> {
  const isSmall = members.every(({ sizeBytes }) => sizeBytes < SMALL_FILE_BYTES);
  const isInMemory = whole.size <= READ_AT_ONCE_BYTES && (isSmall || members.length > 1);
  const source: Content = isInMemory ? new Uint8Array(await whole.arrayBuffer()) : whole;
  if (isInMemory) collectSoon(whole.size);
  const right: Checked[] = [];
  for (const { digest, offset, sizeBytes } of members) {
    const content = sliceOf(source, offset, sizeBytes);
    if (await isIntact(ctx, content, { digest, sizeBytes }, signal, () => undefined))
      right.push({ digest, sizeBytes, content: await inMemoryIfSmall(content) });
  }
  return right;
}

/** Of a file that is one blob: that, where it is wanted and its bytes are its own. */
function checkedAlone(
  whole: Blob,
  members: readonly RemoteMember[],
  found: Digest,
): Promise<readonly Checked[]> {
  const right = members.filter(({ digest }) => digest === found);
  return Promise.all(
    right.map(async ({ digest, sizeBytes }) => {
      return { digest, sizeBytes, content: await inMemoryIfSmall(whole) };
    }),
  );
}

async function inMemoryIfSmall(content: Content): Promise<Content> {
  const isLeft = content instanceof Blob && content.size < SMALL_FILE_BYTES;
  return isLeft ? new Uint8Array(await content.arrayBuffer()) : content;
}

/**
 * Keeps blobs as one committed ingest, as a drop would have: large ones alone, small ones about 1 MiB
 * to a pack. They take the places of corrupt copies.
 *
 * @param sha256 of the only blob, where it is known
 */
async function keep(ctx: Ctx, blobs: readonly Checked[], sha256: string | null): Promise<void> {
  if (blobs.length === 0) return;
  const uid = ctx.newUid<"Ingest">();
  const large = await Promise.all(
    blobs.filter((blob) => !isSmallBlob(blob)).map((blob) => packAlone(ctx, blob)),
  );
  const stores = ["ingests", "packs", "packBytes", "quarantine", "totals", "sha256s"] as const;
  await withWrite(ctx.db, [...stores], async (tx) => {
    const digests = blobs.map(({ digest }) => digest);
    // Another tab may have been faster.
    const stored = await findStored(tx, digests);
    const isNew = ({ digest }: Checked): boolean => !stored.has(digest);
    const packs = [
      ...large.filter(({ pack }) => pack.digests.every((digest) => !stored.has(digest))),
      ...groupsOf(blobs.filter((blob) => isSmallBlob(blob) && isNew(blob))).map(packTogether),
    ];
    for (const [n, { pack, parts }] of packs.entries()) {
      for (const [i, part] of parts.entries())
        await tx.objectStore("packBytes").put(part, [uid, n, i]);
      await tx.objectStore("packs").put(pack, [uid, n]);
    }
    if (packs.length > 0)
      await tx.objectStore("ingests").put({ uid, state: "committed", openedAt: ctx.now() });
    for (const digest of digests) await forgetCorrupt(tx, digest);
    const [only] = digests;
    if (sha256 !== null && only !== undefined) await tx.objectStore("sha256s").put(sha256, only);
    const storedBytes = blobs.filter(isNew).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    await addTotals(tx, { versions: 0, sizeBytes: 0, storedBytes });
  });
}

interface NewPack {
  readonly pack: PackRecord;
  readonly parts: readonly (Blob | ArrayBuffer)[];
}

function isSmallBlob({ sizeBytes }: Checked): boolean {
  return sizeBytes < SMALL_FILE_BYTES;
}

async function packAlone(ctx: Ctx, { digest, sizeBytes, content }: Checked): Promise<NewPack> {
  const blob = content instanceof Blob ? content : new Blob([content]);
  const parts = ctx.storesBlobs ? [blob] : await cut(blob);
  return { pack: packOfOne(digest, sizeBytes, parts.length), parts };
}

/** A blob's bytes, in as many pieces as where Blobs can't be kept. */
async function cut(blob: Blob): Promise<readonly ArrayBuffer[]> {
  const parts: ArrayBuffer[] = [];
  for (let at = 0; at < blob.size; at += PART_BYTES)
    parts.push(await blob.slice(at, at + PART_BYTES).arrayBuffer());
  return parts;
}

function packTogether(blobs: readonly Checked[]): NewPack {
  const offsets: number[] = [];
  let length = 0;
  for (const { sizeBytes } of blobs) {
    offsets.push(length);
    length += sizeBytes;
  }
  const bytes = new Uint8Array(length);
  for (const [i, { content }] of blobs.entries())
    // Small blobs are in memory.
    if (!(content instanceof Blob)) bytes.set(content, offsets[i] ?? 0);
  const digests = blobs.map(({ digest }) => digest);
  const sizes = blobs.map(({ sizeBytes }) => sizeBytes);
  return { pack: { digests, offsets, sizes, parts: 1 }, parts: [bytes.buffer] };
}

/** Small blobs, as many together as a pack takes. */
function groupsOf(blobs: readonly Checked[]): readonly (readonly Checked[])[] {
  const groups: Checked[][] = [];
  let bytes = 0;
  for (const blob of blobs) {
    const group = groups.at(-1);
    if (
      group === undefined ||
      group.length === SMALL_UNIT.files ||
      bytes + blob.sizeBytes > SMALL_UNIT.bytes
    ) {
      groups.push([blob]);
      bytes = blob.sizeBytes;
    } else {
      group.push(blob);
      bytes += blob.sizeBytes;
    }
  }
  return groups;
}
