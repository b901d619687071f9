// Forms for what is said about a version, checked while it is typed.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { DESCRIPTION_MAX_LENGTH } from "../../../core/draft.ts";
import { describeError } from "../../../core/errors.ts";
import type { JsonObject } from "../../../core/json.ts";
import { checkMetadata, parseMetadata } from "../../../core/metadata.ts";
import { EditForm } from "../../parts/edit-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TagField } from "../../parts/tag-field.tsx";

export interface FormProps<T> {
  readonly value: T;
  readonly onClose: () => void;
  /** Answers whether it was saved. */
  readonly onSave: (value: T) => Promise<boolean>;
}

export function DescriptionForm({ value, onClose, onSave }: FormProps<string>): JSX.Element {
  const typed = useSignal(value);
  const excess = typed.value.length - DESCRIPTION_MAX_LENGTH;
  return (
    <EditForm isValid={excess <= 0} save={() => onSave(typed.value)} onClose={onClose}>
      <Field
        label="Description"
        problem={excess > 0 ? `It is ${excess.toLocaleString("en")} characters too long.` : ""}
      >
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={6}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
        )}
      </Field>
    </EditForm>
  );
}

export function MetadataForm({ value, onClose, onSave }: FormProps<JsonObject>): JSX.Element {
  const typed = useSignal(Object.keys(value).length === 0 ? "" : JSON.stringify(value, null, 2));
  const problem = checkMetadata(typed.value);
  return (
    <EditForm
      isValid={problem === null}
      save={() => onSave(parseMetadata(typed.value))}
      onClose={onClose}
    >
      <Field
        label="Metadata"
        hint="A JSON object; blank for none."
        problem={problem === null ? "" : describeError(problem)}
      >
        {(control) => (
          <textarea
            {...control}
            class="input is-code"
            rows={10}
            spellcheck={false}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
        )}
      </Field>
    </EditForm>
  );
}

export function TagsForm({ value, onClose, onSave }: FormProps<readonly string[]>): JSX.Element {
  const tags = useSignal(value);
  return (
    <EditForm isValid save={() => onSave(tags.value)} onClose={onClose}>
      <TagField label="Tags" tags={tags.value} onChange={(next) => (tags.value = next)} />
    </EditForm>
  );
}
