// A dialog that does one thing: it waits for it, and says what went wrong.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { IconNode } from "lucide";
import { Task } from "../state/actions.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { RegistryProblem } from "./registry-problem.tsx";

interface TaskDialogProps {
  readonly title: string;
  /** What the button that does it says. */
  readonly action: string;
  readonly icon?: IconNode;
  readonly isDangerous?: boolean;
  /** Nothing stands in its way; `true` if left out. */
  readonly isReady?: boolean;
  /** Does it, and closes the dialog when it is done. */
  readonly run: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function TaskDialog(props: TaskDialogProps): JSX.Element {
  const { title, action, icon, isDangerous = false, isReady = true, run, onClose } = props;
  const [task] = useState(() => new Task());
  const problem = task.problem.value;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => {
        if (isReady) void task.run(run);
      }}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={isDangerous ? "danger" : "primary"}
            type="submit"
            busy={task.isBusy.value}
            disabled={!isReady}
            {...(icon !== undefined && { icon })}
          >
            {action}
          </Button>
        </>
      }
    >
      {problem !== null && <RegistryProblem problem={problem} />}
      {props.children}
    </Dialog>
  );
}
