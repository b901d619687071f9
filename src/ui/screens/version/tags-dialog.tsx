// An artifact's own tags, beside those of its versions [T1].
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { ArtifactRecord } from "../../../core/records.ts";
import { EditTagsDialog } from "../../parts/edit-tags-dialog.tsx";
import type { AppState } from "../../state/app-state.ts";

interface TagsDialogProps {
  readonly app: AppState;
  readonly artifact: ArtifactRecord;
  readonly onClose: () => void;
}

export function TagsDialog({ app, artifact, onClose }: TagsDialogProps): JSX.Element {
  const { store } = app.cairn;
  const { project, name } = artifact;
  return (
    <EditTagsDialog
      title={`Tags of ${showHidden(name)}`}
      label="Tags of the whole artifact"
      tags={artifact.tags}
      onClose={onClose}
      onSave={async (tags, former) => {
        await store.setArtifactTags(project, name, tags, former);
        app.undo.offer(`Tags of ${showHidden(name)} saved.`, async () => {
          await store.setArtifactTags(project, name, former, tags);
          return `${showHidden(name)} has its former tags again.`;
        });
      }}
    />
  );
}
