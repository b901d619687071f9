// What callers of the API name to be deleted, and versions as they write them.
import { CairnError } from "../../core/errors.ts";
import { findVersionNumber, type VersionNumber } from "../../core/version.ts";
import type { DeleteTarget } from "../../protocol/trash-api.ts";

/** What to delete: versions of an artifact, such as `["v0", "v3"]`, an artifact, or a project. */
export type Deletable =
  | { readonly project: string; readonly name: string; readonly versions: readonly string[] }
  | { readonly project: string; readonly name: string }
  | { readonly project: string };

/** What a delete may do besides. */
export interface DeleteOptions {
  /** Take the versions out of the collections that link them, too. */
  readonly unlink?: boolean;
}

/** What the store takes. Throws `invalid_text` for a version that is none. */
export function targetOf(what: Deletable): DeleteTarget {
  if (!("name" in what)) return { kind: "project", project: what.project };
  const { project, name } = what;
  if (!("versions" in what)) return { kind: "artifact", project, name };
  return { kind: "versions", project, name, numbers: what.versions.map(numberOf) };
}

/** As the store takes it, behind the other arguments. */
export function linksToo({ unlink = false }: DeleteOptions): readonly [] | readonly ["unlink"] {
  return unlink ? ["unlink"] : [];
}

/** Throws `invalid_text`: a version left out unsaid would delete too little, or page from the start for ever. */
export function numberOf(version: string): VersionNumber {
  const number = findVersionNumber(version);
  if (number !== undefined) return number;
  throw new CairnError("invalid_text", {
    field: "version",
    reason: `“${version}” is not written like v0, v1, v2`,
  });
}
