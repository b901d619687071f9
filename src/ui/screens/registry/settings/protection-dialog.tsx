// A protected alias, or the condition of one: checked with every letter, with what it would cover.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { describeError, problemOf, showHidden, type Problem } from "../../../../core/errors.ts";
import { formatCondition, parseCondition } from "../../../../core/registry/condition.ts";
import { checkPattern, parsePattern, matchesPattern } from "../../../../core/registry/names.ts";
import type { Protection } from "../../../../core/registry/state.ts";
import type { RegistryDetail } from "../../../../protocol/registry-link-api.ts";
import { Field } from "../../../parts/field.tsx";
import { formatCount } from "../../../parts/format.ts";
import { TaskDialog } from "../../../parts/task-dialog.tsx";
import { TextInput } from "../../../parts/text-input.tsx";
import type { AppState } from "../../../state/app-state.ts";
import "../../../parts/offer.css";

const EXAMPLES = ["metadata.accuracy >= 0.9", "metadata.eval_set", "tag: audited"] as const;

interface ProtectionDialogProps {
  readonly app: AppState;
  readonly registry: RegistryDetail;
  /** The one whose condition is edited; `null` for a new one. */
  readonly entry: Protection | null;
  readonly onClose: () => void;
}

export function ProtectionDialog(props: ProtectionDialogProps): JSX.Element {
  const { app, registry, onClose } = props;
  // As the person saw it: others may change it meanwhile.
  const [entry] = useState(props.entry);
  const pattern = useSignal<string>(entry?.pattern ?? "");
  const condition = useSignal(formatCondition(entry?.condition ?? null));
  const text = pattern.value.trim();
  const patternProblem = text === "" ? null : patternProblemOf(text, registry, entry);
  const conditionProblem = conditionProblemOf(condition.value);
  const isReady = text !== "" && patternProblem === null && conditionProblem === null;
  const save = async (): Promise<void> => {
    await saveProtection(app, registry.name, entry, text, condition.value);
    onClose();
  };
  return (
    <TaskDialog
      title={entry === null ? "Add a protected alias" : `Condition of ${showHidden(entry.pattern)}`}
      action={entry === null ? "Protect" : "Save"}
      isReady={isReady}
      run={save}
      onClose={onClose}
    >
      {entry === null && (
        <Field
          label="Name or pattern"
          hint={hintOf(text, registry)}
          problem={patternProblem === null ? undefined : describeError(patternProblem)}
        >
          {(control) => (
            <TextInput
              control={control}
              isExact
              placeholder="production, prod-*"
              value={pattern.value}
              onInput={(typed) => (pattern.value = typed)}
            />
          )}
        </Field>
      )}
      <Field
        label="Condition"
        optional
        hint="A line each: a value in the metadata, a number it must reach, a tag. All must hold before a version gets the alias."
        problem={conditionProblem === null ? undefined : describeError(conditionProblem)}
      >
        {(control) => (
          <textarea
            {...control}
            class="input is-code"
            rows={4}
            spellcheck={false}
            value={condition.value}
            onInput={({ currentTarget }) => (condition.value = currentTarget.value)}
          />
        )}
      </Field>
      <div class="chips" role="group" aria-label="Examples">
        {EXAMPLES.map((line) => (
          <button
            key={line}
            type="button"
            class="offer"
            onClick={() => (condition.value = withLine(condition.value, line))}
          >
            <code>{line}</code>
          </button>
        ))}
      </div>
    </TaskDialog>
  );
}

function patternProblemOf(
  text: string,
  { protectionList }: RegistryDetail,
  entry: Protection | null,
): Problem | null {
  if (entry === null && protectionList.some(({ pattern }) => pattern === text))
    return { code: "already_exists", data: { what: "protected alias", name: text } };
  return checkPattern(text);
}

function conditionProblemOf(text: string): Problem | null {
  try {
    parseCondition(text);
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

/** What a pattern would cover of what is there. */
function hintOf(text: string, { collectionList }: RegistryDetail): string {
  if (text === "" || checkPattern(text) !== null)
    return "“*” stands for any text, “?” for one character. latest and v0, v1, … need no protection.";
  const pattern = parsePattern(text);
  const held = collectionList.flatMap(({ aliases }) =>
    aliases.filter(({ alias }) => matchesPattern(pattern, alias)),
  );
  return held.length === 0
    ? "No version holds such an alias now."
    : `Covers ${formatCount(held.length, "alias", "aliases")} that ${held.length === 1 ? "is" : "are"} set already.`;
}

function withLine(text: string, line: string): string {
  const lines = text.split("\n").filter((other) => other.trim() !== "");
  return lines.includes(line) ? text : [...lines, line].join("\n");
}

async function saveProtection(
  app: AppState,
  registry: string,
  entry: Protection | null,
  pattern: string,
  condition: string,
): Promise<void> {
  const { store } = app.cairn;
  const name = showHidden(pattern);
  if (entry === null) {
    await store.addProtection(registry, pattern, condition);
    app.undo.offer(`“${name}” is protected from now on.`, async () => {
      await store.removeProtection(registry, pattern);
      return `“${name}” is protected no more.`;
    });
    return;
  }
  const former = formatCondition(entry.condition);
  await store.changeProtection(registry, pattern, condition);
  app.undo.offer(`The condition of “${name}” is saved.`, async () => {
    await store.changeProtection(registry, pattern, former);
    return `“${name}” has its former condition again.`;
  });
}
