// Registries as people look at them: in a list, and one of them as it is or was [E4].
import { parseIsoTime } from "../../core/iso-time.ts";
import type { RegistryDetail, RegistrySummary } from "../../protocol/registry-link-api.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { findIdentity } from "./identity.ts";
import {
  openRegistries,
  openRegistry,
  openRegistryAt,
  REGISTRY_STORES,
  type OpenRegistry,
  type RegistryTx,
} from "./read-registry.ts";
import { summarizeCollection, summarizeRegistry, viewRequest } from "./summaries.ts";

/** All registries of this browser by name, deleted ones at the end. */
export function listRegistries(ctx: Ctx): Promise<readonly RegistrySummary[]> {
  return withRead(ctx.db, [...REGISTRY_STORES, "identity"], async (tx) => {
    const registries = await openRegistries(ctx, tx);
    const me = (await findIdentity(tx))?.key ?? null;
    return registries
      .map((open) => summarizeRegistry(open, me))
      .toSorted((a, b) => Number(a.isDeleted) - Number(b.isDeleted) || byName(a, b));
  });
}

/**
 * One registry, with its collections, people, rules and requests.
 *
 * @param asOf ISO date or date-time, or `null` for now [E4]
 * @throws CairnError `no_registry`; `not_found` where there was none yet
 */
export function getRegistry(ctx: Ctx, name: string, asOf: string | null): Promise<RegistryDetail> {
  return withRead(ctx.db, [...REGISTRY_STORES, "identity"], async (tx) => {
    const open = await openAsOf(ctx, tx, name, asOf);
    const me = (await findIdentity(tx))?.key ?? null;
    const { state } = open;
    return {
      ...summarizeRegistry(open, me),
      ownKey: me,
      asOf,
      collectionList: [...state.collections.values()]
        .filter(({ isDeleted }) => !isDeleted)
        .map((collection) => summarizeCollection(state, collection))
        .toSorted(byName),
      memberList: [...state.members.values()].toSorted(byName),
      protectionList: [...state.protections.values()].toSorted((a, b) =>
        a.pattern < b.pattern ? -1 : 1,
      ),
      requestList: [...state.requests.values()]
        .map((request) => viewRequest(state, request, me))
        .toReversed()
        .toSorted((a, b) => b.askedAt.localeCompare(a.askedAt)),
    };
  });
}

/** A registry as it is, or as it was at a time. Throws `invalid_text` where that is none. */
export async function openAsOf(
  ctx: Ctx,
  tx: RegistryTx,
  name: string,
  asOf: string | null,
): Promise<OpenRegistry> {
  return asOf === null
    ? openRegistry(ctx, tx, name)
    : openRegistryAt(ctx, tx, name, parseIsoTime("time", asOf));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
