// A new collection: its type is fixed from then on [G3].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { describeError, showHidden } from "../../../core/errors.ts";
import { checkName, CONVENTIONAL_TYPES } from "../../../core/names.ts";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { Field } from "../../parts/field.tsx";
import { NameField, nameProblem } from "../../parts/name-field.tsx";
import { TagField } from "../../parts/tag-field.tsx";
import { TaskDialog } from "../../parts/task-dialog.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { collectionHash } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";

interface NewCollectionDialogProps {
  readonly app: AppState;
  readonly registry: RegistryDetail;
  readonly onClose: () => void;
}

export function NewCollectionDialog(props: NewCollectionDialogProps): JSX.Element {
  const { app, registry, onClose } = props;
  const [existing] = useState(() => registry.collectionList.map((collection) => collection.name));
  const name = useSignal("");
  const type = useSignal<string>(registry.types[0] ?? CONVENTIONAL_TYPES[0] ?? "");
  const card = useSignal("");
  const tags = useSignal<readonly string[]>([]);
  const isReady =
    nameProblem("collection", name.value, existing) === null &&
    checkName("type", type.value) === null;
  const create = async (): Promise<void> => {
    const { store } = app.cairn;
    await store.createCollection(registry.name, {
      name: name.value,
      type: type.value,
      card: card.value,
      tags: tags.value,
    });
    onClose();
    location.hash = collectionHash(registry.name, name.value);
  };
  return (
    <TaskDialog
      title={`New collection in ${showHidden(registry.name)}`}
      action="Create"
      isReady={isReady}
      run={create}
      onClose={onClose}
    >
      <NameField
        kind="collection"
        label="Name"
        value={name.value}
        existing={existing}
        onInput={(text) => (name.value = text)}
      />
      <TypeChoice
        accepted={registry.types}
        value={type.value}
        onChange={(chosen) => (type.value = chosen)}
      />
      <TagField label="Tags" tags={tags.value} onChange={(next) => (tags.value = next)} />
      <Field label="Card" optional hint="Markdown: what it is, how to use it, what to watch for.">
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={5}
            value={card.value}
            onInput={({ currentTarget }) => (card.value = currentTarget.value)}
          />
        )}
      </Field>
    </TaskDialog>
  );
}

interface TypeChoiceProps {
  /** Empty for all. */
  readonly accepted: readonly string[];
  readonly value: string;
  readonly onChange: (type: string) => void;
}

/** One of the accepted types; where all are, any text that can be one. */
function TypeChoice({ accepted, value, onChange }: TypeChoiceProps): JSX.Element {
  const problem = value === "" ? null : checkName("type", value);
  return (
    <Field
      label="Type"
      hint="Every version in it has this type. It can't be changed later."
      problem={problem === null ? undefined : describeError(problem)}
    >
      {(control) =>
        accepted.length === 0 ? (
          <TextInput control={control} isExact value={value} onInput={onChange}>
            {CONVENTIONAL_TYPES.map((type) => (
              <option key={type} value={type} />
            ))}
          </TextInput>
        ) : (
          <select
            {...control}
            class="input"
            value={value}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
          >
            {accepted.map((type) => (
              <option key={type} value={type}>
                {showHidden(type)}
              </option>
            ))}
          </select>
        )
      }
    </Field>
  );
}
