// Specs: the text by which a person or program names a version [N7].
import { CairnError } from "./errors.ts";
import { checkName, type Alias, type ArtifactName, type ProjectName } from "./names.ts";
import { isIsoTime } from "./iso-time.ts";
import { findDigest, type Digest } from "./digest.ts";
import { findVersionNumber, formatVersion, type VersionNumber } from "./version.ts";

/** Which version of a line is meant. */
export type Selector =
  | { readonly kind: "latest" }
  | { readonly kind: "version"; readonly number: VersionNumber }
  | { readonly kind: "alias"; readonly alias: Alias };

/** A parsed spec. `project` is `null` for the caller's own; `asOf` is an ISO date or date-time. */
export type Spec =
  | { readonly kind: "digest"; readonly digest: Digest }
  | {
      readonly kind: "artifact";
      readonly project: ProjectName | null;
      readonly name: ArtifactName;
      readonly selector: Selector;
      readonly asOf: string | null;
    }
  | {
      readonly kind: "collection";
      readonly registry: string;
      readonly collection: string;
      readonly selector: Selector;
      readonly asOf: string | null;
    };

// Any other suffix is a version or alias of an artifact that happens to be called blake3.
const DIGEST_LIKE = /^blake3:[0-9a-f]{64}$/i;
const REGISTRY = /^(?:wandb-)?registry-(.+)$/;

/**
 * Parses `name`, `name:v2`, `name:alias`, `project/name[:…]`, `registry-r/collection[:…]`, each
 * optionally `@<ISO time>`, or `blake3:<hex>` [N7].
 *
 * @throws CairnError `invalid_spec`
 */
export function parseSpec(text: string): Spec {
  const fail = (reason: string): never => {
    throw new CairnError("invalid_spec", { spec: text, reason });
  };
  if (DIGEST_LIKE.test(text)) {
    const digest =
      findDigest(text) ?? fail("a digest has 64 lower-case hex characters after “blake3:”");
    return { kind: "digest", digest };
  }
  const [path = "", time, ...times] = text.split("@");
  if (times.length > 0) fail("it has more than one “@”");
  const asOf = time ?? null;
  if (asOf !== null && !isIsoTime(asOf)) fail(`“${asOf}” is no ISO date or date-time`);
  const [names = "", suffix, ...suffixes] = path.split(":");
  if (suffixes.length > 0) fail("it has more than one “:”");
  const selector = parseSelector(suffix, fail);
  const [first = "", second, ...more] = names.split("/");
  if (more.length > 0) fail("it has more than one “/”");
  const registry = second === undefined ? undefined : REGISTRY.exec(first)?.[1];
  if (second !== undefined && registry !== undefined) {
    valid("registry", registry, fail);
    valid("collection", second, fail);
    return { kind: "collection", registry, collection: second, selector, asOf };
  }
  if (second !== undefined) valid("project", first, fail);
  const name = second ?? first;
  valid("artifact", name, fail);
  const project = second === undefined ? null : (first as ProjectName);
  return { kind: "artifact", project, name: name as ArtifactName, selector, asOf };
}

/** The text of a spec: the inverse of {@link parseSpec} [N7]. */
export function formatSpec(spec: Spec): string {
  if (spec.kind === "digest") return spec.digest;
  const names =
    spec.kind === "collection"
      ? `registry-${spec.registry}/${spec.collection}`
      : spec.project === null
        ? spec.name
        : `${spec.project}/${spec.name}`;
  return `${names}:${formatSelector(spec.selector)}${spec.asOf === null ? "" : `@${spec.asOf}`}`;
}

/** `latest`, `v2` or the alias. */
export function formatSelector(selector: Selector): string {
  if (selector.kind === "latest") return "latest";
  return selector.kind === "version" ? formatVersion(selector.number) : selector.alias;
}

/** The selector a suffix such as `v2` or `prod` stands for; throws `invalid_spec` when none. */
export function selectorOf(suffix: string): Selector {
  return parseSelector(suffix, (reason) => {
    throw new CairnError("invalid_spec", { spec: suffix, reason });
  });
}

function parseSelector(suffix: string | undefined, fail: (reason: string) => never): Selector {
  if (suffix === undefined || suffix === "latest") return { kind: "latest" };
  const number = findVersionNumber(suffix);
  if (number !== undefined) return { kind: "version", number };
  valid("type", suffix, fail, "alias");
  return { kind: "alias", alias: suffix as Alias };
}

function valid(
  kind: "registry" | "collection" | "project" | "artifact" | "type",
  name: string,
  fail: (reason: string) => never,
  shown: string = kind,
): void {
  const problem = checkName(kind, name);
  if (problem !== null) fail(`the ${shown} “${name}” is not valid: ${problem.data.reason}`);
}
