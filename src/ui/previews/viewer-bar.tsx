// The line above a view: what it shows, and what can be done with it.
import type { ComponentChildren, JSX } from "preact";
import { describeError, problemOf } from "../../core/errors.ts";
import { Button } from "../parts/button.tsx";
import "./viewer.css";

export function ViewerBar({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <div class="viewer-bar">{children}</div>;
}

/** Takes the space between what stands left and right. */
export function BarSpace(): JSX.Element {
  return <span class="viewer-bar-space" />;
}

interface SwitchProps {
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
  readonly children: ComponentChildren;
}

/** A button that stays pressed. */
export function BarSwitch({ isOn, onToggle, children }: SwitchProps): JSX.Element {
  return (
    <button type="button" class="viewer-switch" aria-pressed={isOn} onClick={() => onToggle(!isOn)}>
      {children}
    </button>
  );
}

interface BarProblemProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Says in place that a piece could not be read; what is there stays. */
export function BarProblem({ error, onRetry }: BarProblemProps): JSX.Element {
  return (
    <>
      <span class="viewer-problem" role="alert">
        {describeError(problemOf(error))}
      </span>
      <Button small onClick={onRetry}>
        Try again
      </Button>
    </>
  );
}
