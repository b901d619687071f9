// The order of a list where its columns have no heads: on narrow screens.
import type { JSX } from "preact";
import { formatSort, type Sort } from "../state/list-order.ts";
import "../parts/input.css";

interface SortSelectProps<Column extends string> {
  readonly columns: readonly (readonly [Column, string])[];
  readonly sort: Sort<Column>;
  readonly onChange: (sort: string) => void;
}

export function SortSelect<Column extends string>({
  columns,
  sort,
  onChange,
}: SortSelectProps<Column>): JSX.Element {
  return (
    <select
      class="input filter-select sort-select"
      aria-label="Sort by"
      value={formatSort(sort)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {columns.flatMap(([column, text]) =>
        [false, true].map((isDown) => (
          <option key={`${column}${String(isDown)}`} value={formatSort({ column, isDown })}>
            {text} {isDown ? "↓" : "↑"}
          </option>
        )),
      )}
    </select>
  );
}
