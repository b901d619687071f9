// An artifact's own tags, beside those of its versions [T1].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { showHidden } from "../../../core/errors.ts";
import type { ArtifactRecord } from "../../../core/records.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { TagField } from "../../parts/tag-field.tsx";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";

interface TagsDialogProps {
  readonly app: AppState;
  readonly artifact: ArtifactRecord;
  readonly onClose: () => void;
}

export function TagsDialog({ app, artifact, onClose }: TagsDialogProps): JSX.Element {
  const { store } = app.cairn;
  const { project, name } = artifact;
  // As the person saw them: others may change them meanwhile.
  const [former] = useState<readonly string[]>(artifact.tags);
  const tags = useSignal(former);
  const [task] = useState(() => new Task());
  const save = async (): Promise<void> => {
    const saved = tags.value;
    await store.setArtifactTags(project, name, saved, former);
    onClose();
    app.undo.offer(`Tags of ${showHidden(name)} saved.`, async () => {
      await store.setArtifactTags(project, name, former, saved);
      return `${showHidden(name)} has its former tags again.`;
    });
  };
  const problem = task.problem.value;
  return (
    <Dialog
      title={`Tags of ${showHidden(name)}`}
      onClose={onClose}
      onSubmit={() => void task.run(save)}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={task.isBusy.value}>
            Save
          </Button>
        </>
      }
    >
      {problem !== null && <ErrorNote problem={problem} />}
      <TagField
        label="Tags of the whole artifact"
        tags={tags.value}
        onChange={(next) => (tags.value = next)}
      />
    </Dialog>
  );
}
