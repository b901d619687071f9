// What can be done with a whole collection.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Ellipsis, Tags, Trash2 } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { CollectionDetail } from "../../../protocol/registry-link-api.ts";
import { EditTagsDialog } from "../../parts/edit-tags-dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { registryHash } from "../../router.ts";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { whyNot } from "./access.ts";

interface CollectionMenuProps {
  readonly app: AppState;
  readonly detail: CollectionDetail;
}

export function CollectionMenu({ app, detail }: CollectionMenuProps): JSX.Element | null {
  const { store } = app.cairn;
  const { name, tags } = detail;
  const registry = detail.registry.name;
  const [isTagging, setTagging] = useState(false);
  const remove = (): Promise<boolean> =>
    attempt(app.toasts, async () => {
      await store.deleteCollection(registry, name);
      location.hash = registryHash(registry);
      app.undo.offer(`Deleted ${showHidden(name)}; what it linked stays.`, async () => {
        await store.restoreCollection(registry, name);
        return `${showHidden(name)} is back.`;
      });
    });
  const items = [
    ...(whyNot(detail, "edit_collection") === ""
      ? [{ label: "Edit tags…", icon: Tags, run: () => setTagging(true) }]
      : []),
    ...(whyNot(detail, "delete_collection") === ""
      ? [{ label: "Delete collection", icon: Trash2, isDanger: true, run: () => void remove() }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <Menu class="button is-plain is-icon" label="More" items={items}>
        <Icon icon={Ellipsis} />
      </Menu>
      {isTagging && (
        <EditTagsDialog
          title={`Tags of ${showHidden(name)}`}
          label="Tags of the collection"
          tags={tags}
          onClose={() => setTagging(false)}
          onSave={async (next, former) => {
            await store.editCollection(registry, name, { tags: next }, { tags: former });
            app.undo.offer(`Tags of ${showHidden(name)} saved.`, async () => {
              await store.editCollection(registry, name, { tags: former }, { tags: next });
              return `${showHidden(name)} has its former tags again.`;
            });
          }}
        />
      )}
    </>
  );
}
