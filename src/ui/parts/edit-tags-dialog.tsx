// Tags in a dialog: of an artifact, of a collection, of a link's source.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { TagField } from "./tag-field.tsx";
import { TaskDialog } from "./task-dialog.tsx";

interface EditTagsDialogProps {
  readonly title: string;
  readonly label: string;
  readonly tags: readonly string[];
  readonly onClose: () => void;
  /** Saves in place of what the person saw. */
  readonly onSave: (tags: readonly string[], former: readonly string[]) => Promise<void>;
  /** What to know before saving. */
  readonly children?: ComponentChildren;
}

export function EditTagsDialog(props: EditTagsDialogProps): JSX.Element {
  const { title, label, onClose, onSave, children } = props;
  // As the person saw them: others may change them meanwhile.
  const [former] = useState(props.tags);
  const tags = useSignal(former);
  return (
    <TaskDialog
      title={title}
      action="Save"
      run={async () => {
        await onSave(tags.value, former);
        onClose();
      }}
      onClose={onClose}
    >
      <TagField label={label} tags={tags.value} onChange={(next) => (tags.value = next)} />
      {children}
    </TaskDialog>
  );
}
