// The bytes of Xet: packs of compressed chunks, and shards that say which chunks make which file.
import { HubError } from "./hub-error.ts";
import { decodeLz4 } from "./lz4.ts";

const CHUNK_HEADER = 8;
const SHARD_HEADER = 48;
const RECORD = 48;
const HAS_VERIFICATION = 0x8000_0000;
const HAS_SHA256 = 0x4000_0000;
const END = "f".repeat(64);

/** Takes a pack apart into its chunks. */
export function unpackXorb(bytes: Uint8Array): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const packedSize = uint24(bytes, at + 1);
    const size = uint24(bytes, at + 5);
    const start = at + CHUNK_HEADER;
    at = start + packedSize;
    if (bytes[start - CHUNK_HEADER] !== 0 || at > bytes.length)
      throw new HubError(400, "The xorb is damaged.");
    chunks.push(unpackChunk(bytes[start - 4] ?? 0, bytes.subarray(start, at), size));
  }
  return chunks;
}

function unpackChunk(scheme: number, packed: Uint8Array, size: number): Uint8Array {
  if (scheme === 0) return packed;
  const bytes = decodeLz4(packed, size);
  return scheme === 1 ? bytes : interleave(bytes);
}

/** Undoes the grouping of every fourth byte. */
function interleave(grouped: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(grouped.length);
  let from = 0;
  for (let group = 0; group < 4; group++)
    for (let to = group; to < bytes.length; to += 4) bytes[to] = grouped[from++] ?? 0;
  return bytes;
}

function uint24(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
}

/** A file of a shard: its digest, and chunks `start` up to `end` of packs, one after another. */
export interface ShardFile {
  readonly sha256: string | undefined;
  readonly terms: readonly {
    readonly xorb: string;
    readonly start: number;
    readonly end: number;
  }[];
}

/** Reads the files of a shard. */
export function readShard(shard: Buffer): readonly ShardFile[] {
  const files: ShardFile[] = [];
  for (let at = SHARD_HEADER; hashAt(shard, at) !== END;) {
    const flags = shard.readUInt32LE(at + 32);
    const count = shard.readUInt32LE(at + 36);
    at += RECORD;
    const terms = Array.from({ length: count }, (_, index) => {
      const term = at + index * RECORD;
      return {
        xorb: hashAt(shard, term),
        start: shard.readUInt32LE(term + 40),
        end: shard.readUInt32LE(term + 44),
      };
    });
    at += count * RECORD * (flags & HAS_VERIFICATION ? 2 : 1);
    const sha256 = flags & HAS_SHA256 ? hashAt(shard, at) : undefined;
    if (sha256 !== undefined) at += RECORD;
    files.push({ sha256, terms });
  }
  return files;
}

/** A hash, which is written as four numbers, each with its lowest byte first. */
function hashAt(bytes: Buffer, at: number): string {
  return [0, 8, 16, 24]
    .map((offset) =>
      bytes
        .readBigUInt64LE(at + offset)
        .toString(16)
        .padStart(16, "0"),
    )
    .join("");
}
