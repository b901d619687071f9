// Finding things by a piece of their name, alias, tag or digest.
import type { Digest } from "../../core/digest.ts";
import type { Tag } from "../../core/tags.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { SearchHit } from "../../protocol/browse-api.ts";
import { artifactReader, lost } from "../../store/by-uid.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import type { ReadCtx } from "./read-ctx.ts";
import { READER_STORES } from "./registry-reader.ts";
import { CATALOG_STORES, readCatalog, type Catalog, type Entry } from "./search-catalog.ts";
import { registryEntries, type RegistryEntries } from "./search-registries.ts";

/** From four characters of a digest on: shorter ones begin too many. */
const DIGEST_START = /^(?:blake3:)?([0-9a-f]{4,64})$/;

type SearchTx = ReadTx<(typeof CATALOG_STORES)[number]>;

/** Something that has the text, and how to read what is shown of it. */
interface Found {
  /** 0 for the whole text, 1 for its beginning, 2 for a piece of it. */
  readonly fit: number;
  /** Among equal fits: which kind goes first. */
  readonly order: number;
  readonly text: string;
  readonly hits: () => Promise<readonly SearchHit[]>;
}

/**
 * What has the text in its name, alias, tag or the beginning of its digest, whatever the letter case.
 * The whole text goes before its beginning, and that before a piece.
 */
export async function search(
  { db, registries }: ReadCtx,
  text: string,
  limit: number,
): Promise<readonly SearchHit[]> {
  const wanted = text.trim().toLowerCase();
  if (wanted === "" || limit < 1) return [];
  return withRead(db, [...CATALOG_STORES, ...READER_STORES], async (tx) => {
    const catalog = await readCatalog(db, tx);
    const found = [
      ...findInCatalog(tx, catalog, wanted, limit),
      ...findInRegistries(registryEntries(await registries.listNames(tx)), wanted),
      ...(await findDigests(tx, wanted, limit)),
    ];
    const best = found.toSorted(compareFound).slice(0, limit);
    const hits = await Promise.all(best.map((one) => one.hits()));
    return hits.flat().slice(0, limit);
  });
}

function findInCatalog(
  tx: SearchTx,
  catalog: Catalog,
  wanted: string,
  limit: number,
): readonly Found[] {
  return [
    ...matches(catalog.projects, wanted, 0, (project) => [{ kind: "project", project }]),
    ...matches(catalog.artifacts, wanted, 1, ({ project, name }) => [
      { kind: "artifact", project, name, by: "name" },
    ]),
    ...matches(catalog.aliases, wanted, 2, ({ alias, project, name, number }) => [
      { kind: "version", by: "alias", text: alias, project, name, number },
    ]),
    ...matches(catalog.artifactTags, wanted, 3, ({ project, name }) => [
      { kind: "artifact", project, name, by: "tag" },
    ]),
    ...matches(catalog.versionTags, wanted, 4, (tag) => versionsTagged(tx, catalog, tag, limit)),
    ...matches(catalog.runs, wanted, 6, async (uid) => {
      const run = await tx.objectStore("runs").get(uid);
      if (run === undefined) throw lost("run", uid);
      return [{ kind: "run", project: run.project, run }];
    }),
  ];
}

function findInRegistries(
  { registries, collections, collectionTags, linkAliases }: RegistryEntries,
  wanted: string,
): readonly Found[] {
  return [
    ...matches(registries, wanted, 0, (registry) => [{ kind: "registry", registry }]),
    ...matches(collections, wanted, 1, (hit) => [hit]),
    ...matches(linkAliases, wanted, 2, (hit) => [hit]),
    ...matches(collectionTags, wanted, 3, (hit) => [hit]),
  ];
}

function matches<T>(
  entries: readonly Entry<T>[],
  wanted: string,
  order: number,
  hitsOf: (of: T) => Promise<readonly SearchHit[]> | readonly SearchHit[],
): readonly Found[] {
  return entries
    .filter(({ text }) => text.includes(wanted))
    .map(({ text, of }) => ({
      fit: fitOf(text, wanted),
      order,
      text,
      hits: async () => hitsOf(of),
    }));
}

function fitOf(text: string, wanted: string): number {
  if (text === wanted) return 0;
  return text.startsWith(wanted) ? 1 : 2;
}

async function versionsTagged(
  tx: SearchTx,
  { named }: Catalog,
  tag: Tag,
  limit: number,
): Promise<readonly SearchHit[]> {
  const keys = await tx.objectStore("versions").index("byTag").getAllKeys(tag, limit);
  return keys.map(([artifact, number]) => {
    const of = named.get(artifact);
    if (of === undefined) throw lost("artifact", artifact);
    return { kind: "version", by: "tag", text: tag, ...of, number: number as VersionNumber };
  });
}

/** Versions whose manifest digest begins so. */
async function findDigests(tx: SearchTx, wanted: string, limit: number): Promise<readonly Found[]> {
  const start = DIGEST_START.exec(wanted)?.[1];
  if (start === undefined) return [];
  // “g” comes after every hex character.
  const range = IDBKeyRange.bound(`blake3:${start}` as Digest, `blake3:${start}g` as Digest);
  const versions = await tx.objectStore("versions").index("byManifest").getAll(range, limit);
  const artifactOf = artifactReader(tx);
  return versions.map(({ artifact, number, digest }) => ({
    fit: fitOf(digest, `blake3:${start}`),
    order: 5,
    text: digest,
    hits: async () => {
      const { project, name } = await artifactOf(artifact);
      return [{ kind: "version", by: "digest", text: digest, project, name, number }];
    },
  }));
}

function compareFound(a: Found, b: Found): number {
  return a.fit - b.fit || a.order - b.order || (a.text < b.text ? -1 : Number(a.text > b.text));
}
