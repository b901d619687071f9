// A search field.
import type { JSX } from "preact";
import { Search } from "lucide";
import { Icon } from "./icon.tsx";
import "./input.css";

interface SearchInputProps {
  /** Names the field, and stands in it while it is empty. */
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

export function SearchInput({ label, value, onInput }: SearchInputProps): JSX.Element {
  return (
    <div class="search-input">
      <Icon icon={Search} />
      <input
        class="input"
        type="search"
        placeholder={label}
        aria-label={label}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </div>
  );
}
