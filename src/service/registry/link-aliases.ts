// Aliases on linked versions: put, moved, taken away [A1 A4 A5 A7 P2].
import { checkHolder, type AliasMove } from "../../core/alias.ts";
import { CairnError, errorOf } from "../../core/errors.ts";
import { checkAlias, parseAlias, type Alias } from "../../core/names.ts";
import { formatPlace } from "../../core/registry/names.ts";
import { getLiveCollection } from "../../core/registry/views.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { Ctx } from "../context.ts";
import { append } from "./append.ts";
import { appendOn } from "./append-on.ts";
import { getLiveLink, readSource } from "./find-link.ts";
import { moveAct, movesIn } from "./move-act.ts";

/**
 * Puts an alias on a collection's version. `null` when it is there already [A7].
 *
 * @param expected its holder, `null` for none
 * @throws CairnError `alias_protected`, `condition_failed`, `not_permitted`, `alias_reserved`,
 *   `not_found`, `changed_since`
 */
export async function setLinkAlias(
  ctx: Ctx,
  registry: string,
  collection: string,
  number: VersionNumber,
  text: string,
  expected?: VersionNumber | null,
): Promise<AliasMove | null> {
  const alias = parseAlias(text);
  const on = await readSource(ctx, registry, collection, number);
  const { acts } = await appendOn(ctx, registry, on, ({ state }) => {
    const place = getLiveCollection(state, collection);
    getLiveLink(state, place, number);
    const name = formatPlace(registry, collection, alias);
    checkHolder(name, place.aliases.get(alias) ?? null, expected);
    return moveAct(state, place, alias, number, on.judged);
  });
  return movesIn(acts)[0] ?? null;
}

/**
 * Takes an alias away without moving it [A5]; answers who held it.
 *
 * @throws CairnError `alias_protected`, `not_permitted`, `alias_reserved`, `not_found`, `changed_since`
 */
export async function removeLinkAlias(
  ctx: Ctx,
  registry: string,
  collection: string,
  alias: string,
  expected?: VersionNumber,
): Promise<VersionNumber> {
  const problem = checkAlias(alias);
  if (problem !== null) throw errorOf(problem);
  const { acts } = await append(ctx, registry, ({ state }) => {
    const place = getLiveCollection(state, collection);
    const before = place.aliases.get(alias as Alias);
    const name = formatPlace(registry, collection, alias);
    if (before === undefined) throw new CairnError("not_found", { what: "alias", name });
    checkHolder(name, before, expected);
    return [{ kind: "alias-removed", collection: place.name, alias: alias as Alias, before }];
  });
  const [removed] = acts;
  if (removed?.kind !== "alias-removed")
    throw new CairnError("internal", { reason: `${alias} was not removed` });
  return removed.before;
}
