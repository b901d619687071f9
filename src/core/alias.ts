// Aliases going from version to version [A1 A2 A3 A4 A7].
import { CairnError } from "./errors.ts";
import { LATEST, type Alias } from "./names.ts";
import type { VersionPlan } from "./versioning.ts";
import type { VersionNumber } from "./version.ts";

/** One alias going from its previous holder, `null` when it had none, to a version. */
export interface AliasMove {
  readonly alias: Alias;
  readonly from: VersionNumber | null;
  readonly to: VersionNumber;
}

/**
 * Plans the alias moves of a log: `latest` only onto a new version [A2], the given ones onto the
 * version whether new or reused [A3], and none that would change nothing [A7].
 */
export function planAliases(
  plan: VersionPlan,
  given: readonly Alias[],
  holders: ReadonlyMap<Alias, VersionNumber>,
): readonly AliasMove[] {
  const wanted = new Set(given);
  if (plan.kind === "create") wanted.add(LATEST);
  return [...wanted]
    .map((alias) => ({ alias, from: holders.get(alias) ?? null, to: plan.number }))
    .filter((move) => move.from !== move.to);
}

/** An alias as its artifact's log tells it, oldest first: moves, removals, deletes of its holder [A4]. */
export interface AliasChange {
  readonly alias: Alias;
  readonly at: string;
  readonly actor: string;
  /** `null` when it had no holder before. */
  readonly from: VersionNumber | null;
  /** `null` when it was removed, or went with its version. */
  readonly to: VersionNumber | null;
  /** The event it comes from. */
  readonly seq: number;
}

/** Throws `changed_since` unless an alias is where it is expected, if anything is [V3]. */
export function checkHolder(
  name: string,
  holder: VersionNumber | null,
  expected: VersionNumber | null | undefined,
): void {
  if (expected !== undefined && holder !== expected)
    throw new CairnError("changed_since", { what: "alias", name });
}

/** The version that `latest` belongs to: the highest left [A5]; `null` for none. */
export function latestOf(numbers: Iterable<VersionNumber>): VersionNumber | null {
  let highest: VersionNumber | null = null;
  for (const number of numbers) if (highest === null || number > highest) highest = number;
  return highest;
}
