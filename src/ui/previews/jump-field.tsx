// A small field that leads to a place by its number.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import "../parts/input.css";

interface JumpFieldProps {
  readonly label: string;
  /** The place that a text names, or `null` for none. */
  readonly parse: (text: string) => number | null;
  readonly onJump: (place: number) => void;
}

export function JumpField({ label, parse, onJump }: JumpFieldProps): JSX.Element {
  const [text, setText] = useState("");
  const place = parse(text);
  const isWrong = text !== "" && place === null;
  return (
    <input
      class="input viewer-number"
      inputMode="numeric"
      placeholder={`${label}…`}
      aria-label={label}
      value={text}
      {...(isWrong && { "aria-invalid": true })}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || place === null) return;
        event.preventDefault();
        onJump(place);
      }}
    />
  );
}
