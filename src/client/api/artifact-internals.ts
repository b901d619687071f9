// What the folder may do with an artifact and its users may not.
import type { JsonObject } from "../../core/json.ts";
import type { Artifact } from "./artifact.ts";
import type { Contents } from "./contents.ts";
import type { FoundVersion } from "./found-version.ts";

/** What a draft gives to logging. */
export interface DraftParts {
  readonly contents: Contents;
  readonly description: string;
  readonly metadata: JsonObject;
}

/** Filled by the class itself, which alone reaches its private fields. */
export const internals = {} as {
  takeDraft: (artifact: Artifact) => DraftParts;
  release: (artifact: Artifact) => void;
  freeze: (artifact: Artifact, found: FoundVersion) => void;
  specOf: (artifact: Artifact) => string;
};

/** Takes a draft to be logged; nothing more is added to it. Throws `frozen`. */
export function takeDraft(artifact: Artifact): DraftParts {
  return internals.takeDraft(artifact);
}

/** Gives a draft back that could not be logged. */
export function release(artifact: Artifact): void {
  internals.release(artifact);
}

/** Makes a draft the version it became. */
export function freeze(artifact: Artifact, found: FoundVersion): void {
  internals.freeze(artifact, found);
}

/** What names an artifact: the link it was found through, else its version. Throws `not_logged`. */
export function specOf(artifact: Artifact): string {
  return internals.specOf(artifact);
}
