// Splits one row into cells, by the same rules as row-scanner.ts.

/**
 * The cells of a row.
 *
 * @param isLiteral quotes in it are plain characters
 * @param max cells beyond so many are left out
 */
export function splitCells(
  row: string,
  delimiter: string,
  isLiteral: boolean,
  max: number,
): string[] {
  const cells: string[] = [];
  for (let at = 0; cells.length < max;) {
    let end: number;
    if (!isLiteral && row[at] === '"') {
      const quoted = readQuoted(row, at + 1, delimiter);
      cells.push(quoted.cell);
      end = quoted.end;
    } else {
      const found = row.indexOf(delimiter, at);
      end = found === -1 ? row.length : found;
      cells.push(row.slice(at, end));
    }
    if (end >= row.length) break;
    at = end + 1;
    if (at === row.length && cells.length < max) {
      cells.push("");
      break;
    }
  }
  return cells;
}

/** A cell in quotes; a quote that neither is doubled nor ends the cell is a plain character. */
function readQuoted(
  row: string,
  start: number,
  delimiter: string,
): { readonly cell: string; readonly end: number } {
  const pieces: string[] = [];
  for (let from = start; ;) {
    const quote = row.indexOf('"', from);
    if (quote === -1) {
      pieces.push(row.slice(from));
      return { cell: pieces.join(""), end: row.length };
    }
    if (row[quote + 1] === '"') {
      pieces.push(row.slice(from, quote + 1));
      from = quote + 2;
      continue;
    }
    let end = quote + 1;
    while (end < row.length && row[end] !== delimiter && isBlank(row[end])) end++;
    if (end >= row.length || row[end] === delimiter) {
      pieces.push(row.slice(from, quote));
      return { cell: pieces.join(""), end };
    }
    pieces.push(row.slice(from, quote + 1));
    from = quote + 1;
  }
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t" || character === "\r";
}
