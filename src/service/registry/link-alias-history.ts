// How a collection's aliases came and went, from its registry's log [A4].
import type { AliasChange } from "../../core/alias.ts";
import { CairnError } from "../../core/errors.ts";
import { linkAliasChanges } from "../../core/registry/history.ts";
import { formatPlace } from "../../core/registry/names.ts";
import type { CollectionName, MemberKey } from "../../core/registry/records.ts";
import { nameOf } from "../../core/registry/views.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { openRegistry, REGISTRY_STORES } from "./read-registry.ts";

/**
 * The changes of a collection's aliases, `latest` among them, oldest first; also of a deleted one.
 * Actors are named as the registry lists them now.
 *
 * @throws CairnError `no_registry`, `not_found`
 */
export function linkAliasHistory(
  ctx: Ctx,
  registry: string,
  collection: string,
): Promise<readonly AliasChange[]> {
  return withRead(ctx.db, [...REGISTRY_STORES], async (tx) => {
    const { record, fold, state } = await openRegistry(ctx, tx, registry);
    const name = collection as CollectionName;
    if (!state.collections.has(name))
      throw new CairnError("not_found", {
        what: "collection",
        name: formatPlace(registry, collection),
      });
    const rows = await tx
      .objectStore("registryEvents")
      .getAll(IDBKeyRange.bound([record.uid, 0], [record.uid, record.seq]));
    const withEffect = rows.map(({ event }) => event).filter(({ seq }) => !fold.faults.has(seq));
    return linkAliasChanges(name, withEffect).map((change) => ({
      ...change,
      actor: nameOf(state, change.actor as MemberKey),
    }));
  });
}
