// One of a few values of a column, each with how many rows have it.
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import "./choices.css";

interface FilterChoicesProps {
  readonly label: string;
  /** Value → rows; in the order shown. */
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
  /** `""` for all. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** How a value is shown. */
  readonly show: (value: string) => ComponentChildren;
}

export function FilterChoices(props: FilterChoicesProps): JSX.Element {
  const { label, counts, total, value, onChange, show } = props;
  const choices: readonly (readonly [string, number])[] = [["", total], ...counts];
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const pressed = bar.current?.querySelector<HTMLElement>("[aria-pressed=true]");
    // On a narrow screen the bar scrolls by itself; the page must not.
    if (bar.current === null || pressed === null || pressed === undefined) return;
    bar.current.scrollLeft = pressed.offsetLeft - bar.current.clientWidth / 2;
  }, [value]);
  return (
    <div ref={bar} class="choices" role="group" aria-label={label}>
      {choices.map(([choice, count]) => (
        <button
          key={choice}
          type="button"
          aria-pressed={value === choice}
          onClick={() => onChange(choice)}
        >
          {choice === "" ? "All" : show(choice)}{" "}
          <span class="muted">{count.toLocaleString("en")}</span>
        </button>
      ))}
    </div>
  );
}

/** How often each value occurs, by value. */
export function countBy(values: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].toSorted(([a], [b]) => a.localeCompare(b)));
}
