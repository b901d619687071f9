// Linking a version to a collection, with its way back [G5 G7].
import { showHidden } from "../../core/errors.ts";
import { LATEST } from "../../core/names.ts";
import type { VersionRef } from "../../core/records.ts";
import { formatPlace, parseTarget } from "../../core/registry/names.ts";
import { formatVersion } from "../../core/version.ts";
import type { Linked } from "../../protocol/registry-link-api.ts";
import { collectionHash } from "../router.ts";
import { attempt } from "./actions.ts";
import type { AppState } from "./app-state.ts";
import { giveBack, type CollectionPlace } from "./collection-state.ts";

type Doer = Pick<AppState, "cairn" | "toasts" | "undo">;

/** Links a version, says what came of it, and offers to take it back. Throws what the store throws. */
export async function linkTo(
  app: Doer,
  { project, name, number: source }: VersionRef,
  { registry, collection }: CollectionPlace,
  aliases: readonly string[],
): Promise<Linked> {
  const spec = `${project}/${name}:${formatVersion(source)}`;
  const target = formatPlace(registry, collection);
  const linked = await app.cairn.store.linkVersion(spec, null, target, aliases);
  const link = {
    label: "Open",
    hash: collectionHash(linked.registry, linked.collection, formatVersion(linked.number)),
  };
  const said = describeLinked(linked);
  if (linked.isNew || linked.moves.length > 0)
    app.undo.offer(said, () => takeBack(app, linked), link);
  else app.toasts.show({ text: said, link });
  return linked;
}

/**
 * Links a version that was dropped on a collection. Answers whether it went well.
 *
 * @param target `registry/collection`
 */
export function dropOn(app: Doer, version: VersionRef, target: string): Promise<boolean> {
  return attempt(app.toasts, async () => {
    await linkTo(app, version, parseTarget(target), []);
  });
}

/** What a link did, in a sentence. */
export function describeLinked({ registry, collection, number, isNew, moves }: Linked): string {
  const place = showHidden(formatPlace(registry, collection, formatVersion(number)));
  const own = moves
    .filter(({ alias }) => alias !== LATEST)
    .map(({ alias, from }) =>
      from === null
        ? `${showHidden(alias)} is on it`
        : `${showHidden(alias)} moved from ${formatVersion(from)}`,
    );
  return `${[isNew ? `Linked as ${place}` : `It is ${place} already`, ...own].join("; ")}.`;
}

async function takeBack(app: Doer, linked: Linked): Promise<string> {
  const { store } = app.cairn;
  const { registry, collection, number, isNew, isNewCollection, moves } = linked;
  for (const { alias, from } of moves.toReversed())
    if (alias !== LATEST) await giveBack(app, linked, alias, number, from);
  if (!isNew) return "The aliases are where they were before.";
  const { aliases } = await store.unlinkVersion(registry, collection, number);
  const gone = aliases.length === 0 ? "" : ` ${aliases.map(showHidden).join(", ")} went with it.`;
  if (isNewCollection) await removeIfBare(app, linked);
  return `It is not linked in ${showHidden(formatPlace(registry, collection))} any more.${gone}`;
}

/** Somebody may have used the new collection since; then it stays. */
async function removeIfBare(
  { cairn: { store } }: Doer,
  { registry, collection }: Linked,
): Promise<void> {
  const { links, card, tags } = await store.getCollection(registry, collection, null);
  if (links === 0 && card === "" && tags.length === 0)
    await store.deleteCollection(registry, collection);
}
