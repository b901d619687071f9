// Notices when the browser threw the database away: a mark outside it remembers that there was data.

const MARK = "cairn-has-data";

/** Remembers that something was committed. */
export function markHasData(): void {
  try {
    localStorage.setItem(MARK, "yes");
  } catch {
    // Storage may be forbidden; then there is nothing to remember either.
  }
}

/** True when data was committed here once and the store is empty now. Tells it once. */
export function takeLossMark(versions: number): boolean {
  try {
    const wasMarked = localStorage.getItem(MARK) !== null;
    if (versions > 0) markHasData();
    else localStorage.removeItem(MARK);
    return wasMarked && versions === 0;
  } catch {
    return false;
  }
}
