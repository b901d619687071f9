// Rules of collections [G2 G3 P3].
import type { ArtifactType } from "../names.ts";
import { formatPlace } from "./names.ts";
import { checkPermission, heldProblem, protectedOf, rule, stale } from "./permit.ts";
import type { ActOf, MemberKey } from "./records.ts";
import { mayDo } from "./roles.ts";
import { isSame, pickLike } from "./same.ts";
import type { Collection, EventFault, RegistryState } from "./state.ts";
import { roleOf } from "./views.ts";

type CollectionAct = ActOf<
  "collection-created" | "collection-edited" | "collection-deleted" | "collection-restored"
>;

/** {@link judge} for collections. */
export function judgeCollectionAct(
  state: RegistryState,
  actor: MemberKey,
  act: CollectionAct,
): EventFault | null {
  const collection = state.collections.get(act.collection);
  if (act.kind === "collection-created") return judgeCreate(state, actor, act, collection);
  const permission = act.kind === "collection-edited" ? "edit_collection" : "delete_collection";
  const refused = checkPermission(state, actor, permission);
  if (refused !== null) return rule(refused);
  if (collection === undefined) return stale(`there was no collection “${act.collection}”`);
  if (act.kind === "collection-restored") {
    if (!collection.isDeleted) return stale(`“${act.collection}” was not deleted`);
    const refusal = checkType(state, collection.type);
    // Its aliases come back with it, those that are protected by now among them.
    return refusal ?? checkHeld(state, actor, collection, "restore");
  }
  if (collection.isDeleted) return stale(`“${act.collection}” was deleted`);
  if (act.kind === "collection-deleted") return checkHeld(state, actor, collection, "delete");
  const { card, tags } = collection;
  const isAsSaid = isSame(act.before, pickLike(act.after, { card, tags }));
  return isAsSaid ? null : stale(`“${act.collection}” was not as said`);
}

function judgeCreate(
  state: RegistryState,
  actor: MemberKey,
  act: ActOf<"collection-created">,
  existing: Collection | undefined,
): EventFault | null {
  const refused = checkPermission(state, actor, "create_collection");
  if (refused !== null) return rule(refused);
  if (existing === undefined) return checkType(state, act.type);
  // What a deleted one holds can't be restored once its name is taken.
  if (existing.isDeleted)
    return checkType(state, act.type) ?? checkHeld(state, actor, existing, "replace");
  const name = formatPlace(state.name, act.collection);
  return rule({ code: "already_exists", data: { what: "collection", name } });
}

function checkType(state: RegistryState, type: ArtifactType): EventFault | null {
  const { name: registry, types: accepted } = state;
  if (accepted.length === 0 || accepted.includes(type)) return null;
  return rule({ code: "type_not_accepted", data: { registry, type, accepted } });
}

function checkHeld(
  state: RegistryState,
  actor: MemberKey,
  collection: Collection,
  act: string,
): EventFault | null {
  if (mayDo(roleOf(state, actor), "delete_protected_collection")) return null;
  const held = protectedOf(state, collection).map(({ alias }) => alias);
  return held.length === 0 ? null : rule(heldProblem(state, collection, held, act));
}
