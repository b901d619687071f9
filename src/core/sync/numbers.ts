// Numbers that a repository may say: one that is absurd would leave none for those who come after [S3].
import type { VersionNumber } from "../version.ts";

/** Rounds that anybody will ever count: at 100 an hour they last for a thousand years. */
export const ROUNDS_MAX = 1_000_000_000;

/** The count behind one. At the end it stays: rounds of one count are ordered by their ids. */
export function nextRound(count: number): number {
  return Math.min(count + 1, ROUNDS_MAX);
}

/** Numbers that may be passed over at once, such as those of versions that became others' twins. */
const SKIPPED_NUMBERS_MAX = 1_000_000;

/** Whether so many ids can have come to a number: each takes one, and none is passed over by more than that. */
export function isWithinReach(number: VersionNumber, ids: number): boolean {
  return number < ids * SKIPPED_NUMBERS_MAX;
}

/** Whether a number may be the next one given out behind another; behind none with `null`. */
export function isNextNumber(number: VersionNumber, last: VersionNumber | null): boolean {
  const before = last ?? -1;
  return number > before && number - before <= SKIPPED_NUMBERS_MAX;
}
