// Tags as pills, typed one after another.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { X } from "lucide";
import { describeError, showHidden } from "../../core/errors.ts";
import { checkTag } from "../../core/tags.ts";
import { Field } from "./field.tsx";
import { Icon } from "./icon.tsx";
import "./chip.css";
import "./tag-field.css";

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
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Backspace" && typed.value === "") onChange(tags.slice(0, -1));
    // Enter in an empty field saves the form around it.
    if (event.key !== "," && !(event.key === "Enter" && typed.value !== "")) return;
    event.preventDefault();
    take();
  };
  return (
    <Field
      label={label}
      problem={problem === null ? undefined : describeError(problem)}
      hint="Enter or a comma ends a tag. Tags never name a version; aliases do."
    >
      {(control) => (
        <div class="tag-field input">
          {tags.map((tag) => (
            <span key={tag} class="chip">
              {showHidden(tag)}
              <button
                type="button"
                aria-label={`Remove tag ${showHidden(tag)}`}
                onClick={() => onChange(tags.filter((other) => other !== tag))}
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
}
