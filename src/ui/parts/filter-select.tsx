// One of many values of a column, from a list that unfolds.
import type { JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import "./input.css";

/** More than a person reads through: the search finds the others. */
const MOST_VALUES = 200;

interface FilterSelectProps {
  /** What is chosen, such as `alias`. */
  readonly what: string;
  /** Value → rows. */
  readonly counts: ReadonlyMap<string, number>;
  /** `""` for any. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function FilterSelect({
  what,
  counts,
  value,
  onChange,
}: FilterSelectProps): JSX.Element | null {
  if (counts.size === 0 && value === "") return null;
  const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, MOST_VALUES);
  const known = new Map(most.toSorted(([a], [b]) => a.localeCompare(b)));
  if (value !== "" && !known.has(value)) known.set(value, counts.get(value) ?? 0);
  const options = Array.from(
    known,
    ([name, count]) => [name, `${name} (${count.toLocaleString("en")})`] as const,
  );
  return <OptionSelect what={what} options={options} value={value} onChange={onChange} />;
}

/** A value, and the text that stands for it. */
export type FilterOption = readonly [value: string, text: string];

interface OptionSelectProps {
  /** What is chosen, such as `act`. */
  readonly what: string;
  readonly options: readonly FilterOption[];
  /** `""` for any. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of the options given, or any. */
export function OptionSelect({ what, options, value, onChange }: OptionSelectProps): JSX.Element {
  return (
    <select
      class={`input filter-select${value === "" ? "" : " is-set"}`}
      aria-label={`Filter by ${what}`}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      <option value="">Any {what}</option>
      {options.map(([id, text]) => (
        <option key={id} value={id}>
          {showHidden(text)}
        </option>
      ))}
    </select>
  );
}
