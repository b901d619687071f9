// Aliases to move onto the version: typed, and kept as pills.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { X } from "lucide";
import { showHidden } from "../../core/errors.ts";
import { checkAlias } from "../../core/names.ts";
import { Field } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import type { DraftState } from "./draft-state.ts";
import { fieldText } from "./problem-note.tsx";
import "../parts/chip.css";

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
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Backspace" && typed.value === "") fields.setAliases(given.slice(0, -1));
    const isEnd = event.key === "Enter" && !event.ctrlKey && !event.metaKey;
    if (!isEnd && event.key !== "," && event.key !== " ") return;
    event.preventDefault();
    take();
  };
  return (
    <Field
      label="Aliases"
      optional
      problem={problemNote()}
      hint="latest moves by itself; add prod, best, …"
    >
      {(control) => (
        <div class="alias-field input">
          {given.map((alias) => (
            <span key={alias} class="chip is-alias">
              {showHidden(alias)}
              <button
                type="button"
                aria-label={`Remove alias ${showHidden(alias)}`}
                onClick={() => fields.setAliases(given.filter((other) => other !== alias))}
              >
                <Icon icon={X} size={12} />
              </button>
            </span>
          ))}
          <input
            {...control}
            type="text"
            autocomplete="off"
            spellcheck={false}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
            onKeyDown={onKeyDown}
            onBlur={take}
          />
        </div>
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
