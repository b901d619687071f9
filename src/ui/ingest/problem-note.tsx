// A field's problem beside the field.
import type { ComponentChildren } from "preact";
import { describeError, type Problem } from "../../core/errors.ts";
import type { TextField } from "./draft-fields.ts";
import type { DraftState } from "./draft-state.ts";

/** A problem in words, with the spelling that would do as a button. A blank field nobody touched is no problem yet. */
export function problemNote(
  draft: DraftState,
  field: TextField,
  problem: Problem | undefined,
): ComponentChildren {
  if (problem === undefined) return undefined;
  if (field.value.value === "" && !field.isTyped.value && !draft.showsAllProblems.value)
    return undefined;
  const suggestion =
    problem.code === "invalid_name" || problem.code === "alias_reserved"
      ? problem.data.suggestion
      : problem.code === "type_mismatch"
        ? problem.data.existing
        : null;
  return (
    <>
      {fieldText(problem)}{" "}
      {suggestion !== null && (
        <button type="button" class="link-button" onClick={() => field.type(suggestion)}>
          Use “{suggestion}”
        </button>
      )}
    </>
  );
}

/** Beside its field a problem needs neither the field's content nor the suggestion repeated. */
export function fieldText(problem: Problem): string {
  if (problem.code === "invalid_name") {
    const { reason } = problem.data;
    return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
  }
  return problem.code === "alias_reserved"
    ? "Cairn manages this alias itself."
    : describeError(problem);
}
