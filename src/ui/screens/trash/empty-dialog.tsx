// The last question before something is gone for good, with the bytes that frees [D3].
import type { JSX } from "preact";
import { Trash2 } from "lucide";
import type { TrashRecord } from "../../../core/records.ts";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatBytes, formatCount } from "../../parts/format.ts";
import { Loading } from "../../parts/loading.tsx";
import { TaskDialog } from "../../parts/task-dialog.tsx";
import type { AppState } from "../../state/app-state.ts";
import { describeFreed } from "../../state/describe-trash.ts";
import { useResource } from "../../state/use-resource.ts";
import { titleOf } from "./trash-text.ts";

interface EmptyDialogProps {
  readonly app: AppState;
  /** `null` for the whole trash. */
  readonly entry: TrashRecord | null;
  readonly onClose: () => void;
}

export function EmptyDialog({ app, entry, onClose }: EmptyDialogProps): JSX.Element {
  const { store } = app.cairn;
  const entries = entry === null ? null : [entry.uid];
  const loaded = useResource(app, entry?.uid ?? "all", () => store.planEmpty(entries));
  const start = async (): Promise<void> => {
    const freed = await store.emptyTrash(entries);
    onClose();
    document.getElementById("main")?.focus({ preventScroll: true });
    app.toasts.show({ kind: "success", text: describeFreed(freed) });
    await app.refreshStorage();
  };
  return (
    <TaskDialog
      title={entry === null ? "Empty the trash?" : `Delete ${titleOf(entry)} for good?`}
      action={entry === null ? "Empty trash" : "Delete for good"}
      icon={Trash2}
      isDangerous
      isReady={loaded.phase === "ready"}
      run={start}
      onClose={onClose}
    >
      {loaded.phase === "loading" && <Loading what="what it frees" />}
      {loaded.phase === "failed" && <ErrorNote problem={loaded.problem} />}
      {loaded.phase === "ready" && (
        <p>
          {formatCount(loaded.value.versions, "version")} can't be restored afterwards. This frees{" "}
          <strong>{formatBytes(loaded.value.freedBytes)}</strong>
          {loaded.value.freedBytes === 0 && ", as other versions have the same files"}.
        </p>
      )}
      <p class="muted">Numbers stay taken, and lineage keeps the names.</p>
    </TaskDialog>
  );
}
