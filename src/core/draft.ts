// A draft: what a person or program says about a version before it is logged.
import { errorOf, type Problem } from "./errors.ts";
import { checkMetadata, parseMetadata } from "./metadata.ts";
import type { JsonObject } from "./json.ts";
import {
  checkAlias,
  checkName,
  DEFAULT_TYPE,
  parseAlias,
  parseArtifactName,
  parseArtifactType,
  parseProjectName,
  suggestName,
  type Alias,
  type ArtifactName,
  type ArtifactType,
  type ProjectName,
} from "./names.ts";
import { baseName } from "./path.ts";
import type { RunUid } from "./records.ts";
import { parseTags, type Tag } from "./tags.ts";

/** Most characters in a description. */
export const DESCRIPTION_MAX_LENGTH = 20_000;
/** Most characters in a run's name. */
export const RUN_NAME_MAX_LENGTH = 128;

/** A draft as typed, unchecked. `metadata` is JSON text; `run` names the run that produced it, or is blank. */
export interface DraftInput {
  readonly project: string;
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly metadata: string;
  readonly aliases: readonly string[];
  readonly run: string;
  /** A run known by its id, which then counts instead of `run`. */
  readonly runUid?: RunUid | null;
  readonly tags?: readonly string[];
}

/** A draft that has passed every check. */
export interface Draft {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly type: ArtifactType;
  readonly description: string;
  readonly metadata: JsonObject;
  readonly aliases: readonly Alias[];
  readonly tags: readonly Tag[];
  /** The run that produced it: one that exists, or a name. */
  readonly run: { readonly uid: RunUid } | { readonly name: string } | null;
}

/** The first problem of each field that has one. */
export type DraftProblems = { readonly [Field in keyof DraftInput]?: Problem };

/** Checks each field, for showing beside it while it is typed. */
export function checkDraft(input: DraftInput): DraftProblems {
  const found: [keyof DraftInput, Problem | null][] = [
    ["project", checkName("project", input.project)],
    ["name", checkName("artifact", input.name)],
    ["type", input.type === "" ? null : checkName("type", input.type)],
    ["description", checkText("description", input.description, DESCRIPTION_MAX_LENGTH)],
    ["metadata", checkMetadata(input.metadata)],
    ["aliases", input.aliases.map(checkAlias).find((problem) => problem !== null) ?? null],
    ["run", checkText("run name", input.run, RUN_NAME_MAX_LENGTH)],
  ];
  return Object.fromEntries(found.filter(([, problem]) => problem !== null));
}

/** A checked draft. Throws the first problem: `invalid_name`, `alias_reserved`, `invalid_metadata`, `invalid_text`. */
export function parseDraft(input: DraftInput): Draft {
  for (const problem of Object.values(checkDraft(input)))
    if (problem !== undefined) throw errorOf(problem);
  return {
    project: parseProjectName(input.project),
    name: parseArtifactName(input.name),
    type: input.type === "" ? DEFAULT_TYPE : parseArtifactType(input.type),
    description: input.description,
    metadata: parseMetadata(input.metadata),
    aliases: [...new Set(input.aliases.map(parseAlias))],
    tags: parseTags(input.tags ?? []),
    run: runOf(input),
  };
}

/** A run's name without blanks around it. Throws `invalid_text`. */
export function parseRunName(name: string): string {
  const problem = checkText("run name", name, RUN_NAME_MAX_LENGTH);
  if (problem !== null) throw errorOf(problem);
  return name.trim();
}

/** A description. Throws `invalid_text`. */
export function parseDescription(text: string): string {
  const problem = checkText("description", text, DESCRIPTION_MAX_LENGTH);
  if (problem !== null) throw errorOf(problem);
  return text;
}

/** The name of an artifact logged without one [R7]: `run-<runId>-<basename>`, respelled where it must be. */
export function defaultArtifactName(run: RunUid, path: string): ArtifactName {
  return parseArtifactName(suggestName("artifact", `run-${run}-${baseName(path)}`));
}

function runOf(input: DraftInput): Draft["run"] {
  if (input.runUid !== undefined && input.runUid !== null) return { uid: input.runUid };
  const name = input.run.trim();
  return name === "" ? null : { name };
}

function checkText(field: string, text: string, limit: number): Problem<"invalid_text"> | null {
  if (text.length <= limit) return null;
  const reason = `it has ${text.length.toLocaleString("en")} characters, and ${limit.toLocaleString("en")} is the most`;
  return { code: "invalid_text", data: { field, reason } };
}
