// Whether anything of an artifact may leave this browser [S1].
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { ArtifactRecord } from "../../../core/records.ts";
import type { ConnectedRemote } from "../../../protocol/remote-api.ts";
import { TaskDialog } from "../../parts/task-dialog.tsx";
import type { AppState } from "../../state/app-state.ts";
import { changeScope } from "../../state/sync-actions.ts";
import { choiceOf, firstChoice, neverOf, withChoice } from "../../state/sync-scope.ts";
import { isNeverSent, scopeOf } from "../../state/synced-state.ts";

interface NeverSentDialogProps {
  readonly app: AppState;
  readonly remote: ConnectedRemote;
  readonly artifact: ArtifactRecord;
  readonly onClose: () => void;
}

export function NeverSentDialog(props: NeverSentDialogProps): JSX.Element {
  const { app, remote, artifact, onClose } = props;
  const { project, name } = artifact;
  const isNever = isNeverSent(remote, project, name);
  const [shown, label] = [showHidden(name), showHidden(remote.label)];
  const save = async (): Promise<void> => {
    const former = scopeOf(remote);
    const choice = choiceOf(former, project) ?? firstChoice(project);
    const never = isNever
      ? choice.never.filter((other) => other !== name)
      : neverOf([...choice.never, name]);
    const next = withChoice(former, project, { ...choice, never });
    const said = isNever
      ? `“${shown}” goes to ${label} again with the next sync.`
      : `Nothing of “${shown}” leaves this browser from now on.`;
    if (await changeScope(app, remote.uid, former, next, said)) onClose();
  };
  return (
    <TaskDialog
      title={isNever ? `Let ${shown} sync again` : `Never upload ${shown}`}
      action={isNever ? "Let it sync" : "Never upload"}
      run={save}
      onClose={onClose}
    >
      {isNever ? (
        <p>
          Its versions, aliases and lineage go to {label} with the next sync. Versions logged
          meanwhile may get other numbers there, if another device took theirs.
        </p>
      ) : (
        <>
          <p>
            From now on nothing of “{shown}” is sent to {label}: no bytes, no aliases, not even its
            name. Nothing of it comes from there, either.
          </p>
          <p>
            What is there already stays there, and other devices keep it. To take that away, first
            delete those versions, empty the trash and sync.
          </p>
        </>
      )}
    </TaskDialog>
  );
}
