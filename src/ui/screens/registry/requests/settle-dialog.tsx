// Declines or withdraws a request, with a word why.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { showHidden } from "../../../../core/errors.ts";
import type { RequestUid } from "../../../../core/registry/records.ts";
import { formatVersion } from "../../../../core/version.ts";
import type { RequestView } from "../../../../protocol/registry-link-api.ts";
import { Field } from "../../../parts/field.tsx";
import { TaskDialog } from "../../../parts/task-dialog.tsx";
import type { AppState } from "../../../state/app-state.ts";

interface SettleDialogProps {
  readonly app: AppState;
  readonly registry: string;
  readonly view: RequestView;
  /** Its id in the log, or the file it came as. */
  readonly request: RequestUid | { readonly file: string };
  readonly outcome: "declined" | "withdrawn";
  readonly onClose: () => void;
}

export function SettleDialog(props: SettleDialogProps): JSX.Element {
  const { app, registry, view, request, outcome, onClose } = props;
  const note = useSignal("");
  const verb = outcome === "declined" ? "Decline" : "Withdraw";
  const settle = async (): Promise<void> => {
    await app.cairn.store.settleRequest(registry, request, outcome, note.value);
    onClose();
    app.toasts.show({
      kind: "success",
      text: `The request for ${showHidden(view.alias)} on ${formatVersion(view.number)} is ${outcome}.`,
    });
  };
  return (
    <TaskDialog
      title={`${verb} the request for ${showHidden(view.alias)}`}
      action={verb}
      run={settle}
      onClose={onClose}
    >
      <p>A settled request stays in the log as it is. The same can be asked for again.</p>
      <Field label="Why" hint="Everybody in the registry can read it." optional>
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={3}
            value={note.value}
            onInput={({ currentTarget }) => (note.value = currentTarget.value)}
          />
        )}
      </Field>
    </TaskDialog>
  );
}
