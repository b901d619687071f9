// client-zip writes the ZIP64 end records only for archives over 4 GiB, but more than 65,534 files need them too.
// Format: APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16.

const END_BYTES = 22;
const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const VERSION_ZIP64 = 45;
/** The count that says "see the ZIP64 record". */
const COUNT_OVERFLOW = 0xffff;
const OFFSET_OVERFLOW = 0xffff_ffff;

/**
 * Passes a zip on, and puts the ZIP64 records before its end where the count needs them.
 *
 * @param countEntries asked at the end for the true number of entries
 */
export function withCountedEnd(
  countEntries: () => number,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  /** The last bytes seen, which may be the end record. */
  let held = new Uint8Array();
  return new TransformStream({
    transform(piece, controller) {
      const all = new Uint8Array(held.byteLength + piece.byteLength);
      all.set(held);
      all.set(piece, held.byteLength);
      const cut = Math.max(0, all.byteLength - END_BYTES);
      if (cut > 0) controller.enqueue(all.slice(0, cut));
      held = all.slice(cut);
    },
    flush(controller) {
      const records = zip64Records(held, countEntries());
      if (records !== null) controller.enqueue(records);
      controller.enqueue(held);
    },
  });
}

/** The records that belong before this end record, or `null` when it can stand alone or has them already. */
function zip64Records(end: Uint8Array, count: number): Uint8Array<ArrayBuffer> | null {
  if (end.byteLength !== END_BYTES) return null;
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
  if (view.getUint32(0, true) !== END_SIGNATURE || view.getUint16(10, true) !== COUNT_OVERFLOW)
    return null;
  const directorySize = view.getUint32(12, true);
  const directoryOffset = view.getUint32(16, true);
  // Over 4 GiB: client-zip has written them.
  if (directoryOffset === OFFSET_OVERFLOW) return null;
  const records = new DataView(new ArrayBuffer(END64_BYTES + LOCATOR_BYTES));
  records.setUint32(0, END64_SIGNATURE, true);
  records.setBigUint64(4, BigInt(END64_BYTES - 12), true);
  records.setUint16(12, VERSION_ZIP64, true);
  records.setUint16(14, VERSION_ZIP64, true);
  records.setBigUint64(24, BigInt(count), true);
  records.setBigUint64(32, BigInt(count), true);
  records.setBigUint64(40, BigInt(directorySize), true);
  records.setBigUint64(48, BigInt(directoryOffset), true);
  records.setUint32(END64_BYTES, LOCATOR_SIGNATURE, true);
  records.setBigUint64(END64_BYTES + 8, BigInt(directoryOffset + directorySize), true);
  records.setUint32(END64_BYTES + 16, 1, true);
  return new Uint8Array(records.buffer);
}
