// Names in registries, link targets and protected patterns: parsed and formatted.
import { CairnError, errorOf, type Problem } from "../errors.ts";
import { checkAlias, checkName, NAME_MAX_LENGTH } from "../names.ts";
import type { AliasPattern, CollectionName, MemberKey, RegistryName } from "./records.ts";

/** A registry's name. Throws `invalid_name` [N1]. */
export function parseRegistryName(name: string): RegistryName {
  return parsed(name as RegistryName, checkName("registry", name));
}

/** A collection's name. Throws `invalid_name` [N1]. */
export function parseCollectionName(name: string): CollectionName {
  return parsed(name as CollectionName, checkName("collection", name));
}

const PREFIX = /^(wandb-)?registry-/;

/** Where to link to: `wandb-registry-r/c`, `registry-r/c` or `r/c`. Throws `invalid_spec`, `invalid_name`. */
export function parseTarget(text: string): {
  readonly registry: RegistryName;
  readonly collection: CollectionName;
} {
  const fail = (reason: string): never => {
    throw new CairnError("invalid_spec", { spec: text, reason });
  };
  const [first = "", second, ...more] = text.split("/");
  if (second === undefined) return fail("say a registry and a collection, such as “models/digits”");
  if (more.length > 0) return fail("it has more than one “/”; say “registry/collection”");
  if (/[:@]/.test(second))
    return fail("a link goes to a whole collection, which numbers it; leave out “:” and “@”");
  return {
    registry: parseRegistryName(first.replace(PREFIX, "")),
    collection: parseCollectionName(second),
  };
}

/** `registry-r/c`, or `registry-r/c:v2`. */
export function formatPlace(registry: string, collection: string, selector?: string): string {
  return `registry-${registry}/${collection}${selector === undefined ? "" : `:${selector}`}`;
}

/** Says what is wrong with a protected name or pattern, or `null` [P1]. */
export function checkPattern(text: string): Problem | null {
  if (!/[*?]/.test(text)) return checkAlias(text);
  const reason = patternProblem(text);
  return reason === null ? null : { code: "invalid_text", data: { field: "pattern", reason } };
}

/** A protected name, or pattern with `*` and `?`. Throws `alias_reserved`, `invalid_name`, `invalid_text`. */
export function parsePattern(text: string): AliasPattern {
  return parsed(text as AliasPattern, checkPattern(text));
}

/** Whether a pattern covers an alias: `*` stands for any text, `?` for one character. */
export function matchesPattern(pattern: AliasPattern, alias: string): boolean {
  // Only the last star is ever gone back to, so no pattern takes long.
  let at = 0;
  let star = -1;
  let resume = 0;
  let i = 0;
  while (i < alias.length) {
    if (pattern[at] === "*") {
      star = at++;
      resume = i;
    } else if (pattern[at] === "?" || pattern[at] === alias[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

/** Enough of a key to recognise it. */
export function shortKey(key: MemberKey): string {
  return key.slice(0, 8);
}

function patternProblem(text: string): string | null {
  if (text.length > NAME_MAX_LENGTH)
    return `it has ${text.length} characters, and ${NAME_MAX_LENGTH} is the most`;
  // A stand-in for each wildcard, so that the grammar of names judges the rest.
  const problem = checkName("type", text.replace(/[*?]/g, "x"));
  return problem === null ? null : `${problem.data.reason}, and “*” and “?” for what may vary`;
}

function parsed<T>(value: T, problem: Problem | null): T {
  if (problem !== null) throw errorOf(problem);
  return value;
}
