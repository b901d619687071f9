// How far something is.
import type { JSX } from "preact";
import "./progress-bar.css";

interface ProgressBarProps {
  /** From 0 to 1; `null` while it can't be known. */
  readonly value: number | null;
  readonly label: string;
}

export function ProgressBar({ value, label }: ProgressBarProps): JSX.Element {
  const known = value === null ? {} : { "aria-valuenow": Math.round(value * 100) };
  return (
    <div
      class={`progress-bar${value === null ? " is-unknown" : ""}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...known}
    >
      <div style={{ transform: `scaleX(${value ?? 0.3})` }} />
    </div>
  );
}
