// What of a project never leaves this browser.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { showHidden } from "../../../../core/errors.ts";
import type { ArtifactName } from "../../../../core/names.ts";
import type { RemoteProjectView } from "../../../../protocol/sync-api.ts";
import { TaskDialog } from "../../../parts/task-dialog.tsx";
import type { AppState } from "../../../state/app-state.ts";
import { neverOf } from "../../../state/sync-scope.ts";
import { NeverField } from "../../../syncing/never-field.tsx";

interface NeverDialogProps {
  readonly app: AppState;
  readonly project: RemoteProjectView;
  readonly save: (never: readonly ArtifactName[]) => Promise<void>;
  readonly onClose: () => void;
}

export function NeverDialog({ app, project, save, onClose }: NeverDialogProps): JSX.Element {
  const never = useSignal<ReadonlySet<string>>(new Set(project.never));
  return (
    <TaskDialog
      title={`What of ${showHidden(project.name)} never leaves`}
      action="Save"
      run={async () => {
        await save(neverOf(never.value));
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        Of these artifacts nothing is sent, not even their names. What of them is there already
        stays there.
      </p>
      <NeverField
        app={app}
        project={project.name}
        also={project.artifacts}
        never={never.value}
        onChange={(now) => (never.value = now)}
      />
    </TaskDialog>
  );
}
