// Counts the entries of a zip's directory beyond those that are listed, without making anything of them.
import type { ByteSource } from "../byte-source.ts";
import { ByteCursor } from "../heads/byte-cursor.ts";

const SIGNATURE = 0x02014b50;
const HEADER_BYTES = 46;
/** Stands for a size that is told elsewhere in the entry. */
const ELSEWHERE = 0xffffffff;

/** The number of entries from an offset on, and the sizes of those after the first so many. */
export async function countEntries(
  source: ByteSource,
  directoryOffset: number,
  listed: number,
): Promise<{ count: number; sizeBytesOfRest: number }> {
  const cursor = new ByteCursor(source);
  cursor.moveTo(directoryOffset);
  let count = 0;
  let sizeBytesOfRest = 0;
  while (cursor.remaining >= HEADER_BYTES) {
    if (cursor.available < HEADER_BYTES) await cursor.want(HEADER_BYTES);
    const start = cursor.position;
    if (cursor.u32() !== SIGNATURE) break;
    cursor.moveTo(start + 24);
    const size = cursor.u32();
    const extraBytes = cursor.u16() + cursor.u16() + cursor.u16();
    const end = start + HEADER_BYTES + extraBytes;
    if (end > source.size) break;
    cursor.moveTo(end);
    if (++count > listed && size !== ELSEWHERE) sizeBytesOfRest += size;
  }
  return { count, sizeBytesOfRest };
}
