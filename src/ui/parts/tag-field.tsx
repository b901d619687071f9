// Tags as pills, typed one after another.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { describeError } from "../../core/errors.ts";
import { checkTag } from "../../core/tags.ts";
import { Field } from "./field.tsx";
import { PillInput } from "./pill-field.tsx";

interface TagFieldProps {
  readonly label: string;
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}

export function TagField({ label, tags, onChange }: TagFieldProps): JSX.Element {
  const typed = useSignal("");
  const text = typed.value.trim();
  const problem = text === "" ? null : checkTag(text);
  /** Takes what is typed, unless it is no tag: then it stays, with its problem beside it. */
  const take = (): void => {
    if (text === "" || problem !== null) return;
    if (!tags.includes(text)) onChange([...tags, text]);
    typed.value = "";
  };
  // Enter in an empty field saves the form around it.
  const isEnd = ({ key }: KeyboardEvent): boolean =>
    key === "," || (key === "Enter" && typed.value !== "");
  return (
    <Field
      label={label}
      problem={problem === null ? undefined : describeError(problem)}
      hint="Enter or a comma ends a tag. Tags never name a version; aliases do."
    >
      {(control) => (
        <PillInput
          control={control}
          kind="tag"
          pills={tags}
          typed={typed.value}
          onType={(given) => (typed.value = given)}
          onTake={take}
          onChange={onChange}
          isEnd={isEnd}
        />
      )}
    </Field>
  );
}
