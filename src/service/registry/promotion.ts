// What putting an alias on a version would mean: who holds it, what protects it, who may [P2 P6].
import { parseAlias, type Alias } from "../../core/names.ts";
import { evidenceFor, judgeCondition, type Condition } from "../../core/registry/condition.ts";
import type { MemberKey, RequestUid } from "../../core/registry/records.ts";
import { permissionFor } from "../../core/registry/permit.ts";
import { mayDo } from "../../core/registry/roles.ts";
import type { Collection, Link, RegistryState } from "../../core/registry/state.ts";
import { getLiveCollection, nameOf, protectionOf, roleOf } from "../../core/registry/views.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { PromotionPlan } from "../../protocol/registry-link-api.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { VIEW_STORES } from "./collection-view.ts";
import { getLiveLink } from "./find-link.ts";
import { aliasesByLink } from "./held-aliases.ts";
import { findIdentity } from "./identity.ts";
import { openRegistry } from "./read-registry.ts";
import { findJudged, NOT_HERE, readSources, type Judged } from "./sources.ts";
import { viewLink } from "./summaries.ts";

/**
 * Looks at a promotion before it is done.
 *
 * @throws CairnError `no_registry`, `not_found`, `invalid_name`, `alias_reserved`
 */
export function planPromotion(
  ctx: Ctx,
  registry: string,
  collection: string,
  number: VersionNumber,
  text: string,
): Promise<PromotionPlan> {
  const alias = parseAlias(text);
  return withRead(ctx.db, [...VIEW_STORES], async (tx) => {
    const { state } = await openRegistry(ctx, tx, registry);
    const me = (await findIdentity(tx))?.key ?? null;
    const place = getLiveCollection(state, collection);
    const to = getLiveLink(state, place, number);
    const holder = place.aliases.get(alias);
    const from = holder === undefined ? null : getLiveLink(state, place, holder);
    const judged = await findJudged(tx, to.source);
    const shown = from === null ? [to] : [from, to];
    const sources = await readSources(tx, shown);
    const held = aliasesByLink(state, place);
    const view = (link: Link): PromotionPlan["to"] =>
      viewLink(state, link, held.get(link.number) ?? [], sources.get(link.source.version));
    const protection = protectionOf(state, alias);
    const condition = protection?.condition ?? null;
    return {
      alias,
      from: from === null ? null : view(from),
      to: view(to),
      pattern: protection?.pattern ?? null,
      condition,
      unmet: reasonsAgainst(condition, judged),
      ...rightsTo(state, alias, me),
      request: findOpenRequest(state, place, alias, to),
    };
  });
}

function reasonsAgainst(condition: Condition | null, judged: Judged | null): readonly string[] {
  if (condition === null) return [];
  if (judged === null) return [NOT_HERE];
  return judgeCondition(condition, evidenceFor(condition, judged.metadata, judged.tags));
}

function rightsTo(
  state: RegistryState,
  alias: Alias,
  me: MemberKey | null,
): Pick<PromotionPlan, "role" | "isAllowed" | "who"> {
  const role = roleOf(state, me);
  const permission = permissionFor(state, alias);
  const able = [...state.members.values()].filter((member) => mayDo(member.role, permission));
  return {
    role,
    isAllowed: me !== null && mayDo(role, permission),
    who: able.map(({ key }) => nameOf(state, key)),
  };
}

function findOpenRequest(
  { requests }: RegistryState,
  { name }: Collection,
  alias: Alias,
  { number, source }: Link,
): RequestUid | null {
  for (const { request, settled, ...ask } of requests.values())
    if (
      settled === null &&
      ask.collection === name &&
      ask.alias === alias &&
      ask.number === number &&
      ask.source === source.version
    )
      return request;
  return null;
}
