// A checkbox with a third state, for folders of which some files are chosen.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import type { Choice } from "../../state/file-tree-state.ts";

interface CheckboxProps {
  readonly choice: Choice;
  readonly label: string;
  readonly onToggle: () => void;
  /** Inside a list that has the keyboard itself. */
  readonly isInList?: boolean;
}

export function Checkbox({
  choice,
  label,
  onToggle,
  isInList = false,
}: CheckboxProps): JSX.Element {
  const box = useRef<HTMLInputElement>(null);
  // There is no attribute for it.
  useLayoutEffect(() => {
    if (box.current !== null) box.current.indeterminate = choice === "some";
  });
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label={label}
      checked={choice === "all"}
      onChange={onToggle}
      {...(isInList && { tabIndex: -1 })}
    />
  );
}
