// What is said about a version, changed with a way back [V3].
import type { VersionDetails, VersionRef } from "../../core/records.ts";
import type { VersionEdit } from "../../protocol/edit-api.ts";
import type { AppState } from "./app-state.ts";

/**
 * Changes fields of a version, if they are still as the person saw them. Throws what the store throws.
 *
 * @param former the same fields, as they were seen
 * @param said what the message says
 */
export async function editField(
  app: AppState,
  version: VersionRef,
  edit: VersionEdit,
  former: VersionEdit,
  said: string,
): Promise<void> {
  const { store } = app.cairn;
  const saved = await store.editVersion(version, edit, former);
  const now = Object.fromEntries(
    (Object.keys(edit) as (keyof VersionDetails)[]).map((field) => [field, saved[field]]),
  ) as VersionEdit;
  app.undo.offer(said, async () => {
    await store.editVersion(version, former, now);
    return "The former value is back.";
  });
}
