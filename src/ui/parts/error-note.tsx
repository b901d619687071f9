// Says a problem where it happened: the thing, what is wrong, the way out.
import type { ComponentChildren, JSX } from "preact";
import { CircleAlert } from "lucide";
import { describeError, type Problem } from "../../core/errors.ts";
import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icon.tsx";
import "./error-note.css";

interface ErrorNoteProps {
  readonly problem: Problem;
  /** Buttons that offer the way out. */
  readonly children?: ComponentChildren;
}

export function ErrorNote({ problem, children }: ErrorNoteProps): JSX.Element {
  return (
    <div class="error-note" role="alert">
      <Icon icon={CircleAlert} />
      <div class="error-note-body">
        <p>{describeError(problem)}</p>
        {(children !== undefined || problem.code === "internal") && (
          <div class="error-note-actions">
            {children}
            {problem.code === "internal" && (
              <CopyButton text={JSON.stringify({ ...problem, agent: navigator.userAgent })}>
                Copy report
              </CopyButton>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
