// A line of the lineage drawn by hand: a run by its name, or a version by its spec.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { RUN_NAME_MAX_LENGTH } from "../../../core/draft.ts";
import { describeError, problemOf, showHidden } from "../../../core/errors.ts";
import type { VersionRef } from "../../../core/records.ts";
import { parseSpec } from "../../../core/spec.ts";
import { EditForm } from "../../parts/edit-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
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
  const typed = useSignal("");
  const known = useResource(app, `${kind} ${version.project}`, () =>
    namesFor(app, version.project, kind),
  );
  const text = typed.value.trim();
  const problem = text === "" ? null : kind === "derived" ? specProblem(text) : runProblem(text);
  const save = async (): Promise<boolean> => {
    if (kind === "derived") await drawParent(app, version, text);
    else await drawRun(app, version, text, kind);
    return true;
  };
  return (
    <EditForm action="Add" isValid={text !== "" && problem === null} save={save} onClose={onClose}>
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
          <TextInput
            control={control}
            isExact
            value={typed.value}
            onInput={(given) => (typed.value = given)}
          >
            {known.phase === "ready" &&
              known.value.map((name) => <option key={name} value={name} />)}
          </TextInput>
        )}
      </Field>
    </EditForm>
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
