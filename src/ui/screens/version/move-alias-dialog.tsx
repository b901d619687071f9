// Moves an alias to a version chosen from all of the artifact.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { showHidden } from "../../../core/errors.ts";
import type { Alias } from "../../../core/names.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { formatAgo } from "../../parts/format.ts";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { putAlias } from "./alias-actions.ts";

interface MoveAliasDialogProps {
  readonly app: AppState;
  /** Holds the alias now. */
  readonly version: VersionRef;
  readonly alias: Alias;
  readonly versions: readonly VersionSummary[];
  readonly onClose: () => void;
}

export function MoveAliasDialog(props: MoveAliasDialogProps): JSX.Element {
  const { app, version, alias, versions, onClose } = props;
  const others = versions.map((summary) => summary.version).filter(isOther);
  const chosen = useSignal(others[0]?.number);
  const [task] = useState(() => new Task());
  const move = async (): Promise<void> => {
    if (chosen.value === undefined) return;
    await putAlias(app, { ...version, number: chosen.value }, alias);
    onClose();
  };
  return (
    <Dialog
      title={`Move ${showHidden(alias)}`}
      onClose={onClose}
      onSubmit={() => void task.run(move)}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            busy={task.isBusy.value}
            disabled={chosen.value === undefined}
          >
            Move
          </Button>
        </>
      }
    >
      {chosen.value === undefined ? (
        <p>There is no other version to move it to.</p>
      ) : (
        <Field label="To" hint={`It is on ${formatVersion(version.number)} now.`}>
          {(control) => (
            <select
              {...control}
              class="input"
              value={chosen.value}
              onChange={({ currentTarget }) => {
                const picked = others[currentTarget.selectedIndex];
                if (picked !== undefined) chosen.value = picked.number;
              }}
            >
              {others.map(({ number, createdAt }) => (
                <option key={number} value={number}>
                  {formatVersion(number)} · {formatAgo(createdAt)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </Dialog>
  );

  function isOther({ number }: { readonly number: number }): boolean {
    return number !== version.number;
  }
}
