// What is wrong inside a file, said once for each sort of fault, however often it occurs.
import { showHidden } from "../../core/errors.ts";

/** A fault in two forms: `“a” lies outside the file`, `3 tensors lie outside the file`. */
export interface Fault {
  readonly one: string;
  readonly many: string;
}

/** Counts faults of named things, and keeps the first name of each. */
export class Notes {
  private readonly found = new Map<Fault, { count: number; readonly first: string }>();
  private readonly sentences: string[] = [];
  private readonly things: string;

  /** @param things what is named, such as `tensors` */
  constructor(things: string) {
    this.things = things;
  }

  add(fault: Fault, name: string): void {
    const found = this.found.get(fault);
    if (found === undefined) this.found.set(fault, { count: 1, first: name });
    else found.count++;
  }

  say(sentence: string): void {
    this.sentences.push(sentence);
  }

  /** Whole sentences, those of the file first. */
  all(): readonly string[] {
    const faults = [...this.found].map(([{ one, many }, { count, first }]) =>
      count === 1
        ? `${quoted(first)} ${one}.`
        : `${formatCount(count)} ${this.things} ${many}, the first of them ${quoted(first)}.`,
    );
    return [...this.sentences, ...faults];
  }
}

/** A number with commas. */
export function formatCount(count: number | bigint): string {
  return count.toLocaleString("en-US");
}

/** A number of bytes in the decimal units of the page. */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  if (power === 0) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power] ?? ""}`;
}

/** A name from a file, as it can stand in a sentence. */
export function quoted(name: string): string {
  return `“${showHidden(cutText(name, 80))}”`;
}

/** A text with no more than so many characters; `…` says that it was cut. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  // Never half a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end)}…`;
}
