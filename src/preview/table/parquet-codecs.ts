// Decompressors that refuse to make more of a page than its header says.
import type { Compressors } from "hyparquet";
import { compressors } from "hyparquet-compressors";

const ZSTD_BLOCK = 128 * 1024;
/** What any page may take while it is unpacked. */
const MAX_UNPACKED = 1 << 28;

/** All codecs; only Zstandard has to be held back, as the others write into a buffer of the size that was said. */
export const CODECS: Compressors = {
  ...compressors,
  ZSTD: (input, length) => {
    if (zstdBound(input) > Math.max(MAX_UNPACKED, 4 * length))
      throw new RangeError("a page would unpack to more than it says");
    return compressors.ZSTD?.(input, length) ?? new Uint8Array();
  },
};

/** The most that the blocks of a frame can unpack to. */
function zstdBound(input: Uint8Array): number {
  const flags = input[4] ?? 0;
  const isSingle = (flags & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  let bound = 0;
  for (let at = 5 + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes; at + 3 <= input.length;) {
    const head = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8) | ((input[at + 2] ?? 0) << 16);
    const kind = (head >> 1) & 3;
    const size = head >> 3;
    bound += kind === 2 ? ZSTD_BLOCK : size;
    at += 3 + (kind === 1 ? 1 : size);
    if ((head & 1) === 1) break;
  }
  return bound;
}
