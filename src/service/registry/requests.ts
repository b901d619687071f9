// Promotions asked for: as events of the log, and as files to be sent to an admin [P6 E3].
import { errorOf } from "../../core/errors.ts";
import { parseAlias } from "../../core/names.ts";
import { requestText } from "../../core/registry/event-text.ts";
import { judge } from "../../core/registry/judge.ts";
import type { MemberKey, PromotionAsk } from "../../core/registry/records.ts";
import type { PromotionRequest, RegistryState } from "../../core/registry/state.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { RequestFile, RequestView } from "../../protocol/registry-link-api.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { append } from "./append.ts";
import { askFor, getRequest, parseNote, type Wish } from "./ask.ts";
import { findIdentity, getIdentity } from "./identity.ts";
import { openRegistries, openRegistry, REGISTRY_STORES } from "./read-registry.ts";
import { formatRequestFile, invalidRequest, parseRequestFile, requestIn } from "./request-file.ts";
import { sign } from "./signing.ts";
import { viewRequest } from "./summaries.ts";

/**
 * Asks for an alias on a version, as an event of the log. Asked for again in the same words by the
 * same person, it is the request that is open already.
 *
 * @throws CairnError `no_registry`, `not_found`, `not_permitted`, `invalid_text`, `alias_reserved`
 */
export async function requestPromotion(
  ctx: Ctx,
  registry: string,
  collection: string,
  number: VersionNumber,
  alias: string,
  note: string,
): Promise<RequestView> {
  const wish: Wish = { collection, number, alias: parseAlias(alias), note: parseNote(note) };
  let request = ctx.newUid<"PromotionRequest">();
  const { registry: open } = await append(ctx, registry, ({ state }, me) => {
    const ask = askFor(state, wish, request);
    const before = findSame(state, ask, me.key);
    if (before === null) return [{ kind: "promotion-requested", ...ask }];
    request = before.request;
    return [];
  });
  const me = await withRead(ctx.db, ["identity"], findIdentity);
  return viewRequest(open.state, getRequest(open.state, request), me?.key ?? null);
}

/**
 * As {@link requestPromotion}, as a file's text to be sent to an admin; nothing is stored here.
 *
 * @throws CairnError as {@link requestPromotion}; `no_profile`, `signing_unavailable`
 */
export async function writeRequestFile(
  ctx: Ctx,
  registry: string,
  collection: string,
  number: VersionNumber,
  alias: string,
  note: string,
): Promise<string> {
  const wish: Wish = { collection, number, alias: parseAlias(alias), note: parseNote(note) };
  const { open, me } = await withRead(ctx.db, [...REGISTRY_STORES, "identity"], async (tx) => ({
    open: await openRegistry(ctx, tx, registry),
    me: await getIdentity(tx),
  }));
  const ask = askFor(open.state, wish, ctx.newUid<"PromotionRequest">());
  const fault = judge(open.state, me.key, { kind: "promotion-requested", ...ask });
  if (fault?.kind === "rule") throw errorOf(fault.problem);
  const unsigned = { registry: open.record.uid, at: ctx.now(), actor: me.key, ask };
  const signature = await sign(me.privateKey, requestText(unsigned));
  return formatRequestFile(open.state.name, { ...unsigned, signature });
}

/**
 * A request's file, once its signature, its asker's role and what it asks for are found right.
 *
 * @throws CairnError `invalid_log`
 */
export async function readRequestFile(ctx: Ctx, text: string): Promise<RequestFile> {
  const { signed, registryName } = await parseRequestFile(text);
  return withRead(ctx.db, [...REGISTRY_STORES, "identity"], async (tx) => {
    const registries = await openRegistries(ctx, tx);
    const open = registries.find(({ record }) => record.uid === signed.registry);
    if (open === undefined)
      throw invalidRequest(
        `it is for the registry “${registryName}”, which is not in this browser; bring that in first`,
      );
    const me = (await findIdentity(tx))?.key ?? null;
    const request = requestIn(open.state, signed);
    return { registry: open.record.name, view: viewRequest(open.state, request, me) };
  });
}

/** An open request of somebody for just this, in the same words. */
function findSame(
  { requests }: RegistryState,
  ask: PromotionAsk,
  asker: MemberKey,
): PromotionRequest | null {
  for (const other of requests.values())
    if (
      other.settled === null &&
      other.askedBy === asker &&
      other.collection === ask.collection &&
      other.alias === ask.alias &&
      other.source === ask.source &&
      other.number === ask.number &&
      other.note === ask.note
    )
      return other;
  return null;
}
