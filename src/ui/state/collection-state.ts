// What a person does with a collection's versions, each with its way back [A4 G6 G7 P2].
import type { AliasChange } from "../../core/alias.ts";
import { showHidden } from "../../core/errors.ts";
import type { Alias } from "../../core/names.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import type { RequestUid } from "../../core/registry/records.ts";
import type { LinkView, PromotionPlan } from "../../protocol/registry-link-api.ts";
import { attempt } from "./actions.ts";
import type { AppState } from "./app-state.ts";

/** The collection that is meant. */
export interface CollectionPlace {
  readonly registry: string;
  readonly collection: string;
}

type Doer = Pick<AppState, "cairn" | "toasts" | "undo">;

/**
 * Puts aliases on a version, one after another, and offers to take back what was done, also where
 * a later one was refused. Throws what the store throws.
 */
export async function putLinkAliases(
  app: Doer,
  place: CollectionPlace,
  number: VersionNumber,
  aliases: readonly string[],
): Promise<void> {
  const { store } = app.cairn;
  const done: { readonly alias: string; readonly from: VersionNumber | null }[] = [];
  try {
    for (const alias of aliases) {
      const move = await store.setLinkAlias(place.registry, place.collection, number, alias);
      if (move !== null) done.push({ alias, from: move.from });
    }
  } finally {
    if (done.length > 0)
      app.undo.offer(saidOf(done, number), async () => {
        for (const { alias, from } of done.toReversed())
          await giveBack(app, place, alias, number, from);
        return done.length === 1
          ? `${showHidden(done[0]?.alias ?? "")} is where it was before.`
          : "The aliases are where they were before.";
      });
  }
  if (done.length === 0)
    app.toasts.show({ text: `${listOf(aliases)} on ${formatVersion(number)} already.` });
}

/**
 * Does what was planned, unless somebody moved the alias since. Throws what the store throws.
 *
 * @param request the request it is done for, which is approved by it
 */
export async function promote(
  app: Doer,
  place: CollectionPlace,
  { alias, from, to }: Pick<PromotionPlan, "alias" | "from" | "to">,
  request: RequestUid | { readonly file: string } | null,
): Promise<void> {
  const { store } = app.cairn;
  const former = from?.number ?? null;
  if (request === null)
    await store.setLinkAlias(place.registry, place.collection, to.number, alias, former);
  else await store.settleRequest(place.registry, request, "approved", "");
  app.undo.offer(saidOf([{ alias, from: former }], to.number), async () => {
    await giveBack(app, place, alias, to.number, former);
    return whereIs(alias, former);
  });
}

/** Asks those who may to put an alias on a version. Throws what the store throws. */
export async function ask(
  app: Doer,
  { registry, collection }: CollectionPlace,
  number: VersionNumber,
  alias: string,
  note: string,
): Promise<void> {
  const { store } = app.cairn;
  const { request } = await store.requestPromotion(registry, collection, number, alias, note);
  app.undo.offer(
    `Asked for ${showHidden(alias)} on ${formatVersion(number)}. It is among the requests.`,
    async () => {
      await store.settleRequest(registry, request, "withdrawn", "");
      return "The request is withdrawn.";
    },
  );
}

/** Takes an alias off its version. Answers whether it went well. */
export function takeLinkAlias(
  app: Doer,
  place: CollectionPlace,
  alias: Alias,
  holder: VersionNumber,
): Promise<boolean> {
  const { store } = app.cairn;
  return attempt(app.toasts, async () => {
    await store.removeLinkAlias(place.registry, place.collection, alias, holder);
    app.undo.offer(`Removed ${showHidden(alias)} from ${formatVersion(holder)}.`, async () => {
      await giveBack(app, place, alias, null, holder);
      return `${showHidden(alias)} is on ${formatVersion(holder)} again.`;
    });
  });
}

/**
 * Undoes a change of the history, as one more move [A4].
 *
 * @param holder who has the alias now, as far as the person sees
 */
export function rollBackAlias(
  app: Doer,
  place: CollectionPlace,
  { alias, from }: AliasChange,
  holder: VersionNumber | null,
): Promise<boolean> {
  return attempt(app.toasts, async () => {
    await giveBack(app, place, alias, holder, from);
    app.undo.offer(whereIs(alias, from), async () => {
      await giveBack(app, place, alias, from, holder);
      return whereIs(alias, holder);
    });
  });
}

/** Unlinks a version; its source stays. Answers whether it went well. */
export function unlink(
  app: Doer,
  place: CollectionPlace,
  { number }: Pick<LinkView, "number">,
): Promise<boolean> {
  const { store } = app.cairn;
  const { registry, collection } = place;
  return attempt(app.toasts, async () => {
    const { aliases } = await store.unlinkVersion(registry, collection, number);
    const went = aliases.length === 0 ? "" : ` ${listOf(aliases)} gone with it.`;
    app.undo.offer(`Unlinked ${formatVersion(number)}; its source stays.${went}`, async () => {
      const back = await store.restoreLink(registry, collection, number, aliases);
      const lost = aliases.filter((alias) => !back.includes(alias));
      const others = lost.length === 0 ? "" : ` ${listOf(lost)} on another version by now.`;
      return `${formatVersion(number)} is linked again.${others}`;
    });
  });
}

/**
 * Puts an alias back where it was. Throws `changed_since` where somebody moved it meanwhile.
 *
 * @param now who must hold the alias now; `null` for nobody
 * @param back who held it before; `null` for nobody
 */
export async function giveBack(
  { cairn: { store } }: Pick<AppState, "cairn">,
  { registry, collection }: CollectionPlace,
  alias: string,
  now: VersionNumber | null,
  back: VersionNumber | null,
): Promise<void> {
  if (back !== null) await store.setLinkAlias(registry, collection, back, alias, now);
  else if (now !== null) await store.removeLinkAlias(registry, collection, alias, now);
}

function saidOf(
  done: readonly { readonly alias: string; readonly from: VersionNumber | null }[],
  number: VersionNumber,
): string {
  const [first] = done;
  if (done.length === 1 && first !== undefined && first.from !== null)
    return `${showHidden(first.alias)} is on ${formatVersion(number)}; it moved from ${formatVersion(first.from)}.`;
  return `${listOf(done.map(({ alias }) => alias))} on ${formatVersion(number)}.`;
}

function whereIs(alias: string, holder: VersionNumber | null): string {
  return holder === null
    ? `${showHidden(alias)} names no version now, as before.`
    : `${showHidden(alias)} is on ${formatVersion(holder)} again.`;
}

/** `a is`, `a and b are`. */
function listOf(aliases: readonly string[]): string {
  const names = aliases.map(showHidden);
  const last = names.at(-1) ?? "";
  return names.length < 2 ? `${last} is` : `${names.slice(0, -1).join(", ")} and ${last} are`;
}
