// Shows what a delete touches before it is done, and does it once every alias that goes was confirmed by name [D2 A6].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Trash2 } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { DeleteImpact, DeleteTarget } from "../../../protocol/trash-api.ts";
import { formatVersion } from "../../../core/version.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatCount } from "../../parts/format.ts";
import { Loading } from "../../parts/loading.tsx";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { restoreEntry } from "../../state/restore-entry.ts";
import { useResource } from "../../state/use-resource.ts";
import { ConfirmAliases } from "./confirm-aliases.tsx";
import { Impact } from "./impact.tsx";
import "./delete-dialog.css";

export interface DeleteDialogProps {
  readonly app: AppState;
  readonly target: DeleteTarget;
  /** The hash of a page that is still there afterwards. */
  readonly next: string;
  readonly onClose: () => void;
}

export function DeleteDialog({ app, target, next, onClose }: DeleteDialogProps): JSX.Element {
  const { store } = app.cairn;
  const loaded = useResource(app, JSON.stringify(target), () => store.planDelete(target));
  const confirmed = useSignal<readonly string[]>([]);
  const [task] = useState(() => new Task());
  const label = labelOf(target);
  const impact = loaded.phase === "ready" ? loaded.value : null;
  const isConfirmed =
    impact !== null &&
    impact.aliases.every((held) => confirmed.value.includes(aliasKey(target, held)));
  const start = async (): Promise<void> => {
    if (!isConfirmed) return;
    const back = location.hash;
    const { trash, versions } = await store.deleteVersions(target, confirmed.value);
    onClose();
    location.hash = next;
    app.undo.offer(`${label} is in the trash, ${formatCount(versions, "version")}.`, async () => {
      const said = await restoreEntry(store, trash);
      // Unless the person went elsewhere since.
      if (location.hash === next) location.hash = back;
      return said;
    });
  };
  const problem = task.problem.value;
  return (
    <Dialog
      title={`Delete ${label}?`}
      onClose={onClose}
      onSubmit={() => void task.run(start)}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            type="submit"
            icon={Trash2}
            busy={task.isBusy.value}
            disabled={!isConfirmed}
          >
            Delete
          </Button>
        </>
      }
    >
      {problem !== null && <ErrorNote problem={problem} />}
      {loaded.phase === "failed" && <ErrorNote problem={loaded.problem} />}
      {loaded.phase === "loading" && <Loading what="what it touches" />}
      {impact !== null && (
        <>
          <Impact impact={impact} isProject={target.kind === "project"} />
          {impact.aliases.length > 0 && (
            <ConfirmAliases
              aliases={impact.aliases.map((held) => ({
                key: aliasKey(target, held),
                version: formatVersion(held.number),
              }))}
              confirmed={confirmed.value}
              onChange={(keys) => (confirmed.value = keys)}
            />
          )}
        </>
      )}
    </Dialog>
  );
}

/** As the service wants it confirmed: in a project the same alias may stand on several artifacts. */
function aliasKey(target: DeleteTarget, { name, alias }: DeleteImpact["aliases"][number]): string {
  return target.kind === "project" ? `${name}:${alias}` : alias;
}

function labelOf(target: DeleteTarget): string {
  switch (target.kind) {
    case "project":
      return showHidden(target.project);
    case "artifact":
      return showHidden(target.name);
    case "versions":
      return `${showHidden(target.name)}:${target.numbers.map(formatVersion).join(", ")}`;
  }
}
