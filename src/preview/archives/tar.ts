// Opens a tar, packed by gzip or not: walks from header to header and lists what they say.
import { badFile } from "../bad-file.ts";
import { HeadError } from "../heads/head-error.ts";
import { formatCount, quoted, type Fault } from "../heads/notes.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { Listing, MAX_PATH } from "./listing.ts";
import {
  BLOCK_BYTES,
  isEmptyBlock,
  readHeader,
  readPax,
  textAt,
  timeText,
  type TarHeader,
} from "./tar-header.ts";
import { clock, gzipInput, plainInput, type Clock, type TarInput } from "./tar-input.ts";

/** Bytes of a long name or of pax records. */
const MAX_EXTRA_BYTES = 1024 * 1024;
/** Headers of one archive that are looked at. */
const MAX_HEADERS = 5_000_000;
/** Headers that describe the next one. */
const EXTRA_TYPES = new Set(["x", "g", "L", "K"]);
/** Headers that are no entries: a volume's name, and the rest of a file from another volume. */
const SILENT_TYPES = new Set(["V", "M"]);

const SYMLINK: Fault = { one: "is a symbolic link", many: "are symbolic links" };
const HARD_LINK: Fault = {
  one: "is a link to another entry",
  many: "are links to other entries",
};
const SPARSE: Fault = {
  one: "is a sparse file: it takes less space in the archive than unpacked",
  many: "are sparse files: they take less space in the archive than unpacked",
};
const DEVICE: Fault = { one: "is a device or a pipe", many: "are devices or pipes" };
const TOO_LONG: Fault = {
  one: "has a description that is too long to be read",
  many: "have descriptions that are too long to be read",
};

/** The opener of tars. */
export async function openTar(
  { source, blob, path }: PreviewFile,
  now: Clock = clock,
): Promise<OpenedPreview> {
  const magic = await source.read(0, 2);
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const input = isGzip ? gzipInput(blob, now) : plainInput(source, now);
  const listing = new Listing();
  let failure: HeadError | null = null;
  try {
    await listEntries(input, listing);
  } catch (error) {
    if (!(error instanceof HeadError)) throw error;
    failure = error;
  } finally {
    input.close();
  }
  const stopped = input.stoppedBy();
  if (listing.count === 0 && (failure !== null || stopped !== null))
    throw badFile(path, reasonOf(failure, stopped, isGzip), failure ?? undefined);
  if (stopped !== null) listing.notes.say(stopped);
  else if (failure !== null)
    listing.notes.say(`The rest of the archive can't be read: ${failure.reason}.`);
  return {
    preview: {
      kind: "archive",
      format: "tar",
      notes: listing.finish(),
      entries: listing.entries,
      entryCount: listing.count,
      sizeBytes: listing.sizeBytes,
    },
  };
}

function reasonOf(failure: HeadError | null, stopped: string | null, isGzip: boolean): string {
  if (stopped !== null || failure === null) return "its packed data are damaged";
  return isGzip ? "what is packed in it is no tar" : failure.reason;
}

/** What headers before an entry said of it. */
interface Extra {
  path?: string;
  pax?: ReadonlyMap<string, string>;
}

async function listEntries(input: TarInput, listing: Listing): Promise<void> {
  let common: ReadonlyMap<string, string> = new Map();
  let extra: Extra = {};
  for (let headers = 0; ; headers++) {
    if (headers > MAX_HEADERS)
      throw new HeadError(`it has more than ${formatCount(MAX_HEADERS)} headers`);
    const block = await input.read(BLOCK_BYTES);
    // Some writers leave the empty blocks at the end out.
    if (block.length === 0 && listing.count > 0) return;
    if (block.length < BLOCK_BYTES) throw new HeadError("it ends in the middle of a header");
    if (isEmptyBlock(block)) return;
    const header = readHeader(block);
    if (header === null)
      throw new HeadError(
        headers === 0 ? "its first header is no tar header" : "a header in it is damaged",
      );
    if (EXTRA_TYPES.has(header.type)) {
      const body = await readExtra(input, header, listing);
      if (header.type === "g") common = readPax(body);
      else if (header.type === "x") extra.pax = readPax(body);
      else if (header.type === "L") extra.path = textAt(body, 0, body.length);
      continue;
    }
    await skipSparseMap(input, header);
    const size = addEntry(header, extra, common, listing);
    extra = {};
    if (!(await input.skip(paddedLength(size)))) {
      if (input.stoppedBy() === null)
        listing.notes.say("The archive is cut off inside its last entry.");
      return;
    }
  }
}

/** Lists an entry, and returns the length of its body. */
function addEntry(
  header: TarHeader,
  extra: Extra,
  common: ReadonlyMap<string, string>,
  listing: Listing,
): number {
  const say = (key: string): string | undefined => extra.pax?.get(key) ?? common.get(key);
  const given = say("GNU.sparse.name") ?? say("path") ?? extra.path ?? header.path;
  const path = given.slice(0, MAX_PATH);
  const size = sizeIn(say("size")) ?? header.size;
  const isFolder = header.type === "5" || (header.type === "0" && path.endsWith("/"));
  const isLink = header.type === "1" || header.type === "2";
  const isDevice = "346".includes(header.type);
  const realSize =
    header.sparse?.realSize ??
    sizeIn(say("GNU.sparse.realsize")) ??
    sizeIn(say("GNU.sparse.size")) ??
    null;
  if (header.type === "2") listing.notes.add(SYMLINK, path);
  if (header.type === "1") listing.notes.add(HARD_LINK, path);
  if (isDevice) listing.notes.add(DEVICE, path);
  if (realSize !== null) listing.notes.add(SPARSE, path);
  // Of links and devices a size may be told that no body has.
  const bodyBytes = isLink || isDevice || isFolder ? 0 : size;
  if (!SILENT_TYPES.has(header.type))
    listing.add({
      path,
      isFolder,
      sizeBytes: bodyBytes === 0 ? 0 : (realSize ?? bodyBytes),
      packedBytes: null,
      modifiedAt: timeText(secondsIn(say("mtime"))) ?? header.modifiedAt,
    });
  return bodyBytes;
}

/** The body of a header that describes the next one; empty where it is too long. */
async function readExtra(
  input: TarInput,
  header: TarHeader,
  listing: Listing,
): Promise<Uint8Array> {
  const isShort = header.size <= MAX_EXTRA_BYTES;
  // A copy: the bytes of a read are only good until the next.
  const body = isShort ? new Uint8Array(await input.read(header.size)) : new Uint8Array();
  if (!isShort) listing.notes.add(TOO_LONG, header.path);
  const rest = paddedLength(header.size) - body.length;
  if (body.length < (isShort ? header.size : 0) || !(await input.skip(rest)))
    throw new HeadError(`it ends in the description of ${quoted(header.path)}`);
  return body;
}

/** GNU tar's sparse files may have more of their map in blocks of its own. */
async function skipSparseMap(input: TarInput, header: TarHeader): Promise<void> {
  let hasMore = header.sparse?.hasMore ?? false;
  while (hasMore) {
    const block = await input.read(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES) throw new HeadError("it ends in the middle of a header");
    hasMore = block[504] === 1;
  }
}

function paddedLength(size: number): number {
  return Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
}

function sizeIn(text: string | undefined): number | null {
  const size = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isSafeInteger(size) && size >= 0 ? size : null;
}

function secondsIn(text: string | undefined): number | null {
  const seconds = Number(text ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}
