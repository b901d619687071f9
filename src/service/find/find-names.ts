// Projects, artifacts, runs, registries and collections by name; what has them by alias and tag.
import { fitOf, fitTogether, type Fit, type Wanted } from "../../core/search-match.ts";
import type { Tag } from "../../core/tags.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { FindKind } from "../../core/search-kinds.ts";
import type { CollectionHit } from "../../protocol/browse-api.ts";
import type { FindHit, FindRequest } from "../../protocol/find-api.ts";
import { lost } from "../../store/by-uid.ts";
import type { ReadTx } from "../../store/transaction.ts";
import type { Catalog, Entry } from "../browse/search-catalog.ts";
import type { RegistryEntries } from "../browse/search-registries.ts";

/** Something found, and how to read what is shown of it. */
export interface Found {
  readonly kind: FindKind;
  readonly fit: Fit;
  /** Among equal fits. */
  readonly order: number;
  readonly text: string;
  /** 0 for what is of the artifact in view, 1 for what is of its project, 2 for the rest. */
  readonly distance: number;
  readonly hits: () => Promise<readonly FindHit[]> | readonly FindHit[];
}

type Near = FindRequest["near"];
type NamesTx = ReadTx<"versions" | "runs">;

/** The best of each kind of name, more than `limit` only where there are more. */
export function findNames(
  tx: NamesTx,
  catalog: Catalog,
  wanted: Wanted,
  { limit, near }: FindRequest,
): readonly Found[] {
  const base = { near, wanted, most: limit + 1 };
  return [
    ...best(catalog.projects, base, (project, fit) => ({
      kind: "project",
      order: 0,
      at: { project, name: null },
      hits: () => [{ kind: "project", fit, project }],
    })),
    ...best(catalog.artifacts, base, ({ project, name }, fit) => ({
      kind: "artifact",
      order: 0,
      at: { project, name },
      hits: () => [{ kind: "artifact", fit, project, name, tag: null }],
    })),
    ...best(catalog.artifactTags, base, ({ project, name, tag }, fit) => ({
      kind: "artifact",
      order: 1,
      at: { project, name },
      hits: () => [{ kind: "artifact", fit, project, name, tag }],
    })),
    ...best(catalog.aliases, base, ({ alias, project, name, number }, fit) => ({
      kind: "version",
      order: 0,
      at: { project, name },
      hits: () => [{ kind: "version", by: "alias", fit, text: alias, project, name, number }],
    })),
    ...best(catalog.versionTags, base, (tag, fit) => ({
      kind: "version",
      order: 1,
      at: null,
      hits: () => versionsTagged(tx, catalog, tag, fit, limit + 1),
    })),
    ...best(catalog.runs, base, (uid, fit) => ({
      kind: "run",
      order: 0,
      at: null,
      hits: async () => {
        const run = await tx.objectStore("runs").get(uid);
        if (run === undefined) throw lost("run", uid);
        return [{ kind: "run", fit, project: run.project, name: run.name, uid }];
      },
    })),
  ];
}

/** As {@link findNames}, of registries and collections. */
export function findRegistryNames(
  { registries, collections, collectionTags, linkAliases }: RegistryEntries,
  wanted: Wanted,
  { limit }: FindRequest,
): readonly Found[] {
  const base = { near: null, wanted, most: limit + 1 };
  const shapeOf =
    (order: number) =>
    (hit: CollectionHit, fit: Fit): Shape => ({
      kind: "collection",
      order,
      at: null,
      hits: () => [{ ...hit, fit }],
    });
  return [
    ...best(registries, base, (registry, fit) => ({
      kind: "registry",
      order: 0,
      at: null,
      hits: () => [{ kind: "registry", fit, registry }],
    })),
    ...best(collections, base, shapeOf(0)),
    ...best(linkAliases, base, shapeOf(1)),
    ...best(collectionTags, base, shapeOf(2)),
  ];
}

/** Best fit first; then what is near; then the shorter, and by the alphabet. */
export function compareFound(a: Found, b: Found): number {
  return (
    a.fit - b.fit ||
    a.distance - b.distance ||
    a.order - b.order ||
    a.text.length - b.text.length ||
    (a.text < b.text ? -1 : Number(a.text > b.text))
  );
}

/** How far something is from where the person is; see {@link Found.distance}. */
export function distanceOf(
  near: Near,
  at: { readonly project: string; readonly name: string | null } | null,
): number {
  if (near === null || at === null || at.project !== near.project) return 2;
  return at.name !== null && at.name === near.name ? 0 : 1;
}

interface Shape {
  readonly kind: FindKind;
  readonly order: number;
  readonly at: { readonly project: string; readonly name: string | null } | null;
  readonly hits: Found["hits"];
}

function best<T>(
  entries: readonly Entry<T>[],
  base: { near: Near; wanted: Wanted; most: number },
  shape: (of: T, fit: Fit) => Shape,
): readonly Found[] {
  const together = fitting(entries, base, shape, fitTogether);
  return together.length > 0 ? together : fitting(entries, base, shape, fitOf);
}

function fitting<T>(
  entries: readonly Entry<T>[],
  { near, wanted, most }: { near: Near; wanted: Wanted; most: number },
  shape: (of: T, fit: Fit) => Shape,
  fitOfText: typeof fitOf,
): readonly Found[] {
  const found: Found[] = [];
  for (const { text, of } of entries) {
    const fit = fitOfText(text, wanted);
    if (fit === null) continue;
    const { kind, order, at, hits } = shape(of, fit);
    found.push({ kind, fit, order, text, distance: distanceOf(near, at), hits });
  }
  return found.toSorted(compareFound).slice(0, most);
}

async function versionsTagged(
  tx: NamesTx,
  { named }: Catalog,
  tag: Tag,
  fit: Fit,
  limit: number,
): Promise<readonly FindHit[]> {
  const keys = await tx.objectStore("versions").index("byTag").getAllKeys(tag, limit);
  return keys.map(([artifact, number]) => {
    const of = named.get(artifact);
    if (of === undefined) throw lost("artifact", artifact);
    const { project, name } = of;
    return {
      kind: "version",
      by: "tag",
      fit,
      text: tag,
      project,
      name,
      number: number as VersionNumber,
    };
  });
}
