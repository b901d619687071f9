// Names, types, aliases: one grammar, checked by the same function everywhere [N1 N3 N4 N6].
import type { Brand } from "./brand.ts";
import { errorOf, showHidden, type NameKind, type Problem } from "./errors.ts";

export type ProjectName = Brand<string, "ProjectName">;
export type ArtifactName = Brand<string, "ArtifactName">;
export type ArtifactType = Brand<string, "ArtifactType">;
export type Alias = Brand<string, "Alias">;

export const NAME_MAX_LENGTH = 128;
/** The type of an artifact logged without one [N4]. */
export const DEFAULT_TYPE = "unspecified" as ArtifactType;
/** Types offered to the person; any other valid text is a type too [N4]. */
export const CONVENTIONAL_TYPES: readonly string[] = ["model", "dataset", "evaluation", "report"];
/** The alias that follows the newest version; nobody sets it by hand [A2 N3]. */
export const LATEST = "latest" as Alias;

const VALID_NAME = /^[A-Za-z0-9._-]{1,128}$/;
const RESERVED_ALIAS = /^(latest|v\d+)$/i;
const REGISTRY_PREFIX = /^(wandb-)?registry-/;
const REGISTRY_PREFIXES = /^((wandb-)?registry-)+/;

/** Says what is wrong with a name of this kind, or `null` when it is valid [N1 N6]. */
export function checkName(
  kind: Exclude<NameKind, "alias">,
  name: string,
): Problem<"invalid_name"> | null {
  const reason = grammarProblem(name) ?? reservedProblem(kind, name);
  if (reason === null) return null;
  return {
    code: "invalid_name",
    data: { kind, name, reason, suggestion: suggestName(kind, name) },
  };
}

/** Says what is wrong with an alias a person wants to set, or `null` [N3]. */
export function checkAlias(alias: string): Problem<"invalid_name" | "alias_reserved"> | null {
  const reason = grammarProblem(alias);
  const suggestion = suggestName("alias", alias);
  if (reason !== null)
    return { code: "invalid_name", data: { kind: "alias", name: alias, reason, suggestion } };
  if (isReservedAlias(alias)) return { code: "alias_reserved", data: { alias, suggestion } };
  return null;
}

/** True for `latest` and `v` + digits in any letter case [N3]. */
export function isReservedAlias(alias: string): boolean {
  return RESERVED_ALIAS.test(alias);
}

/** A project name. Throws `invalid_name`. */
export function parseProjectName(name: string): ProjectName {
  return parsed(name as ProjectName, checkName("project", name));
}

/** An artifact name. Throws `invalid_name`. */
export function parseArtifactName(name: string): ArtifactName {
  return parsed(name as ArtifactName, checkName("artifact", name));
}

/** An artifact type. Throws `invalid_name`. */
export function parseArtifactType(type: string): ArtifactType {
  return parsed(type as ArtifactType, checkName("type", type));
}

/** An alias that a person may set. Throws `invalid_name` or `alias_reserved`. */
export function parseAlias(alias: string): Alias {
  return parsed(alias as Alias, checkAlias(alias));
}

function parsed<T>(value: T, problem: Problem | null): T {
  if (problem !== null) throw errorOf(problem);
  return value;
}

/**
 * The nearest valid spelling of a text: accents dropped, every run of other characters one `-`.
 * Valid text comes back unchanged.
 */
export function suggestName(kind: NameKind, text: string): string {
  let name = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-");
  if (name !== text) name = name.replace(/^-+|-+$/g, "");
  name = name.slice(0, NAME_MAX_LENGTH);
  if (kind === "project" || kind === "registry") name = name.replace(REGISTRY_PREFIXES, "");
  if (kind === "alias" && isReservedAlias(name)) name = `my-${name}`.slice(0, NAME_MAX_LENGTH);
  return name === "" || name === "." || name === ".." ? `my-${kind}` : name;
}

/** The existing name that differs from this one only in letter case, if there is one [N2]. */
export function findCaseTwin(name: string, existing: Iterable<string>): string | undefined {
  const folded = name.toLowerCase();
  for (const other of existing) if (other !== name && other.toLowerCase() === folded) return other;
  return undefined;
}

/** The name without its extension, for proposing an artifact name from a file: `net.onnx` gives `net`. */
export function stemOf(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  return dot > 0 ? fileName.slice(0, dot) : fileName;
}

function grammarProblem(name: string): string | null {
  if (name === "") return "it is empty";
  if (name === "." || name === "..") return "it stands for a folder";
  const characters = [...name];
  const wrong = characters.findIndex((character) => !/[A-Za-z0-9._-]/.test(character));
  if (wrong >= 0)
    return `character ${wrong + 1} is ${spell(characters[wrong] ?? "")}; use letters A–Z, digits, “.”, “_” and “-”`;
  if (!VALID_NAME.test(name))
    return `it has ${name.length} characters, and ${NAME_MAX_LENGTH} is the most`;
  return null;
}

function reservedProblem(kind: NameKind, name: string): string | null {
  const isPrefixed = kind === "project" || kind === "registry";
  const prefix = isPrefixed ? REGISTRY_PREFIX.exec(name) : null;
  if (prefix === null) return null;
  return kind === "project"
    ? `names that start with “${prefix[0]}” are kept for registries`
    : `“${prefix[0]}” stands in front of a registry's name, and is no part of it`;
}

function spell(character: string): string {
  if (character === " ") return "a space";
  if (character === "/") return "a slash";
  if (character === ":") return "a colon";
  return `“${showHidden(character)}”`;
}
