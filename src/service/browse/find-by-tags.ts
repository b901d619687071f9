// Finding what has all of a set of tags [T1].
import type { ArtifactRecord } from "../../core/records.ts";
import type { Tag } from "../../core/tags.ts";
import type { SearchHit } from "../../protocol/browse-api.ts";
import { artifactReader } from "../../store/by-uid.ts";
import { withRead } from "../../store/transaction.ts";
import type { ReadCtx } from "./read-ctx.ts";
import { READER_STORES } from "./registry-reader.ts";

/**
 * The artifacts, then the versions, then the collections that have all the tags, letter case
 * counting, by name; versions of one artifact newest first. Nothing for no tags.
 */
export async function findByTags(
  { db, registries }: ReadCtx,
  tags: readonly string[],
): Promise<readonly SearchHit[]> {
  const wanted = [...new Set(tags)] as Tag[];
  if (wanted.length === 0) return [];
  return withRead(db, ["artifacts", "versions", ...READER_STORES], async (tx) => {
    const [artifacts, versions, { collections }] = await Promise.all([
      taggedRows(tx.objectStore("artifacts").index("byTag"), wanted),
      taggedRows(tx.objectStore("versions").index("byTag"), wanted),
      registries.listNames(tx),
    ]);
    const artifactOf = artifactReader(tx);
    const text = wanted.join(", ");
    const named = await Promise.all(
      versions.map(async (version) => ({ version, artifact: await artifactOf(version.artifact) })),
    );
    return [
      ...artifacts
        .filter(({ versionCount }) => versionCount > 0)
        .toSorted(compareNames)
        .map(({ project, name }) => ({ kind: "artifact", project, name, by: "tag" }) as const),
      ...named
        .toSorted(
          (a, b) => compareNames(a.artifact, b.artifact) || b.version.number - a.version.number,
        )
        .map(({ version: { number }, artifact: { project, name } }) => {
          return { kind: "version", by: "tag", text, project, name, number } as const;
        }),
      ...collections
        .filter((one) => wanted.every((tag) => one.tags.includes(tag)))
        .map(({ registry, collection }) => {
          return {
            kind: "collection",
            by: "tag",
            text,
            registry,
            collection,
            number: null,
          } as const;
        }),
    ];
  });
}

/** The rows of the rarest tag that have the others too. */
async function taggedRows<T extends { readonly tags: readonly Tag[] }>(
  index: TagIndex<T>,
  tags: readonly Tag[],
): Promise<readonly T[]> {
  const counts = await Promise.all(tags.map((tag) => index.count(tag)));
  const rarest = tags[counts.indexOf(Math.min(...counts))];
  if (rarest === undefined) return [];
  const rows = await index.getAll(rarest);
  return rows.filter((row) => tags.every((tag) => row.tags.includes(tag)));
}

/** What of an index over tags is needed here. */
interface TagIndex<T> {
  count(tag: Tag): Promise<number>;
  getAll(tag: Tag): Promise<readonly T[]>;
}

function compareNames(a: ArtifactRecord, b: ArtifactRecord): number {
  if (a.project !== b.project) return a.project < b.project ? -1 : 1;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
