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
  type Alias,
  type ArtifactName,
  type ArtifactType,
  type ProjectName,
} from "./names.ts";

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
}

/** A draft that has passed every check. */
export interface Draft {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly type: ArtifactType;
  readonly description: string;
  readonly metadata: JsonObject;
  readonly aliases: readonly Alias[];
  readonly run: string | null;
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
    run: input.run.trim() === "" ? null : input.run.trim(),
  };
}

function checkText(field: string, text: string, limit: number): Problem<"invalid_text"> | null {
  if (text.length <= limit) return null;
  const reason = `it has ${text.length.toLocaleString("en")} characters, and ${limit.toLocaleString("en")} is the most`;
  return { code: "invalid_text", data: { field, reason } };
}
