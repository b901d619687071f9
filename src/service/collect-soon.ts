// Has the engine collect what was read and dropped before much of it piles up.

/** Bytes read after which it is worth it: engines themselves wait for about four times as many. */
const READ_BYTES = 16 << 20;
/** More than makes an engine collect at once; never touched, so it takes no memory of the machine. */
const NUDGE_BYTES = 64 << 20;

let readBytes = 0;

/** Told of bytes that were read into memory and are soon dropped. */
export function collectSoon(bytes: number): void {
  readBytes += bytes;
  if (readBytes < READ_BYTES) return;
  readBytes = 0;
  try {
    // Held for a turn, so that no compiler takes it away.
    setTimeout(() => undefined, 0, new ArrayBuffer(NUDGE_BYTES));
  } catch {
    // There is so little memory that the engine has collected already.
  }
}
