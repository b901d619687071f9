// Where versions are linked: every place of every registry here that points to them [R5 G8].
import type { VersionRef, VersionUid } from "../../core/records.ts";
import type { MemberKey } from "../../core/registry/records.ts";
import { mayDo } from "../../core/registry/roles.ts";
import type { Collection } from "../../core/registry/state.ts";
import { linksTo, roleOf } from "../../core/registry/views.ts";
import type { LinkAlias, LinkPlace } from "../../protocol/registry-link-api.ts";
import { getVersionOf } from "../../store/artifacts.ts";
import { idsOf } from "../../store/by-uid.ts";
import type { StoreName } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { aliasesByLink } from "./held-aliases.ts";
import { findIdentity } from "./identity.ts";
import { openRegistries, REGISTRY_STORES, type OpenRegistry } from "./read-registry.ts";

/** The stores that {@link placesOf} reads. */
const PLACE_STORES = [...REGISTRY_STORES, "identity"] as const satisfies StoreName[];

type PlacedLink = ReturnType<typeof linksTo>[number];

/**
 * Where versions are linked, by registry and collection; those that are not have no entry. Deleted
 * registries and collections don't count.
 *
 * @param versions by every id they have: a link names the one its source had when it was made
 */
export async function placesOf(
  ctx: Ctx,
  tx: ReadTx<(typeof PLACE_STORES)[number]>,
  versions: readonly VersionUid[],
): Promise<ReadonlyMap<VersionUid, readonly LinkPlace[]>> {
  const registries = await openRegistries(ctx, tx);
  if (registries.length === 0) return new Map();
  const me = (await findIdentity(tx))?.key ?? null;
  const wanted = new Set(versions);
  const places = new Map<VersionUid, LinkPlace[]>();
  for (const open of registries) {
    const placer = placerIn(open, me);
    for (const version of wanted)
      for (const placed of linksTo(open.state, version).toSorted(byCollection))
        places.set(version, [...(places.get(version) ?? []), placer(placed)]);
  }
  return places;
}

/** Where a version is linked. Throws `not_found`, `in_trash`. */
export function linksOf(ctx: Ctx, version: VersionRef): Promise<readonly LinkPlace[]> {
  const stores = [...PLACE_STORES, "artifacts", "versions", "deletedVersions"] as const;
  return withRead(ctx.db, [...stores], async (tx) => {
    const ids = idsOf((await getVersionOf(tx, version)).version);
    const places = await placesOf(ctx, tx, ids);
    return ids.flatMap((id) => places.get(id) ?? []);
  });
}

/** Tells the place of a registry's links; each collection's aliases are looked through once. */
function placerIn(
  { record, state }: OpenRegistry,
  me: MemberKey | null,
): (placed: PlacedLink) => LinkPlace {
  const role = roleOf(state, me);
  const held = new Map<Collection, ReturnType<typeof aliasesByLink>>();
  return ({ collection, link }) => {
    const byLink = held.get(collection) ?? aliasesByLink(state, collection);
    held.set(collection, byLink);
    const aliases = byLink.get(link.number) ?? [];
    return {
      registry: record.name,
      registryUid: record.uid,
      collection: collection.name,
      number: link.number,
      aliases,
      linkedAt: link.linkedAt,
      mayUnlink:
        me !== null && mayDo(role, holdsProtected(aliases) ? "unlink_protected" : "unlink"),
    };
  };
}

function holdsProtected(aliases: readonly LinkAlias[]): boolean {
  return aliases.some(({ isProtected }) => isProtected);
}

function byCollection(a: PlacedLink, b: PlacedLink): number {
  return a.collection.name < b.collection.name ? -1 : 1;
}
