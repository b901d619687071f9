// Deletes a registry for everybody who has its log; the versions it points to stay [G7].
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { formatCount } from "../../parts/format.ts";
import { TaskDialog } from "../../parts/task-dialog.tsx";
import { formatRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { refusalOf } from "./refusal.ts";

interface DeleteRegistryDialogProps {
  readonly app: AppState;
  readonly registry: RegistryDetail;
  readonly onClose: () => void;
}

export function DeleteRegistryDialog(props: DeleteRegistryDialogProps): JSX.Element {
  const { app, registry, onClose } = props;
  const { name, collectionList } = registry;
  const { store } = app.cairn;
  const remove = async (): Promise<void> => {
    await store.deleteRegistry(name);
    onClose();
    app.undo.offer(`“${showHidden(name)}” is deleted. Its versions stay.`, async () => {
      await store.restoreRegistry(name);
      return `“${showHidden(name)}” is back.`;
    });
    location.hash = formatRoute({ kind: "registries", query: "" });
  };
  const refusal = refusalOf(registry, "delete_registry");
  const held = collectionList.flatMap((collection) =>
    collection.aliases
      .filter(({ isProtected }) => isProtected)
      .map(({ alias }) => `${showHidden(collection.name)}:${showHidden(alias)}`),
  );
  return (
    <TaskDialog
      title={`Delete ${showHidden(name)}`}
      action="Delete registry"
      isDangerous
      isReady={refusal === null}
      run={remove}
      onClose={onClose}
    >
      {refusal !== null && <p class="registry-refusal">{refusal}</p>}
      <p>
        {formatCount(collectionList.length, "collection")} can no longer be found or used, by
        anybody who gets the log after this. The versions they point to stay, and an Admin can
        restore it all.
      </p>
      {held.length > 0 && (
        <p>
          Protected aliases are held here: {held.slice(0, 5).join(", ")}
          {held.length > 5 && ` and ${formatCount(held.length - 5, "other")}`}.
        </p>
      )}
    </TaskDialog>
  );
}
