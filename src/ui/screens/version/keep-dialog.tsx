// An artifact's keep rule: which versions go by themselves, tried out while it is typed [D4].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { describeError, showHidden } from "../../../core/errors.ts";
import { checkKeepRule, type KeepRule } from "../../../core/keep.ts";
import type { ArtifactRecord } from "../../../core/records.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Field } from "../../parts/field.tsx";
import { formatCount } from "../../parts/format.ts";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { Loader } from "../../state/resource.ts";
import { restoreEntry } from "../../state/restore-entry.ts";
import type { KeepPlan } from "../../../core/keep.ts";
import { KeepPreview } from "./keep-preview.tsx";
import { describeRule, ruleOf } from "./keep-text.ts";
import "./keep-dialog.css";

/** How long after the last letter the rule is tried out. */
const TRY_MS = 150;

interface KeepDialogProps {
  readonly app: AppState;
  readonly artifact: ArtifactRecord;
  readonly onClose: () => void;
}

export function KeepDialog({ app, artifact, onClose }: KeepDialogProps): JSX.Element {
  const { store } = app.cairn;
  const { project, name } = artifact;
  // As the person saw it: others may change it meanwhile.
  const [keep] = useState(artifact.keep);
  const lastN = useSignal(keep?.lastN?.toString() ?? "");
  const olderThanDays = useSignal(keep?.olderThanDays?.toString() ?? "");
  const [task] = useState(() => new Task());
  const [plan] = useState(() => new Loader<KeepPlan>());
  const rule = ruleOf(lastN.value, olderThanDays.value);
  const isBlank = rule.lastN === null && rule.olderThanDays === null;
  const problem = isBlank ? null : checkKeepRule(rule);
  const isReady = !isBlank && problem === null;
  const { lastN: newest, olderThanDays: age } = rule;
  useEffect(() => {
    if (!isReady) return undefined;
    const tried = { lastN: newest, olderThanDays: age };
    const tryOut = (): void => void plan.load(() => store.planKeep(project, name, tried));
    const timer = setTimeout(tryOut, TRY_MS);
    return () => clearTimeout(timer);
  }, [store, project, name, plan, isReady, newest, age]);
  const save = async (next: KeepRule | null): Promise<void> => {
    const deleted = await store.setKeep(project, name, next, keep);
    onClose();
    const said =
      next === null
        ? `${showHidden(name)} has no keep rule any more.`
        : deleted === null
          ? "The keep rule is set. Nothing goes for now."
          : `The keep rule is set. ${formatCount(deleted.versions, "version")} went to the trash.`;
    app.undo.offer(said, async () => {
      // The rule first: it would take what comes back.
      await store.setKeep(project, name, keep, next);
      const before = keep === null ? "The keep rule is gone." : "The former keep rule is back.";
      return deleted === null ? before : `${before} ${await restoreEntry(store, deleted.trash)}`;
    });
  };
  const failure = task.problem.value;
  return (
    <Dialog
      title={`Keep rule of ${showHidden(name)}`}
      onClose={onClose}
      onSubmit={() => {
        if (isReady) void task.run(() => save(rule));
      }}
      buttons={
        <>
          {keep !== null && (
            <span class="is-aside">
              <Button busy={task.isBusy.value} onClick={() => void task.run(() => save(null))}>
                Remove rule
              </Button>
            </span>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={task.isBusy.value} disabled={!isReady}>
            Save and apply
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNote problem={failure} />}
      <p>
        {keep === null ? "Now every version is kept." : `Now: ${describeRule(keep)}.`}{" "}
        <span class="muted">
          What a rule takes goes to the trash. It never takes the latest version, nor one with an
          alias, a tag, a link or a pin.
        </span>
      </p>
      <div class="keep-fields">
        <Field label="Keep the newest" hint="versions" optional>
          {(control) => (
            <input
              {...control}
              class="input"
              inputMode="numeric"
              autocomplete="off"
              value={lastN.value}
              onInput={({ currentTarget }) => (lastN.value = currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Take others older than" hint="days; blank for any age" optional>
          {(control) => (
            <input
              {...control}
              class="input"
              inputMode="numeric"
              autocomplete="off"
              value={olderThanDays.value}
              onInput={({ currentTarget }) => (olderThanDays.value = currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <div class="keep-preview" role="status">
        {isBlank && <p class="muted">Fill in a number to see what the rule would take.</p>}
        {problem !== null && <p class="is-problem">{describeError(problem)}</p>}
        {isReady && <KeepPreview plan={plan.state.value} total={artifact.versionCount} />}
      </div>
    </Dialog>
  );
}
