// LZ4 frames, as far as Xet's chunks use them: no dictionary, checksums passed over.
import { HubError } from "./hub-error.ts";

const MAGIC = 0x18_4d_22_04;
const IS_RAW = 0x8000_0000;
const SHORTEST_MATCH = 4;

/** Unpacks a frame whose content has this size. */
export function decodeLz4(frame: Uint8Array, size: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const flags = frame[4] ?? 0;
  const hasBlockChecksum = (flags & 0x10) !== 0;
  const hasContentSize = (flags & 0x08) !== 0;
  if (view.getUint32(0, true) !== MAGIC || (flags & 0x01) !== 0)
    throw new HubError(400, "The chunk is no LZ4 frame.");
  const target = new Uint8Array(size);
  let written = 0;
  for (let at = hasContentSize ? 15 : 7; ;) {
    const head = view.getUint32(at, true);
    if (head === 0) break;
    const length = head & ~IS_RAW;
    const block = frame.subarray(at + 4, at + 4 + length);
    if (head & IS_RAW) target.set(block, written);
    written = head & IS_RAW ? written + length : decodeBlock(block, target, written);
    at += 4 + length + (hasBlockChecksum ? 4 : 0);
  }
  if (written !== size) throw new HubError(400, "The chunk has another size than it says.");
  return target;
}

/** Unpacks a block behind what is there already. Gives where it ended. */
function decodeBlock(block: Uint8Array, target: Uint8Array, start: number): number {
  let at = 0;
  let to = start;
  const readMore = (short: number): number => {
    let length = short;
    for (let more = short === 15 ? 255 : 0; more === 255; length += more) more = block[at++] ?? 0;
    return length;
  };
  while (at < block.length) {
    const token = block[at++] ?? 0;
    const literals = readMore(token >> 4);
    target.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) break;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const end = to + readMore(token & 15) + SHORTEST_MATCH;
    // Byte by byte: a match may reach into what it writes.
    for (; to < end; to++) target[to] = target[to - distance] ?? 0;
  }
  return to;
}
