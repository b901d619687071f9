// The head of a column: a press sorts by it, another turns the order round.
import type { JSX } from "preact";
import { ArrowDown, ArrowUp } from "lucide";
import { Icon } from "./icon.tsx";
import "./sort-button.css";

interface SortButtonProps {
  readonly text: string;
  /** `null` when another column decides. */
  readonly direction: "up" | "down" | null;
  readonly onClick: () => void;
}

export function SortButton({ text, direction, onClick }: SortButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`sort-button${direction === null ? "" : " is-set"}`}
      onClick={onClick}
    >
      {text}
      {direction !== null && (
        <Icon
          icon={direction === "up" ? ArrowUp : ArrowDown}
          size={13}
          label={direction === "up" ? "sorted upwards" : "sorted downwards"}
        />
      )}
    </button>
  );
}
