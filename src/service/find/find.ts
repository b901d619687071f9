// One search over everything that has a name, a path or a digest.
import { FIND_KINDS, type FindKind } from "../../core/search-kinds.ts";
import { wantedOf } from "../../core/search-match.ts";
import type { FindAnswer, FindGroup, FindHit, FindRequest } from "../../protocol/find-api.ts";
import { withRead } from "../../store/transaction.ts";
import type { ReadCtx } from "../browse/read-ctx.ts";
import { READER_STORES } from "../browse/registry-reader.ts";
import { CATALOG_STORES, readCatalog, type Catalog } from "../browse/search-catalog.ts";
import { registryEntries } from "../browse/search-registries.ts";
import { FILE_STORES, type FileCatalog } from "./file-catalog.ts";
import { findBlobs, findPaths } from "./find-files.ts";
import { compareFound, findNames, findRegistryNames, type Found } from "./find-names.ts";
import { digestStart, findByDigest, findBySelector } from "./find-versions.ts";

/** What has the text; of files what is read so far. An empty text only has them read. */
export async function find(
  { db, registries }: ReadCtx,
  files: FileCatalog,
  request: FindRequest,
): Promise<FindAnswer> {
  const wanted = wantedOf(request.text);
  files.start();
  const groups = await withRead(
    db,
    [...CATALOG_STORES, ...FILE_STORES, ...READER_STORES],
    async (tx) => {
      const catalog = await readCatalog(db, tx);
      if (wanted === null) return [];
      await files.catchUp(tx);
      const hex = digestStart(wanted.text);
      const ofRegistries = registryEntries(await registries.listNames(tx), isPlaced(wanted.text));
      const found = [
        ...findNames(tx, withPlaces(catalog, wanted.text), wanted, request),
        ...findRegistryNames(ofRegistries, wanted, request),
        ...(await findBySelector(tx, catalog, wanted.text, request)),
        ...(hex === null ? [] : await findByDigest(tx, hex, request.limit)),
      ];
      const kinds = request.kinds ?? FIND_KINDS;
      const named = await Promise.all(
        kinds.filter((kind) => kind !== "file").map((kind) => groupOf(kind, found, request.limit)),
      );
      if (!kinds.includes("file")) return named;
      const { index } = files;
      const parts = hex === null ? [] : [findBlobs(index, hex, request)];
      // What is found by its digest is meant.
      if (parts.every(({ hits }) => hits.length === 0))
        parts.push(findPaths(index, wanted, request));
      const hits = parts.flatMap((part) => part.hits);
      return [
        ...named,
        {
          kind: "file" as const,
          hits: hits.slice(0, request.limit),
          hasMore: hits.length > request.limit || parts.some(({ hasMore }) => hasMore),
        },
      ];
    },
  );
  const order = (group: FindGroup): number => FIND_KINDS.indexOf(group.kind);
  return {
    groups: groups
      .filter(({ hits }) => hits.length > 0)
      .toSorted((a, b) => fitOfGroup(a) - fitOfGroup(b) || order(a) - order(b)),
    files: files.state,
  };
}

/** Whether what is wanted names a place, too: things go by where they are then. */
function isPlaced(text: string): boolean {
  return /[/:\s]/.test(text);
}

/** With a slash in what is wanted, artifacts go by `project/name`. */
function withPlaces(catalog: Catalog, text: string): Catalog {
  if (!text.includes("/") && !/\s/.test(text)) return catalog;
  const artifacts = catalog.artifacts.map(({ of }) => ({
    text: `${of.project}/${of.name}`.toLowerCase(),
    of,
  }));
  return { ...catalog, artifacts };
}

async function groupOf(kind: FindKind, found: readonly Found[], limit: number): Promise<FindGroup> {
  const own = found.filter((one) => one.kind === kind).toSorted(compareFound);
  const read = await Promise.all(own.slice(0, 2 * limit).map(async (one) => one.hits()));
  // What is found in two ways stays where it was found first.
  const hits = new Map<string, FindHit>();
  for (const hit of read.flat()) if (!hits.has(keyOf(hit))) hits.set(keyOf(hit), hit);
  return {
    kind,
    hits: [...hits.values()].slice(0, limit),
    hasMore: hits.size > limit || own.length > 2 * limit,
  };
}

function keyOf(hit: FindHit): string {
  switch (hit.kind) {
    case "project":
      return hit.project;
    case "artifact":
      return `${hit.project}/${hit.name}`;
    case "version":
    case "file":
      return `${hit.project}/${hit.name}:${hit.number}`;
    case "run":
      return hit.uid;
    case "registry":
      return hit.registry;
    case "collection":
      return `${hit.registry}/${hit.collection}:${hit.number ?? ""}`;
  }
}

function fitOfGroup({ hits }: FindGroup): number {
  return Math.min(...hits.map(({ fit }) => fit));
}
