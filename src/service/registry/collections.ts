// A registry's collections: made, described, deleted, brought back [G3 G7 G9].
import { CairnError } from "../../core/errors.ts";
import { parseArtifactType } from "../../core/names.ts";
import { formatPlace, parseCollectionName } from "../../core/registry/names.ts";
import type { CollectionDetails, CollectionName } from "../../core/registry/records.ts";
import { getLiveCollection } from "../../core/registry/views.ts";
import { parseTags } from "../../core/tags.ts";
import type { CollectionEdit, NewCollection } from "../../protocol/registry-manage-api.ts";
import type { Ctx } from "../context.ts";
import { append } from "./append.ts";
import { changesTo } from "./changes.ts";
import { parseLongText } from "./long-text.ts";

/**
 * Makes a collection. One that was deleted under that name goes on counting where it was [G4].
 *
 * @throws CairnError `invalid_name`, `invalid_tag`, `invalid_text`, `already_exists`,
 *   `type_not_accepted`, `not_permitted`
 */
export async function createCollection(
  ctx: Ctx,
  registry: string,
  fields: NewCollection,
): Promise<void> {
  const collection = parseCollectionName(fields.name);
  const type = parseArtifactType(fields.type);
  const card = parseLongText("card", fields.card);
  const tags = parseTags(fields.tags);
  await append(ctx, registry, () => [{ kind: "collection-created", collection, type, card, tags }]);
}

/**
 * Changes the fields given; one that has that value already is no change and no event.
 *
 * @throws CairnError `not_found`, `not_permitted`, `invalid_tag`, `invalid_text`, and
 *   `changed_since` unless the fields are as expected, where that is given
 */
export async function editCollection(
  ctx: Ctx,
  registry: string,
  name: string,
  edit: CollectionEdit,
  expected: CollectionEdit = {},
): Promise<void> {
  const wanted = parseEdit(edit);
  const known = parseEdit(expected);
  await append(ctx, registry, ({ state, record }) => {
    const collection = getLiveCollection(state, name);
    const [stale] = Object.keys(changesTo<CollectionDetails>(collection, known)?.after ?? {});
    if (stale !== undefined)
      throw new CairnError("changed_since", {
        what: `${stale} of`,
        name: formatPlace(record.name, name),
      });
    const changes = changesTo<CollectionDetails>(collection, wanted);
    if (changes === null) return [];
    return [{ kind: "collection-edited", collection: collection.name, ...changes }];
  });
}

/** Its sources stay [G7]. Throws `not_found`, `protected_held`, `not_permitted`. */
export async function deleteCollection(ctx: Ctx, registry: string, name: string): Promise<void> {
  await append(ctx, registry, ({ state }) => {
    const { name: collection } = getLiveCollection(state, name);
    return [{ kind: "collection-deleted", collection }];
  });
}

/** Brings a deleted collection back as it was. Throws `not_found`, `not_permitted`. */
export async function restoreCollection(ctx: Ctx, registry: string, name: string): Promise<void> {
  const collection = name as CollectionName;
  await append(ctx, registry, ({ state }) => {
    const known = state.collections.get(collection);
    if (known === undefined) throw new CairnError("not_found", { what: "collection", name });
    return known.isDeleted ? [{ kind: "collection-restored", collection }] : [];
  });
}

function parseEdit({ card, tags }: CollectionEdit): Partial<CollectionDetails> {
  return {
    ...(card !== undefined && { card: parseLongText("card", card) }),
    ...(tags !== undefined && { tags: parseTags(tags) }),
  };
}
