// Cells as they cross to the page: a cell of megabytes is cut, as nobody reads it in a table.

const MAX_CELL = 4_096;

/** A cell's text, cut where it is long. */
export function cutCell(text: string): string {
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL)}…` : text;
}
