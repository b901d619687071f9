// Links versions to collections of registries.
import { parseAlias } from "../../core/names.ts";
import { parseTarget } from "../../core/registry/names.ts";
import type { Artifact } from "./artifact.ts";
import { specOf } from "./artifact-internals.ts";
import { connection } from "./connection.ts";
import { linkedOf, type LinkedArtifact, type LinkOptions } from "./links.ts";

/**
 * Throws where a target or aliases are not written as they must be, before anything is logged or
 * linked: `invalid_spec`, `invalid_name`, `alias_reserved`.
 */
export function checkLink(target: string, { aliases = [] }: LinkOptions): void {
  parseTarget(target);
  aliases.forEach(parseAlias);
}

/**
 * Links a version, and tells an artifact that it was.
 *
 * @param project the project of a spec that names none, or `null`
 * @throws CairnError `not_logged` for a draft; as `linkVersion` of the store
 */
export async function linkVersion(
  source: Artifact | string,
  project: string | null,
  target: string,
  { aliases = [] }: LinkOptions,
): Promise<LinkedArtifact> {
  const spec = typeof source === "string" ? source : specOf(source);
  const { store } = await connection();
  const linked = await store.linkVersion(spec, project, target, aliases);
  if (typeof source !== "string") await source.refresh();
  return linkedOf(linked);
}
