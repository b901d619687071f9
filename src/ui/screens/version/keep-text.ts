// Keep rules as text, in both directions.
import type { KeepRule, SpareReason } from "../../../core/keep.ts";
import { formatCount } from "../../parts/format.ts";

/** The rule that two fields say; blank means that a condition is left out, other text is no number. */
export function ruleOf(lastN: string, olderThanDays: string): KeepRule {
  return { lastN: numberOf(lastN), olderThanDays: numberOf(olderThanDays) };
}

/** A rule in words: `the newest 3 versions are kept, others go after 30 days`. */
export function describeRule({ lastN, olderThanDays }: KeepRule): string {
  const kept =
    lastN === 1
      ? "the newest version is kept"
      : `the newest ${(lastN ?? 0).toLocaleString("en")} versions are kept`;
  if (olderThanDays === null) return `${kept}, the others go`;
  const age = `go after ${formatCount(olderThanDays, "day")}`;
  return lastN === null ? `versions ${age}` : `${kept}, the others ${age}`;
}

/** Why a version stays, in words. */
export const SPARED: Readonly<Record<SpareReason, string>> = {
  latest: "it is the latest",
  aliased: "it has an alias",
  linked: "it is linked",
  tagged: "it has a tag",
  pinned: "it is pinned",
};

function numberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
