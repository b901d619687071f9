// How well a text fits what somebody typed, and which of its letters do. One rule for every place that searches.

/** Kinds of fit, the best first. */
export const FIT = {
  /** The whole text. */
  whole: 0,
  /** Its beginning. */
  start: 1,
  /** The beginning of a word in it. */
  word: 2,
  /** A piece of it. */
  piece: 3,
  /** Its letters, in order, with others between them. */
  scattered: 4,
} as const;
export type Fit = (typeof FIT)[keyof typeof FIT];

/** What is looked for, prepared once for many texts. */
export interface Wanted {
  /** Without space around it, in lower case. */
  readonly text: string;
  /** Its words: a text has to fit each. */
  readonly terms: readonly string[];
  /** As {@link letterMask}. */
  readonly mask: number;
}

/** Where letters of a text fit: from `from` to before `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Scattered letters lie within so many times their own number, or they are chance. */
const MOST_SPREAD = 6;

/** Prepares what somebody typed; `null` for nothing but space. */
export function wantedOf(typed: string): Wanted | null {
  const text = foldLetters(typed.trim());
  if (text === "") return null;
  const terms = text.split(/\s+/);
  return { text, terms, mask: letterMask(terms.join("")) };
}

/** In lower case, letter for letter: places in the folded text are those of the text. */
export function foldLetters(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  }).join("");
}

/**
 * Which letters a folded text has, as bits. A text without all the bits of what is wanted can't fit:
 * most of many texts are told so in one step.
 */
export function letterMask(folded: string): number {
  let mask = 0;
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at);
    if (code >= 97 && code <= 122) mask |= 1 << (code - 97);
    else if (code > 127) mask |= 1 << 31;
    else if (code >= 48 && code <= 57) mask |= 1 << (code < 53 ? 26 : 27);
    else mask |= 1 << (28 + (code % 3));
  }
  return mask;
}

/** How well a folded text fits, or `null`. Of several words the one that fits worst counts. */
export function fitOf(folded: string, wanted: Wanted): Fit | null {
  return fitTogether(folded, wanted) ?? (isScattered(folded, wanted) ? FIT.scattered : null);
}

/** As {@link fitOf}, but only where the letters of each word stand together: among very many texts that is quick to tell. */
export function fitTogether(folded: string, { text, terms }: Wanted): Fit | null {
  const whole = fitOfTerm(folded, text);
  if (whole !== null || terms.length === 1) return whole;
  let worst: Fit = FIT.start;
  for (const term of terms) {
    const fit = fitOfTerm(folded, term);
    if (fit === null) return null;
    if (fit > worst) worst = fit;
  }
  return worst;
}

function isScattered(folded: string, { terms }: Wanted): boolean {
  return terms.every((term) => folded.includes(term) || scatteredFrom(folded, term) >= 0);
}

/** The letters of a text that fit, in order and apart from each other. Nothing where it doesn't. */
export function stretchesOf(shown: string, wanted: Wanted): readonly Stretch[] {
  const { text, terms } = wanted;
  const folded = foldLetters(shown);
  if (fitOf(folded, wanted) === null) return [];
  const whole = stretchesOfTerm(folded, text);
  return whole.length > 0 || terms.length === 1
    ? whole
    : joined(terms.flatMap((term) => stretchesOfTerm(folded, term)));
}

function fitOfTerm(folded: string, term: string): Fit | null {
  const first = folded.indexOf(term);
  if (first < 0) return null;
  if (first === 0) return folded.length === term.length ? FIT.whole : FIT.start;
  return wordAt(folded, term, first) < 0 ? FIT.piece : FIT.word;
}

function stretchesOfTerm(folded: string, term: string): readonly Stretch[] {
  const first = folded.indexOf(term);
  if (first >= 0) {
    const word = wordAt(folded, term, first);
    const from = word < 0 ? first : word;
    return [{ from, to: from + term.length }];
  }
  let at = scatteredFrom(folded, term);
  if (at < 0) return [];
  const found: Stretch[] = [];
  for (const letter of unitsOf(term)) {
    at = folded.indexOf(letter, at);
    found.push({ from: at, to: at + 1 });
    at++;
  }
  return joined(found);
}

/** The first place from `from` on where the term begins a word, or -1. */
function wordAt(folded: string, term: string, from: number): number {
  for (let at = from; at >= 0; at = folded.indexOf(term, at + 1))
    if (isWordStart(folded, at)) return at;
  return -1;
}

/** The first word whose beginning, and letters not far behind it, are the term's; or -1. */
function scatteredFrom(folded: string, term: string): number {
  if (term.length < 2) return -1;
  const most = MOST_SPREAD * term.length;
  for (let start = folded.indexOf(term[0] ?? ""); start >= 0;) {
    if (isWordStart(folded, start)) {
      let at = start;
      let fits = true;
      for (let i = 1; i < term.length && fits; i++) {
        at = folded.indexOf(term[i] ?? "", at + 1);
        fits = at >= 0 && at - start < most;
      }
      if (fits) return start;
    }
    start = folded.indexOf(term[0] ?? "", start + 1);
  }
  return -1;
}

/** Letters as JavaScript counts them: places are in these units. */
function unitsOf(text: string): readonly string[] {
  return Array.from({ length: text.length }, (_, at) => text.charAt(at));
}

function isWordStart(folded: string, at: number): boolean {
  if (at === 0) return true;
  const before = folded.charCodeAt(at - 1);
  const isLetter =
    (before >= 97 && before <= 122) || (before >= 48 && before <= 57) || before > 127;
  return !isLetter;
}

/** Sorted, with those that touch as one. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last === undefined || from > last.to) result.push({ from, to });
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, to) };
  }
  return result;
}
