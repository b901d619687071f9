// Finds where rows begin and end in bytes, without making text of them: a file of gigabytes is gone through in seconds.
import type { ByteSource } from "../byte-source.ts";

/** What ends a row and a cell, as bytes. */
export interface RowRules {
  /** Ends a cell; `null` where rows have no cells, so that quotes mean nothing. */
  readonly delimiter: number | null;
  readonly newline: number;
}

/** Where a row begins, and what must be known to go on from there. */
export interface RowPlace {
  readonly row: number;
  readonly offset: number;
  /** Quotes before it that nothing closed. */
  readonly strikes: number;
}

/** A row's bytes, without its line end. */
export interface RowExtent extends RowPlace {
  readonly end: number;
  /** Quotes in it are plain characters. */
  readonly isLiteral: boolean;
}

export interface RowScanner {
  /** How far it has read. */
  readonly offset: number;
  /** Reads up to so many bytes and tells of the rows that end there; `false` at the end. */
  step(bytes: number, onRow: (row: RowExtent) => void): Promise<boolean>;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;
const TAB = 0x09;
/** A quote that is not closed within so many bytes of its row is taken for a plain character. */
const MAX_QUOTED_ROW = 4 << 20;
/** After so many such quotes none has a meaning any more: looking for their ends each time would take for ever. */
const MAX_STRIKES = 8;

const CELL_START = 0;
const PLAIN = 1;
const QUOTED = 2;
/** After a quote inside quotes: the end of the cell, or the first half of an escaped quote. */
const QUOTE_SEEN = 3;
/** Blanks between a closing quote and what must follow. */
const AFTER_QUOTE = 4;
const LITERAL = 5;

/** A scanner that goes on from a place. Blank rows are passed over. */
export function scanRows(source: ByteSource, rules: RowRules, from: RowPlace): RowScanner {
  const delimiter = rules.delimiter ?? -1;
  const { newline } = rules;
  let { row, strikes, offset } = from;
  let rowStart = offset;
  let rowStrikes = strikes;
  const freshState = (): number =>
    rules.delimiter === null || strikes >= MAX_STRIKES ? LITERAL : CELL_START;
  let lastState = freshState();
  let lastByte = 0;

  /** Ends a row, or passes over a blank one; returns the state that the next begins in. */
  const endRow = (
    end: number,
    next: number,
    isLiteral: boolean,
    onRow: (row: RowExtent) => void,
  ): number => {
    if (end > rowStart)
      onRow({ row: row++, offset: rowStart, end, strikes: rowStrikes, isLiteral });
    rowStart = next;
    rowStrikes = strikes;
    return freshState();
  };
  /** Goes back to the row's start, to read it without minding quotes. */
  const strike = (): true => {
    strikes++;
    offset = rowStart;
    lastState = LITERAL;
    lastByte = 0;
    return true;
  };

  return {
    get offset() {
      return offset;
    },
    step: async (size, onRow) => {
      const bytes = await source.read(offset, offset + size);
      if (bytes.length === 0) {
        if (lastState === QUOTED && rowStart < offset) return strike();
        const end = newline === LF && lastByte === CR ? offset - 1 : offset;
        lastState = endRow(end, offset, lastState === LITERAL, onRow);
        return false;
      }
      const base = offset;
      const before = lastByte;
      offset += bytes.length;
      lastByte = bytes[bytes.length - 1] ?? 0;
      // A local of its own: the loop is much slower on one that closures share.
      let state = lastState;
      for (let at = 0; at < bytes.length; at++) {
        if (state === LITERAL) {
          at = bytes.indexOf(newline, at);
          if (at === -1) break;
        } else if (state === QUOTED) {
          // The limit is counted from the row's start, so that every scan that meets this row decides alike.
          const limit = rowStart + MAX_QUOTED_ROW - base;
          at = bytes.indexOf(QUOTE, at);
          if ((at === -1 ? bytes.length : at) >= limit) return strike();
          if (at === -1) break;
          state = QUOTE_SEEN;
          continue;
        }
        const byte = bytes[at];
        if (byte === newline) {
          const previous = at === 0 ? before : bytes[at - 1];
          const hasCr = newline === LF && previous === CR && base + at > rowStart;
          state = endRow(base + at - (hasCr ? 1 : 0), base + at + 1, state === LITERAL, onRow);
        } else if (state === PLAIN) {
          if (byte === delimiter) state = CELL_START;
        } else if (state === CELL_START) {
          if (byte !== delimiter) state = byte === QUOTE ? QUOTED : PLAIN;
        } else if (byte === delimiter) state = CELL_START;
        else if (byte === QUOTE) state = state === QUOTE_SEEN ? QUOTED : QUOTE_SEEN;
        else state = byte === SPACE || byte === TAB || byte === CR ? AFTER_QUOTE : QUOTED;
      }
      lastState = state;
      return true;
    },
  };
}
