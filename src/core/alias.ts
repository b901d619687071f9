// Where aliases move when a version is logged [A1 A2 A3 A7].
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
