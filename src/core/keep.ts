// Keep rules: which versions of an artifact may go by themselves [D4].
import { errorOf, type Problem } from "./errors.ts";
import type { VersionNumber } from "./version.ts";

/** A version goes when it is not among the newest `lastN` and older than `olderThanDays`; `null` leaves a condition out. */
export interface KeepRule {
  readonly lastN: number | null;
  readonly olderThanDays: number | null;
}

/** What the rule looks at in a version. */
export interface KeepCandidate {
  readonly number: VersionNumber;
  readonly createdAt: string;
  readonly sizeBytes: number;
  /** Aliases other than `latest`. */
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly pinned: boolean;
  readonly isLatest: boolean;
  readonly isLinked: boolean;
}

/** Why a version that the rule would take stays. */
export type SpareReason = "latest" | "aliased" | "linked" | "tagged" | "pinned";

export interface KeepPlan {
  /** Numbers that would go, lowest first. */
  readonly goes: readonly VersionNumber[];
  readonly spared: readonly { readonly number: VersionNumber; readonly because: SpareReason }[];
}

const DAY_MS = 86_400_000;

/** Says what is wrong with a rule, or `null`. */
export function checkKeepRule(rule: KeepRule): Problem<"invalid_text"> | null {
  const reason = ruleProblem(rule);
  return reason === null ? null : { code: "invalid_text", data: { field: "keep rule", reason } };
}

/** The rule itself once checked. Throws `invalid_text`. */
export function parseKeepRule(rule: KeepRule): KeepRule {
  const problem = checkKeepRule(rule);
  if (problem !== null) throw errorOf(problem);
  return { lastN: rule.lastN, olderThanDays: rule.olderThanDays };
}

/**
 * Plans what a rule takes. The holder of `latest` always stays, so that a rule never empties an artifact.
 *
 * @param versions in any order
 * @param now ISO time
 */
export function planKeep(
  versions: readonly KeepCandidate[],
  rule: KeepRule,
  now: string,
): KeepPlan {
  const newestFirst = versions.toSorted((a, b) => b.number - a.number);
  const cutMs = rule.olderThanDays === null ? null : Date.parse(now) - rule.olderThanDays * DAY_MS;
  const taken = newestFirst
    .slice(rule.lastN ?? 0)
    .filter(({ createdAt }) => cutMs === null || Date.parse(createdAt) < cutMs)
    .toReversed();
  const goes: VersionNumber[] = [];
  const spared: { number: VersionNumber; because: SpareReason }[] = [];
  for (const version of taken) {
    const because = spareReason(version);
    if (because === null) goes.push(version.number);
    else spared.push({ number: version.number, because });
  }
  return { goes, spared };
}

function spareReason(version: KeepCandidate): SpareReason | null {
  if (version.isLatest) return "latest";
  if (version.aliases.length > 0) return "aliased";
  if (version.isLinked) return "linked";
  if (version.tags.length > 0) return "tagged";
  return version.pinned ? "pinned" : null;
}

function ruleProblem({ lastN, olderThanDays }: KeepRule): string | null {
  if (lastN === null && olderThanDays === null) return "it needs a number of versions or of days";
  if (lastN !== null && !(Number.isSafeInteger(lastN) && lastN >= 1))
    return "the number of versions to keep is a whole number from 1";
  if (olderThanDays !== null && !(Number.isSafeInteger(olderThanDays) && olderThanDays >= 1))
    return "the age is a whole number of days from 1";
  return null;
}
