// Whether the tensors of a safetensors file fill its data without a gap and without sharing bytes.
import { formatBytes, type Fault, type Notes } from "../heads/notes.ts";

/** Where a tensor lies in the data. */
export interface Span {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

const OVERLAPS: Fault = {
  one: "shares bytes with another tensor",
  many: "share bytes with other tensors",
};
const OUTSIDE: Fault = {
  one: "reaches beyond the end of the file",
  many: "reach beyond the end of the file",
};

/** Notes what is wrong with where the tensors lie. */
export function layOut(spans: readonly Span[], dataBytes: number, notes: Notes): void {
  let filledTo = 0;
  let unused = 0;
  let furthest = 0;
  const sorted = spans.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  for (const { name, begin, end } of sorted) {
    furthest = Math.max(furthest, end);
    if (end > dataBytes) notes.add(OUTSIDE, name);
    if (begin < filledTo && end > begin) notes.add(OVERLAPS, name);
    unused += Math.max(begin - filledTo, 0);
    filledTo = Math.max(filledTo, end);
  }
  if (furthest > dataBytes)
    notes.say(`The file is cut off: ${formatBytes(furthest - dataBytes)} of its data are missing.`);
  else if (unused + dataBytes - filledTo > 0)
    notes.say(`${formatBytes(unused + dataBytes - filledTo)} of the data belong to no tensor.`);
}
