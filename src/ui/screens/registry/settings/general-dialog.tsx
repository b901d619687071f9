// Description, accepted types, visibility of a registry; types only grow [G2].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { showHidden } from "../../../../core/errors.ts";
import type { Visibility } from "../../../../core/registry/roles.ts";
import type { RegistryDetail } from "../../../../protocol/registry-link-api.ts";
import type { RegistryEdit } from "../../../../protocol/registry-manage-api.ts";
import { ChoiceList } from "../../../parts/choice-list.tsx";
import { Field } from "../../../parts/field.tsx";
import { TaskDialog } from "../../../parts/task-dialog.tsx";
import { TypeChip } from "../../../parts/type-chip.tsx";
import { TypeField } from "../../../parts/type-field.tsx";
import type { AppState } from "../../../state/app-state.ts";
import { VISIBILITY_OPTIONS } from "../role-text.ts";

interface GeneralDialogProps {
  readonly app: AppState;
  readonly registry: RegistryDetail;
  readonly onClose: () => void;
}

export function GeneralDialog({ app, registry, onClose }: GeneralDialogProps): JSX.Element {
  // As the person saw it: others may change it meanwhile.
  const [former] = useState(registry);
  const description = useSignal(former.description);
  const added = useSignal<readonly string[]>([]);
  const visibility = useSignal<Visibility>(former.visibility);
  const { store } = app.cairn;
  const save = async (): Promise<void> => {
    const { name } = former;
    const edit: RegistryEdit = {
      ...(description.value !== former.description && { description: description.value }),
      ...(added.value.length > 0 && { types: [...former.types, ...added.value] }),
      ...(visibility.value !== former.visibility && { visibility: visibility.value }),
    };
    if (Object.keys(edit).length > 0) await store.editRegistry(name, edit);
    onClose();
    const said = `Settings of “${showHidden(name)}” saved.`;
    // Types never go again, so their coming can't be taken back.
    if (edit.types !== undefined) app.toasts.show({ kind: "success", text: said });
    else if (Object.keys(edit).length > 0)
      app.undo.offer(said, async () => {
        await store.editRegistry(name, {
          description: former.description,
          visibility: former.visibility,
        });
        return `“${showHidden(name)}” has its former settings again.`;
      });
  };
  const takesAll = former.types.length === 0;
  return (
    <TaskDialog
      title={`Settings of ${showHidden(former.name)}`}
      action="Save"
      run={save}
      onClose={onClose}
    >
      <Field label="Description" optional>
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={3}
            value={description.value}
            onInput={({ currentTarget }) => (description.value = currentTarget.value)}
          />
        )}
      </Field>
      {!takesAll && (
        <div class="field">
          <span class="settings-label">Accepted types</span>
          <span class="chips">
            {former.types.map((type) => (
              <TypeChip key={type} type={type} />
            ))}
          </span>
        </div>
      )}
      <TypeField
        label={takesAll ? "Accepted types" : "Add types"}
        hint={
          takesAll
            ? "Now it takes all. With a list, it takes only what is on it; the list never shrinks."
            : "They can't be taken off again."
        }
        types={added.value}
        given={former.types}
        onChange={(types) => (added.value = types)}
      />
      <ChoiceList
        label="Who sees it"
        options={VISIBILITY_OPTIONS}
        value={visibility.value}
        onChange={(chosen) => (visibility.value = chosen)}
      />
    </TaskDialog>
  );
}
