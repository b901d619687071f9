// Deleting, restoring and freeing, put together.
import type { TrashApi } from "../../protocol/trash-api.ts";
import { trashDays } from "../../store/settings.ts";
import type { Ctx } from "../context.ts";
import { deleteAndUnlink, deleteVersions } from "./delete-versions.ts";
import { emptyTrash, listTrash, setTrashDays } from "./empty.ts";
import { planDelete, planEmpty } from "./impact.ts";
import { previewKeep, setKeep } from "./keep.ts";
import { restore } from "./restore.ts";

export function createTrashService(ctx: Ctx): TrashApi {
  const { db } = ctx;
  return {
    planDelete: (target) => planDelete(ctx, target),
    deleteVersions(target, confirmed, links) {
      const wish = { target, confirmed, by: "person" } as const;
      return links === "unlink" ? deleteAndUnlink(ctx, wish) : deleteVersions(ctx, wish);
    },
    listTrash: () => listTrash(db),
    restore: (entry) => restore(ctx, entry),
    planEmpty: (entries) => planEmpty(db, entries),
    emptyTrash: (entries) => emptyTrash(ctx, entries),
    planKeep: (project, name, rule) => previewKeep(ctx, project, name, rule),
    setKeep: (project, name, rule, expected) => setKeep(ctx, project, name, rule, expected),
    getTrashDays: () => trashDays(db),
    setTrashDays: (days, expected) => setTrashDays(ctx, days, expected),
  };
}
