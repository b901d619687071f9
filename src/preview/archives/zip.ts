// Opens a zip: lists its directory through zip.js. No entry is unpacked, and nothing else is read.
import {
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_SPLIT_ZIP_FILE,
  WARNING_DUPLICATE_FILENAME,
  WARNING_PREPENDED_DATA,
  ZipReader,
  type Entry,
} from "@zip.js/zip.js/lib/zip-core-reader.js";
import { badFile } from "../bad-file.ts";
import { HeadError } from "../heads/head-error.ts";
import type { Fault } from "../heads/notes.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { Listing, MAX_ENTRIES, MAX_PATH } from "./listing.ts";
import { countEntries } from "./zip-directory.ts";
import { limitedReader } from "./zip-reader.ts";

const LOCAL_HEADER_BYTES = 30;
/** Deflate can't do better than this. */
const MAX_DEFLATE_RATIO = 1032;
const STORED = 0;
const DEFLATE = 8;

const ENCRYPTED: Fault = { one: "is encrypted", many: "are encrypted" };
const SYMLINK: Fault = { one: "is a symbolic link", many: "are symbolic links" };
const OVERLAPS: Fault = {
  one: "shares its packed bytes with another entry, as archives that unpack to far more do",
  many: "share their packed bytes with other entries, as archives that unpack to far more do",
};
const OUTSIDE: Fault = {
  one: "lies outside of the file",
  many: "lie outside of the file",
};
const WRONG_SIZE: Fault = {
  one: "claims a size that its packed bytes can't hold",
  many: "claim sizes that their packed bytes can't hold",
};
/** Of what zip.js notices, what a person should know. */
const WARNINGS: ReadonlyMap<string, string> = new Map([
  [WARNING_DUPLICATE_FILENAME, "Some entries have the same path."],
  [WARNING_PREPENDED_DATA, "Other data come before the archive, as in one that unpacks itself."],
]);
const REASONS: ReadonlyMap<string, string> = new Map([
  [ERR_SPLIT_ZIP_FILE, "it is one part of an archive in several files"],
  [ERR_ENCRYPTED_CENTRAL_DIRECTORY, "its list of entries is encrypted"],
]);

/** The opener of zips. */
export async function openZip({ source, path }: PreviewFile): Promise<OpenedPreview> {
  const listing = new Listing();
  const spans: Span[] = [];
  const reader = new ZipReader(limitedReader(source), {
    // A listing harms nobody, so odd archives are listed too. What is odd is noted.
    strictness: "tolerant",
    maxAppendedDataSize: 0xffff,
  });
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      addEntry(entry, listing, spans);
      if (listing.count === MAX_ENTRIES) {
        const rest = await countEntries(source, reader.directoryOffset ?? 0, MAX_ENTRIES);
        listing.count = Math.max(listing.count, rest.count);
        listing.sizeBytes += rest.sizeBytesOfRest;
        break;
      }
    }
  } catch (error) {
    const reason = reasonOf(error);
    if (listing.count === 0) throw badFile(path, reason, error);
    listing.notes.say(`The rest of the archive can't be read: ${reason}.`);
  }
  for (const { reason } of reader.warnings ?? []) {
    const sentence = WARNINGS.get(reason);
    if (sentence !== undefined) listing.notes.say(sentence);
  }
  const dataEnd = Math.min(reader.directoryOffset ?? source.size, source.size);
  checkSpans(spans, dataEnd, listing);
  return {
    preview: {
      kind: "archive",
      format: "zip",
      notes: listing.finish(),
      entries: listing.entries,
      entryCount: listing.count,
      sizeBytes: listing.sizeBytes,
    },
  };
}

/** Where an entry's packed bytes lie, with its header. */
interface Span {
  readonly path: string;
  readonly begin: number;
  readonly end: number;
}

function addEntry(entry: Entry, listing: Listing, spans: Span[]): void {
  const path = entry.filename.slice(0, MAX_PATH);
  const { directory: isFolder, compressedSize, uncompressedSize, compressionMethod } = entry;
  listing.add({
    path,
    isFolder,
    sizeBytes: uncompressedSize,
    packedBytes: compressedSize,
    modifiedAt: timeText(entry.lastModDate),
  });
  spans.push({
    path,
    begin: entry.offset,
    end: entry.offset + LOCAL_HEADER_BYTES + entry.rawFilename.length + compressedSize,
  });
  if (entry.encrypted) listing.notes.add(ENCRYPTED, path);
  if (entry.symlink) listing.notes.add(SYMLINK, path);
  const isImpossible =
    compressionMethod === DEFLATE
      ? uncompressedSize > compressedSize * MAX_DEFLATE_RATIO
      : compressionMethod === STORED && !entry.encrypted && uncompressedSize !== compressedSize;
  if (isImpossible) listing.notes.add(WRONG_SIZE, path);
}

function checkSpans(spans: readonly Span[], dataEnd: number, listing: Listing): void {
  let filledTo = 0;
  for (const { path, begin, end } of spans.toSorted((a, b) => a.begin - b.begin)) {
    if (begin < 0 || end > dataEnd) listing.notes.add(OUTSIDE, path);
    else if (begin < filledTo) listing.notes.add(OVERLAPS, path);
    filledTo = Math.max(filledTo, end);
  }
}

function timeText(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Why zip.js stopped. Its own words are for programmers. */
function reasonOf(error: unknown): string {
  // The bytes themselves couldn't be read: that is no fault of the archive.
  if (error instanceof DOMException || !(error instanceof Error)) throw error;
  if (error instanceof HeadError) return error.reason;
  return REASONS.get(error.message) ?? "its list of entries is damaged or missing";
}
