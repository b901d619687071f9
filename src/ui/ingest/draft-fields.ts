// The fields of a draft: typed by the person, or proposed until they are.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { checkDraft, type DraftInput, type DraftProblems } from "../../core/draft.ts";
import {
  CONVENTIONAL_TYPES,
  DEFAULT_TYPE,
  findCaseTwin,
  stemOf,
  suggestName,
} from "../../core/names.ts";
import type { PickedTop } from "../../client/pick/found.ts";
import type { Catalog, KnownArtifact } from "./catalog.ts";

/** A text that is proposed until the person types their own. */
export interface TextField {
  readonly value: ReadonlySignal<string>;
  readonly isTyped: ReadonlySignal<boolean>;
  /** `null` goes back to the proposal. */
  readonly type: (text: string | null) => void;
}

export interface DraftFields {
  readonly project: TextField;
  readonly name: TextField;
  readonly type: TextField;
  readonly description: TextField;
  readonly metadata: TextField;
  readonly run: TextField;
  readonly aliases: ReadonlySignal<readonly string[]>;
  readonly setAliases: (aliases: readonly string[]) => void;
  /** The artifact that has this name already. */
  readonly existing: ReadonlySignal<KnownArtifact | null>;
  readonly input: ReadonlySignal<DraftInput>;
  readonly problems: ReadonlySignal<DraftProblems>;
  /** An existing name that differs from the typed one only in letter case [N2]. */
  readonly nameTwin: ReadonlySignal<string | null>;
  readonly projectTwin: ReadonlySignal<string | null>;
  /** Types to offer: the conventional ones and those in use in the project. */
  readonly knownTypes: ReadonlySignal<readonly string[]>;
  readonly knownNames: ReadonlySignal<readonly string[]>;
  readonly knownProjects: ReadonlySignal<readonly string[]>;
}

/** Makes the fields of a draft whose things dropped so far are `tops`. */
export function createDraftFields(
  catalog: Catalog,
  currentProject: string | null,
  tops: ReadonlySignal<readonly PickedTop[]>,
): DraftFields {
  const project = textField(
    computed(() => currentProject ?? catalog.lastUsedProject ?? "my-project"),
  );
  const knownProjects = computed(() =>
    catalog.projects.value.map((record) => record.name as string),
  );
  const artifacts = computed(() =>
    knownProjects.value.includes(project.value.value)
      ? catalog.artifactsOf(project.value.value).value
      : [],
  );
  const name = textField(computed(() => proposeName(tops.value)));
  const knownNames = computed(() => artifacts.value.map((artifact) => artifact.name));
  const existing = computed(
    () => artifacts.value.find((artifact) => artifact.name === name.value.value) ?? null,
  );
  const type = textField(computed(() => existing.value?.type ?? DEFAULT_TYPE));
  const description = textField(computed(() => ""));
  const metadata = textField(computed(() => ""));
  const run = textField(computed(() => ""));
  const aliases = signal<readonly string[]>([]);
  const input = computed<DraftInput>(() => ({
    project: project.value.value,
    name: name.value.value,
    type: type.value.value,
    description: description.value.value,
    metadata: metadata.value.value,
    aliases: aliases.value,
    run: run.value.value,
  }));
  const problems = computed<DraftProblems>(() => {
    const found = checkDraft(input.value);
    const { name: given, type: typed } = input.value;
    const known = existing.value;
    if (known === null || known.type === typed || found.type !== undefined) return found;
    return {
      ...found,
      type: { code: "type_mismatch", data: { name: given, existing: known.type, given: typed } },
    };
  });
  return {
    project,
    name,
    type,
    description,
    metadata,
    run,
    aliases,
    setAliases: (given) => (aliases.value = [...new Set(given)]),
    existing,
    input,
    problems,
    nameTwin: computed(() =>
      existing.value === null ? (findCaseTwin(name.value.value, knownNames.value) ?? null) : null,
    ),
    projectTwin: computed(() =>
      knownProjects.value.includes(project.value.value)
        ? null
        : (findCaseTwin(project.value.value, knownProjects.value) ?? null),
    ),
    knownTypes: computed(() => [
      ...new Set([
        DEFAULT_TYPE,
        ...CONVENTIONAL_TYPES,
        ...artifacts.value.map((artifact) => artifact.type),
      ]),
    ]),
    knownNames,
    knownProjects,
  };
}

/** A valid name for one dropped folder or file; blank for a mixture, which only the person can name. */
function proposeName(tops: readonly PickedTop[]): string {
  const [only, ...more] = tops;
  if (only === undefined || more.length > 0) return "";
  return suggestName("artifact", only.isFolder ? only.name : stemOf(only.name));
}

function textField(proposal: ReadonlySignal<string>): TextField {
  const typed = signal<string | null>(null);
  return {
    value: computed(() => typed.value ?? proposal.value),
    isTyped: computed(() => typed.value !== null),
    type: (text) => (typed.value = text),
  };
}
