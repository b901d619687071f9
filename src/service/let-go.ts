// Gives back the disk space of Blobs that were deleted while this thread still had handles to them.

/** In all enough to make the engine collect garbage; never touched, so it takes no memory of the machine. */
const PIECES = 16;
const PIECE_BYTES = 8 << 20;
const PAUSE_MS = 5;

/**
 * Makes the engine collect its garbage soon. A Blob read from IndexedDB keeps its file on disk, deleted
 * or not, until its handle is collected, and in an idle worker nothing prompts that but memory in use.
 */
export async function letBlobsGo(): Promise<void> {
  for (let piece = 0; piece < PIECES; piece++) {
    // Held for a turn, so that no compiler takes it away.
    const bytes = new ArrayBuffer(PIECE_BYTES);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS, bytes));
  }
}
