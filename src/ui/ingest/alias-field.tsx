// Aliases to move onto the version: typed, and kept as pills.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { checkAlias } from "../../core/names.ts";
import { Field } from "../parts/field.tsx";
import { PillInput } from "../parts/pill-field.tsx";
import type { DraftState } from "./draft-state.ts";
import { fieldText } from "./problem-note.tsx";

export function AliasField({ draft }: { readonly draft: DraftState }): JSX.Element {
  const { fields } = draft;
  const typed = useSignal("");
  const given = fields.aliases.value;
  const problem = typed.value === "" ? null : checkAlias(typed.value);
  /** Takes what is typed, unless it is no alias: then it stays, with its problem beside it. */
  const take = (): void => {
    if (typed.value === "" || problem !== null) return;
    fields.setAliases([...given, typed.value]);
    typed.value = "";
  };
  const isEnd = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean =>
    key === "," || key === " " || (key === "Enter" && !ctrlKey && !metaKey);
  return (
    <Field
      label="Aliases"
      optional
      problem={problemNote()}
      hint="latest moves by itself; add prod, best, …"
    >
      {(control) => (
        <PillInput
          control={control}
          kind="alias"
          pills={given}
          typed={typed.value}
          onType={(text) => (typed.value = text)}
          onTake={take}
          onChange={fields.setAliases}
          isEnd={isEnd}
        />
      )}
    </Field>
  );

  function problemNote(): ComponentChildren {
    if (problem === null) return undefined;
    const { suggestion } = problem.data;
    return (
      <>
        {fieldText(problem)}{" "}
        <button type="button" class="link-button" onClick={() => (typed.value = suggestion)}>
          Use “{suggestion}”
        </button>
      </>
    );
  }
}
