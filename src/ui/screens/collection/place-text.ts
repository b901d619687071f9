// How a place in a registry is written: specs to copy, code that uses it, what a list finds it by.
import { formatPlace } from "../../../core/registry/names.ts";
import type { LinkSource } from "../../../core/registry/records.ts";
import { formatVersion } from "../../../core/version.ts";
import type { LinkView } from "../../../protocol/registry-link-api.ts";
import type { CollectionPlace } from "../../state/collection-state.ts";

/** `registry-models/my-model`: where versions are linked to. */
export function placeText({ registry, collection }: CollectionPlace): string {
  return formatPlace(registry, collection);
}

/** `registry-models/my-model:production`. */
export function specIn({ registry, collection }: CollectionPlace, selector: string): string {
  return formatPlace(registry, collection, selector);
}

/** `digits/cnn:v3`: the version a link points to. */
export function sourceSpec({ project, name, number }: LinkSource): string {
  return `${project}/${name}:${formatVersion(number)}`;
}

/** TypeScript that uses a version by its spec. */
export function snippetOf(spec: string): string {
  return [
    `import { init } from "cairn-registry";`,
    "",
    `const run = await init({ project: "my-project" });`,
    `const artifact = await run.useArtifact(${JSON.stringify(spec)});`,
    "await artifact.download();",
  ].join("\n");
}

/** Whether a version is meant by what was typed: its number, an alias, a tag, its source, who linked it. */
export function matchesLink(link: LinkView, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return true;
  return (
    formatVersion(link.number).startsWith(wanted) ||
    [
      ...link.aliases.map(({ alias }) => alias),
      ...(link.here?.tags ?? []),
      sourceSpec(link.source),
      link.linkedByName,
    ].some((text) => text.toLowerCase().includes(wanted))
  );
}

/** The version that a selector of the address names: `latest`, `v2` or an alias. */
export function findLink(links: readonly LinkView[], selector: string): LinkView | null {
  return (
    links.find(
      ({ number, aliases }) =>
        formatVersion(number) === selector || aliases.some(({ alias }) => alias === selector),
    ) ?? null
  );
}

/** What of a link's source this browser has, in words; `""` for a live one. */
export function stateOfSource({ here }: Pick<LinkView, "here">): string {
  switch (here?.state) {
    case "live":
      return "";
    case "in_trash":
      return "In the trash";
    case "deleted":
      return "Deleted";
    case undefined:
      return "Not in this browser";
  }
}
