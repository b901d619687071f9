// Brings an entry of the trash back, and says what came.
import { isCairnError } from "../../core/errors.ts";
import { LATEST } from "../../core/names.ts";
import type { TrashUid } from "../../core/records.ts";
import type { TrashApi } from "../../protocol/trash-api.ts";
import type { LinkPlace } from "../../protocol/registry-link-api.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import { describeRestored } from "./describe-trash.ts";

/**
 * Restores an entry, and links its versions again where they were unlinked with the delete. Answers
 * a sentence, also where somebody was there before.
 */
export async function restoreLinked(
  store: Pick<StoreApi, "restore" | "restoreLink">,
  entry: TrashUid,
  links: readonly LinkPlace[],
): Promise<string> {
  const said = await restoreEntry(store, entry);
  for (const { registry, collection, number, aliases } of links) {
    const own = aliases.map(({ alias }) => alias).filter((alias) => alias !== LATEST);
    await store.restoreLink(registry, collection, number, own);
  }
  return links.length === 0 ? said : `${said} It is linked again.`;
}

/** Restores an entry. Answers a sentence, also where somebody was there before. */
export async function restoreEntry(
  store: Pick<TrashApi, "restore">,
  entry: TrashUid,
): Promise<string> {
  try {
    return describeRestored(await store.restore(entry));
  } catch (error) {
    if (!isCairnError(error, "not_found")) throw error;
    return "It is not in the trash any more: it was restored or deleted for good since.";
  }
}
