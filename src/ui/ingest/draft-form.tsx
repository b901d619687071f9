// What the person says about a draft, checked while it is typed.
import { useEffect, useRef } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import { formatVersion } from "../../core/version.ts";
import { Field, type FieldControl } from "../parts/field.tsx";
import { TextInput } from "../parts/text-input.tsx";
import { AliasField } from "./alias-field.tsx";
import { problemNote } from "./problem-note.tsx";
import type { TextField } from "./draft-fields.ts";
import type { DraftState } from "./draft-state.ts";

export function DraftForm({ draft }: { readonly draft: DraftState }): JSX.Element {
  const { fields } = draft;
  const problems = fields.problems.value;
  const existing = fields.existing.value;
  const more = useRef<HTMLDetailsElement>(null);
  const hidesProblem =
    draft.showsAllProblems.value &&
    (problems.description ?? problems.metadata ?? problems.run) !== undefined;
  useEffect(() => {
    if (hidesProblem && more.current !== null) more.current.open = true;
  }, [hidesProblem]);
  return (
    <form class="draft-form" onSubmit={(event) => event.preventDefault()}>
      <div class="draft-form-pair">
        <Field
          label="Project"
          problem={problemNote(draft, fields.project, problems.project)}
          warning={twinNote(fields.projectTwin.value, fields.project)}
        >
          {(control) => (
            <Typed control={control} field={fields.project} options={fields.knownProjects.value} />
          )}
        </Field>
        <Field
          label="Name"
          problem={problemNote(draft, fields.name, problems.name)}
          warning={twinNote(fields.nameTwin.value, fields.name)}
          hint={
            existing === null
              ? "A new artifact"
              : `Exists; its latest is ${formatVersion(existing.latest)}`
          }
        >
          {(control) => (
            <Typed control={control} field={fields.name} options={fields.knownNames.value} />
          )}
        </Field>
      </div>
      <div class="draft-form-pair">
        <Field
          label="Type"
          problem={problemNote(draft, fields.type, problems.type)}
          hint={
            existing === null ? <TypeChoices draft={draft} /> : "Every version has the same type"
          }
        >
          {(control) => (
            <Typed control={control} field={fields.type} options={fields.knownTypes.value} />
          )}
        </Field>
        <AliasField draft={draft} />
      </div>
      <details ref={more} class="draft-more">
        <summary>Description, metadata, run</summary>
        <Field
          label="Description"
          optional
          problem={problemNote(draft, fields.description, problems.description)}
        >
          {(control) => <TypedText control={control} field={fields.description} rows={2} />}
        </Field>
        <Field
          label="Metadata"
          optional
          problem={problemNote(draft, fields.metadata, problems.metadata)}
          hint='A JSON object, such as {"accuracy": 0.93}'
        >
          {(control) => <TypedText control={control} field={fields.metadata} rows={3} isCode />}
        </Field>
        <Field
          label="Produced by run"
          optional
          problem={problemNote(draft, fields.run, problems.run)}
          hint="The training or export that made these files"
        >
          {(control) => <Typed control={control} field={fields.run} options={[]} />}
        </Field>
      </details>
    </form>
  );
}

/** Types at a click: the input's own list shows only those that fit what is typed already. */
function TypeChoices({ draft: { fields } }: { readonly draft: DraftState }): JSX.Element {
  const current = fields.type.value.value;
  return (
    <span class="draft-types">
      {fields.knownTypes.value.map((type) => (
        <button
          key={type}
          type="button"
          class="link-button"
          aria-pressed={type === current}
          onClick={() => fields.type.type(type)}
        >
          {showHidden(type)}
        </button>
      ))}
    </span>
  );
}

interface TypedProps {
  readonly control: FieldControl;
  readonly field: TextField;
  readonly options: readonly string[];
}

function Typed({ control, field, options }: TypedProps): JSX.Element {
  return (
    <TextInput
      control={control}
      isExact
      value={field.value.value}
      onInput={(text) => field.type(text)}
    >
      {options.map((option) => (
        <option key={option} value={option} />
      ))}
    </TextInput>
  );
}

interface TypedTextProps {
  readonly control: FieldControl;
  readonly field: TextField;
  readonly rows: number;
  readonly isCode?: boolean;
}

function TypedText({ control, field, rows, isCode = false }: TypedTextProps): JSX.Element {
  return (
    <textarea
      {...control}
      class={`input${isCode ? " is-code" : ""}`}
      rows={rows}
      spellcheck={!isCode}
      value={field.value.value}
      onInput={({ currentTarget }) => field.type(currentTarget.value)}
    />
  );
}

function twinNote(twin: string | null, field: TextField): ComponentChildren {
  if (twin === null) return undefined;
  return (
    <>
      “{showHidden(twin)}” exists and differs only in letter case; this would be another one.{" "}
      <button type="button" class="link-button" onClick={() => field.type(twin)}>
        Use “{showHidden(twin)}”
      </button>
    </>
  );
}
