// Many small files as a few deterministic tars: each file alone would cost a request.
import type { FileEntry } from "../manifest.ts";
import { END_BYTES, headerBytes, paddingOf } from "./tar-header.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
/** Fewer files, or larger ones on average, go alone all of them. */
const FEW_FILES = 200;
const SMALL_AVERAGE_BYTES = 64 * KIB;
/** Files from this size on go alone. */
const ALONE_BYTES = 256 * KIB;
/** What a pack's files come to, as a rule, and what a pack comes to at most. */
const PACK_BYTES = 4 * MIB;
const PACK_MAX_BYTES = 32 * MIB;

export interface PackPlan {
  /** Files that go alone, empty ones not among them. */
  readonly alone: readonly FileEntry[];
  /** Members of each pack, in path order. Where a pack ends follows from the content near it, so that a changed file changes one pack. */
  readonly packs: readonly (readonly FileEntry[])[];
}

/**
 * Decides which files of a version are packed. The same files give the same packs everywhere.
 *
 * @param files in path order
 */
export function planPacks(files: readonly FileEntry[]): PackPlan {
  const filled = files.filter(({ size }) => size > 0);
  const bytes = filled.reduce((sum, { size }) => sum + size, 0);
  if (filled.length <= FEW_FILES || bytes >= SMALL_AVERAGE_BYTES * filled.length)
    return { alone: filled, packs: [] };
  return {
    alone: filled.filter(({ size }) => size >= ALONE_BYTES),
    packs: cutPacks(filled.filter(({ size }) => size < ALONE_BYTES)),
  };
}

/** Names for a plan's packs, such as `pack-0000.tar`, that no file of the version has. */
export function packNames({ alone, packs }: PackPlan): readonly string[] {
  const taken = new Set(alone.map(({ path }) => path.split("/", 1)[0] ?? ""));
  let start = "pack";
  const names = (): string[] => packs.map((_, i) => `${start}-${String(i).padStart(4, "0")}.tar`);
  while (names().some((name) => taken.has(name))) start = `_${start}`;
  return names();
}

function cutPacks(files: readonly FileEntry[]): readonly (readonly FileEntry[])[] {
  const packs: FileEntry[][] = [];
  let pack: FileEntry[] = [];
  let packBytes = END_BYTES;
  const end = (): void => {
    if (pack.length > 0) packs.push(pack);
    pack = [];
    packBytes = END_BYTES;
  };
  for (const file of files) {
    const bytes = headerBytes(file) + file.size + paddingOf(file.size);
    if (packBytes + bytes > PACK_MAX_BYTES) end();
    pack.push(file);
    packBytes += bytes;
    if (isEnd(file)) end();
  }
  end();
  return packs;
}

/** By chance that the content throws, the likelier the larger it is: whatever stands before or behind it. */
function isEnd({ digest, size }: FileEntry): boolean {
  const from = digest.indexOf(":") + 1;
  const throwOfIt = Number.parseInt(digest.slice(from, from + 8), 16) / 2 ** 32;
  return throwOfIt < size / PACK_BYTES;
}

/** Where a tar's members lie. Their headers are made when they are wanted: of many files they would weigh as much as small ones do. */
export interface TarPlan {
  readonly sizeBytes: number;
  /** `offset` is a member's first byte, behind its header. */
  readonly members: readonly { readonly entry: FileEntry; readonly offset: number }[];
}

/** Lays a pack out as a POSIX tar: fixed owner, mode and time, so that the bytes follow from the members alone. */
export function planTar(members: readonly FileEntry[]): TarPlan {
  let at = 0;
  const laid = members.map((entry) => {
    const offset = at + headerBytes(entry);
    at = offset + entry.size + paddingOf(entry.size);
    return { entry, offset };
  });
  return { sizeBytes: at + END_BYTES, members: laid };
}
