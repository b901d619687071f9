// Brings an entry of the trash back, and says what came.
import { isCairnError } from "../../core/errors.ts";
import type { TrashUid } from "../../core/records.ts";
import type { TrashApi } from "../../protocol/trash-api.ts";
import { describeRestored } from "./describe-trash.ts";

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
