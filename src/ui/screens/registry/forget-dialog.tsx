// Takes a registry out of this browser. Its log stays with everybody else.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { showHidden } from "../../../core/errors.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { RegistryProblem } from "../../parts/registry-problem.tsx";
import { formatRoute } from "../../router.ts";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { saveLog } from "./save-log.ts";

interface ForgetDialogProps {
  readonly app: AppState;
  readonly registry: string;
  readonly onClose: () => void;
}

export function ForgetDialog({ app, registry, onClose }: ForgetDialogProps): JSX.Element {
  const [task] = useState(() => new Task());
  const [saving] = useState(() => new Task());
  const forget = async (): Promise<void> => {
    await app.cairn.store.forgetRegistry(registry);
    onClose();
    app.toasts.show({ kind: "success", text: `“${showHidden(registry)}” is forgotten here.` });
    location.hash = formatRoute({ kind: "registries", query: "" });
  };
  const problem = task.problem.value ?? saving.problem.value;
  return (
    <Dialog
      title={`Forget ${showHidden(registry)} here`}
      onClose={onClose}
      onSubmit={() => void task.run(forget)}
      buttons={
        <>
          <span class="is-aside">
            <Button
              busy={saving.isBusy.value}
              onClick={() => void saving.run(() => saveLog(app, registry))}
            >
              Export it first
            </Button>
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" type="submit" busy={task.isBusy.value}>
            Forget here
          </Button>
        </>
      }
    >
      {problem !== null && <RegistryProblem problem={problem} />}
      <p>
        Its log leaves this browser, and with it its collections, links and aliases. The versions
        they point to stay. This can't be undone here: to have it again, bring in its file.
      </p>
      <p class="muted">
        Nobody else notices: those who have its log keep it. If nobody else does, export it first.
      </p>
    </Dialog>
  );
}
