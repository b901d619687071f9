// Types as pills, typed one after another or taken from the usual ones [N4].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Plus } from "lucide";
import { describeError } from "../../core/errors.ts";
import { checkName, CONVENTIONAL_TYPES } from "../../core/names.ts";
import { Field } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { PillInput } from "./pill-field.tsx";
import "./offer.css";
import "./type-field.css";

interface TypeFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly types: readonly string[];
  /** Types that stand elsewhere already, and can't be added. */
  readonly given?: readonly string[];
  readonly onChange: (types: readonly string[]) => void;
}

export function TypeField({
  label,
  hint,
  types,
  given = [],
  onChange,
}: TypeFieldProps): JSX.Element {
  const typed = useSignal("");
  const text = typed.value.trim();
  const problem = text === "" ? null : checkName("type", text);
  const add = (type: string): void => {
    if (![...types, ...given].includes(type)) onChange([...types, type]);
  };
  /** Takes what is typed, unless it is no type: then it stays, with its problem beside it. */
  const take = (): void => {
    if (text === "" || problem !== null) return;
    add(text);
    typed.value = "";
  };
  const offered = CONVENTIONAL_TYPES.filter((type) => ![...types, ...given].includes(type));
  return (
    <div class="type-field">
      <Field
        label={label}
        optional
        problem={problem === null ? undefined : describeError(problem)}
        hint={hint}
      >
        {(control) => (
          <PillInput
            control={control}
            kind="type"
            pills={types}
            typed={typed.value}
            onType={(now) => (typed.value = now)}
            onTake={take}
            onChange={onChange}
            isEnd={({ key }) =>
              key === "," || key === " " || (key === "Enter" && typed.value !== "")
            }
          />
        )}
      </Field>
      {offered.length > 0 && (
        <div class="chips" role="group" aria-label="Usual types">
          {offered.map((type) => (
            <button key={type} type="button" class="offer" onClick={() => add(type)}>
              <Icon icon={Plus} size={13} />
              {type}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
