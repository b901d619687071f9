// From a spec to the version it names [N7].
import { holderAt, happenedBy } from "../../core/alias-history.ts";
import { CairnError } from "../../core/errors.ts";
import { LATEST, type ProjectName } from "../../core/names.ts";
import type { Digest } from "../../core/digest.ts";
import type { ArtifactRecord, VersionRecord } from "../../core/records.ts";
import { isSourceOf } from "../../core/registry/link-source.ts";
import { formatSpec, parseSpec, type Spec } from "../../core/spec.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import { getVersionOf } from "../../store/artifacts.ts";
import { artifactReader, findByUid } from "../../store/by-uid.ts";
import type { StoreName } from "../../store/schema.ts";
import type { ReadTx } from "../../store/transaction.ts";
import { readAliasChanges } from "./alias-history.ts";
import type { ReadCtx } from "./read-ctx.ts";
import { READER_STORES, type CollectionSpec, type FoundLink } from "./registry-reader.ts";
import { getShownArtifact } from "./shown-artifact.ts";

export interface FoundVersion {
  readonly artifact: ArtifactRecord;
  readonly version: VersionRecord;
  /** The link it was found through, where the spec names a collection. */
  readonly through: FoundLink | null;
}

/** The stores that {@link findVersion} reads. */
export const FIND_STORES = [
  "artifacts",
  "versions",
  "aliases",
  "deletedVersions",
  "events",
  ...READER_STORES,
] as const satisfies StoreName[];

type FindTx = ReadTx<(typeof FIND_STORES)[number]>;
type ArtifactSpec = Extract<Spec, { kind: "artifact" }>;
type PlacedSpec = Exclude<Spec, ArtifactSpec> | (ArtifactSpec & { readonly project: ProjectName });

/**
 * A spec whose project is known.
 *
 * @param project the project of a spec that names none, `null` when there is no such
 * @throws CairnError `invalid_spec`
 */
export function specOf(text: string, project: string | null): PlacedSpec {
  const spec = parseSpec(text);
  if (spec.kind !== "artifact") return spec;
  const placed = spec.project ?? (project as ProjectName | null);
  if (placed === null)
    throw new CairnError("invalid_spec", { spec: text, reason: "it names no project" });
  return { ...spec, project: placed };
}

/**
 * The version a spec names, in the caller's transaction; of a link its source, wherever it was linked
 * from [G5]. Throws `not_found`, `in_trash`.
 */
export async function findVersion(
  ctx: ReadCtx,
  tx: FindTx,
  spec: PlacedSpec,
): Promise<FoundVersion> {
  switch (spec.kind) {
    case "digest":
      return findByDigest(tx, spec.digest);
    case "collection":
      return findThroughLink(ctx, tx, spec);
    default:
      return findInArtifact(tx, spec);
  }
}

/** The newest version with a manifest, wherever it is. */
async function findByDigest(tx: FindTx, digest: Digest): Promise<FoundVersion> {
  const same = await tx.objectStore("versions").index("byManifest").getAll(digest);
  const version = same.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
  if (version === undefined) throw new CairnError("not_found", { what: "version", name: digest });
  return { version, artifact: await artifactReader(tx)(version.artifact), through: null };
}

async function findThroughLink(
  { registries }: ReadCtx,
  tx: FindTx,
  spec: CollectionSpec,
): Promise<FoundVersion> {
  const through = await registries.findLink(tx, spec);
  const { source, place } = through;
  const found = await findByUid(tx, source.version);
  const version = found !== undefined && isSourceOf(source, found.version) ? found.version : null;
  if (version !== null && found?.state === "live")
    return { version, artifact: await artifactReader(tx)(version.artifact), through };
  const name = `${source.project}/${source.name}:${formatVersion(source.number)}`;
  if (version !== null && found?.state === "in_trash") throw new CairnError("in_trash", { name });
  const linkedAs = `registry-${place.registry}/${place.collection}:${formatVersion(place.number)}`;
  throw new CairnError("not_found", { what: "version", name, linkedAs });
}

async function findInArtifact(
  tx: FindTx,
  spec: ArtifactSpec & { readonly project: ProjectName },
): Promise<FoundVersion> {
  const { project, name, asOf } = spec;
  const number = await numberOf(tx, spec);
  const found = number === null ? null : await getVersionOf(tx, { project, name, number });
  if (found !== null && (asOf === null || happenedBy(found.version.createdAt, asOf)))
    return { ...found, through: null };
  throw new CairnError("not_found", { what: "version", name: formatSpec(spec) });
}

/** The number a selector stands for, now or at the time asked for [E4]; `null` for none. */
async function numberOf(
  tx: FindTx,
  { project, name, selector, asOf }: ArtifactSpec & { readonly project: ProjectName },
): Promise<VersionNumber | null> {
  if (selector.kind === "version") return selector.number;
  const alias = selector.kind === "latest" ? LATEST : selector.alias;
  if (asOf !== null) return holderAt(await readAliasChanges(tx, project, name), alias, asOf);
  const { uid } = await getShownArtifact(tx, project, name);
  return (await tx.objectStore("aliases").get([uid, alias]))?.number ?? null;
}
