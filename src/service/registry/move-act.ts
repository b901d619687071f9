// The act that puts an alias on a linked version, as it is planned on what is there [A1 A7].
import type { AliasMove } from "../../core/alias.ts";
import type { Alias } from "../../core/names.ts";
import { evidenceFor, type Evidence } from "../../core/registry/condition.ts";
import type { RegistryAct, RequestUid } from "../../core/registry/records.ts";
import type { Collection, RegistryState } from "../../core/registry/state.ts";
import { protectionOf } from "../../core/registry/views.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { Judged } from "./sources.ts";

type MoveAct = Extract<RegistryAct, { kind: "alias-moved" }>;

/**
 * The one act it takes, with what its condition looks at; none where the alias is there already [A7].
 *
 * @param request the request that it is done for
 */
export function moveAct(
  state: RegistryState,
  { name, aliases }: Pick<Collection, "name" | "aliases">,
  alias: Alias,
  number: VersionNumber,
  judged: Judged | null,
  request: RequestUid | null = null,
): readonly MoveAct[] {
  const before = aliases.get(alias) ?? null;
  if (before === number) return [];
  const evidence = evidenceOf(state, alias, judged);
  return [
    { kind: "alias-moved", collection: name, alias, before, after: number, evidence, request },
  ];
}

/** The moves among acts that were done. */
export function movesIn(acts: readonly RegistryAct[]): readonly AliasMove[] {
  return acts.flatMap((act) =>
    act.kind === "alias-moved" ? [{ alias: act.alias, from: act.before, to: act.after }] : [],
  );
}

/**
 * What an alias's condition looks at, for the event that moves it; `null` where there is none. Of a
 * source that isn't here nothing is known, and so nothing is proved.
 */
function evidenceOf(state: RegistryState, alias: string, judged: Judged | null): Evidence | null {
  const condition = protectionOf(state, alias)?.condition ?? null;
  if (condition === null) return null;
  return evidenceFor(condition, judged?.metadata ?? {}, judged?.tags ?? []);
}
