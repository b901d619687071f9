// A name typed in a form: checked with every letter, a valid spelling offered [N1 N2].
import type { JSX } from "preact";
import { describeError, showHidden, type NameKind } from "../../core/errors.ts";
import { checkName, findCaseTwin } from "../../core/names.ts";
import { Field } from "./field.tsx";
import { TextInput } from "./text-input.tsx";
import { sentenceOf } from "./text.ts";
import "./button.css";

/** Why a name can't be given, or `null`; a blank one is no problem to be told of yet. */
export type NameProblem = "blank" | "invalid" | "taken" | null;

interface NameFieldProps {
  readonly kind: Exclude<NameKind, "alias">;
  readonly label: string;
  readonly value: string;
  /** Names that are taken. */
  readonly existing: readonly string[];
  readonly onInput: (value: string) => void;
  readonly hint?: string;
}

export function NameField(props: NameFieldProps): JSX.Element {
  const { kind, label, value, existing, onInput, hint } = props;
  const problem = value === "" ? null : checkName(kind, value);
  const twin = findCaseTwin(value, existing);
  return (
    <Field
      label={label}
      hint={hint}
      problem={
        problem !== null ? (
          <>
            {sentenceOf(problem.data.reason)}{" "}
            <button
              type="button"
              class="link-button"
              onClick={() => onInput(problem.data.suggestion)}
            >
              Use “{problem.data.suggestion}”
            </button>
          </>
        ) : existing.includes(value) ? (
          describeError({ code: "already_exists", data: { what: kind, name: value } })
        ) : undefined
      }
      warning={
        twin !== undefined &&
        `“${showHidden(twin)}” differs only in letter case. Both can be, but are easily mixed up.`
      }
    >
      {(control) => <TextInput control={control} isExact value={value} onInput={onInput} />}
    </Field>
  );
}

/** What stands between a name and its being given. */
export function nameProblem(
  kind: Exclude<NameKind, "alias">,
  name: string,
  existing: readonly string[],
): NameProblem {
  if (name === "") return "blank";
  if (checkName(kind, name) !== null) return "invalid";
  return existing.includes(name) ? "taken" : null;
}
