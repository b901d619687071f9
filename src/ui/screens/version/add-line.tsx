// A line of the lineage drawn by hand: a run by its name, or a version by its spec.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { RUN_NAME_MAX_LENGTH } from "../../../core/draft.ts";
import { describeError, problemOf, showHidden } from "../../../core/errors.ts";
import type { VersionRef } from "../../../core/records.ts";
import { parseSpec } from "../../../core/spec.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Field } from "../../parts/field.tsx";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { drawParent, drawRun } from "../../state/line-actions.ts";
import { useResource } from "../../state/use-resource.ts";

/** `output`: a run produced the version; `input`: a run used it; `derived`: it comes from another. */
export type LineKind = "output" | "input" | "derived";

interface AddLineProps {
  readonly app: AppState;
  readonly version: VersionRef;
  readonly kind: LineKind;
  readonly onClose: () => void;
}

export function AddLine({ app, version, kind, onClose }: AddLineProps): JSX.Element {
  const id = useId();
  const typed = useSignal("");
  const [task] = useState(() => new Task());
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const known = useResource(app, `${kind} ${version.project}`, () =>
    namesFor(app, version.project, kind),
  );
  const text = typed.value.trim();
  const problem = text === "" ? null : kind === "derived" ? specProblem(text) : runProblem(text);
  const close = (): void => {
    const section = form.current?.closest("section");
    onClose();
    requestAnimationFrame(() => section?.querySelector<HTMLElement>("header button")?.focus());
  };
  const save = async (): Promise<void> => {
    if (text === "" || problem !== null) return;
    if (kind === "derived") await drawParent(app, version, text);
    else await drawRun(app, version, text, kind);
    close();
  };
  const failure = task.problem.value;
  return (
    <form
      ref={form}
      class="edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        void task.run(save);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      {failure !== null && <ErrorNote problem={failure} />}
      <Field
        label={kind === "derived" ? "Source version" : "Run"}
        hint={
          kind === "derived"
            ? "name:v2, or project/name:prod"
            : `A run of ${showHidden(version.project)}; a new name makes a finished run.`
        }
        problem={problem}
      >
        {(control) => (
          <input
            {...control}
            class="input"
            type="text"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            list={`${id}-known`}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
        )}
      </Field>
      <datalist id={`${id}-known`}>
        {known.phase === "ready" && known.value.map((name) => <option key={name} value={name} />)}
      </datalist>
      <div class="edit-form-buttons">
        <Button
          variant="primary"
          type="submit"
          busy={task.isBusy.value}
          disabled={text === "" || problem !== null}
        >
          Add
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}

async function namesFor(
  app: AppState,
  project: string,
  kind: LineKind,
): Promise<readonly string[]> {
  const { store } = app.cairn;
  if (kind === "derived")
    return (await store.listArtifacts(project)).map(({ artifact }) => artifact.name);
  return (await store.listRuns(project)).map(({ name }) => name);
}

function specProblem(text: string): string | null {
  try {
    parseSpec(text);
    return null;
  } catch (error) {
    return describeError(problemOf(error));
  }
}

function runProblem(text: string): string | null {
  const excess = text.length - RUN_NAME_MAX_LENGTH;
  return excess > 0 ? `It is ${excess.toLocaleString("en")} characters too long.` : null;
}
