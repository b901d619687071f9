// A labelled field with its hint and its problem, tied together for screen readers.
import { useId } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { TriangleAlert } from "lucide";
import { Icon } from "./icon.tsx";
import "./field.css";
import "./input.css";

/** What an input needs to belong to its field. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What is wrong; shown in place of the hint. */
  readonly problem?: ComponentChildren;
  /** Something to know that stops nothing. */
  readonly warning?: ComponentChildren;
  readonly optional?: boolean;
  /** Renders the input, `<input class="input" {...control} />`. */
  readonly children: (control: FieldControl) => ComponentChildren;
}

export function Field({
  label,
  hint,
  problem,
  warning,
  optional = false,
  children,
}: FieldProps): JSX.Element {
  const id = useId();
  const hasProblem = isShown(problem);
  const note = hasProblem ? problem : isShown(warning) ? warning : hint;
  const described = isShown(note) ? { "aria-describedby": `${id}-note` } : {};
  const invalid = hasProblem ? { "aria-invalid": true as const } : {};
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="field-optional"> optional</span>}
      </label>
      {children({ id, ...described, ...invalid })}
      {isShown(note) && (
        <p
          id={`${id}-note`}
          class={`field-note${hasProblem ? " is-problem" : isShown(warning) ? " is-warning" : ""}`}
        >
          {(hasProblem || isShown(warning)) && <Icon icon={TriangleAlert} size={14} />}
          <span>{note}</span>
        </p>
      )}
    </div>
  );
}

function isShown(content: ComponentChildren): boolean {
  return content !== undefined && content !== null && content !== false && content !== "";
}
