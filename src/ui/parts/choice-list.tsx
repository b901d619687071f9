// One of a few choices, each with what it means beside it.
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import "./choice-list.css";

interface ChoiceListProps<Value extends string> {
  readonly label: string;
  readonly options: readonly {
    readonly value: Value;
    readonly text: string;
    readonly meaning: string;
  }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

export function ChoiceList<Value extends string>({
  label,
  options,
  value,
  onChange,
  disabled = false,
}: ChoiceListProps<Value>): JSX.Element {
  const name = useId();
  return (
    <fieldset class="choice-list" disabled={disabled}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <strong>{option.text}</strong> <span class="muted">{option.meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
