// Projects, artifacts, versions and aliases by name.
import { CairnError } from "../core/errors.ts";
import type { Digest } from "../core/digest.ts";
import { joinManifest, splitManifest, type Manifest } from "../core/manifest.ts";
import { LATEST, type Alias } from "../core/names.ts";
import type {
  AliasRecord,
  ArtifactRecord,
  ArtifactUid,
  TrashUid,
  VersionRecord,
} from "../core/records.ts";
import { formatSelector, type Selector } from "../core/spec.ts";
import type { VersionNumber } from "../core/version.ts";
import type { ReadTx, WriteTx } from "./transaction.ts";

/** Rows in one part of a stored manifest. */
const MANIFEST_PART_ROWS = 10_000;

export async function findArtifact(
  tx: ReadTx<"artifacts">,
  project: string,
  name: string,
): Promise<ArtifactRecord | undefined> {
  return tx.objectStore("artifacts").index("byName").get([project, name]);
}

/** As {@link findArtifact}; throws `not_found`. */
export async function getArtifact(
  tx: ReadTx<"artifacts">,
  project: string,
  name: string,
): Promise<ArtifactRecord> {
  const artifact = await findArtifact(tx, project, name);
  // Without versions it only remembers its numbers.
  if (artifact === undefined || artifact.versionCount === 0)
    throw new CairnError("not_found", { what: "artifact", name: `${project}/${name}` });
  return artifact;
}

/** The version a selector points to. Throws `not_found`. */
export async function selectVersion(
  tx: ReadTx<"versions" | "aliases">,
  artifact: ArtifactRecord,
  selector: Selector,
): Promise<VersionRecord> {
  const number =
    selector.kind === "version"
      ? selector.number
      : await aliasTarget(tx, artifact.uid, selector.kind === "latest" ? LATEST : selector.alias);
  const version =
    number === undefined ? undefined : await tx.objectStore("versions").get([artifact.uid, number]);
  if (version !== undefined) return version;
  const name = `${artifact.project}/${artifact.name}:${formatSelector(selector)}`;
  throw new CairnError("not_found", { what: "version", name });
}

/** The version of an artifact that has exactly this manifest, the newest if several [V2]. */
export async function findIdentical(
  tx: ReadTx<"versions">,
  artifact: ArtifactUid,
  digest: Digest,
): Promise<VersionRecord | undefined> {
  const versions = await tx.objectStore("versions").index("byDigest").getAll([artifact, digest]);
  return versions.at(-1);
}

/** The newest version in the trash with exactly this manifest [V6]. */
export async function findTwinInTrash(
  tx: ReadTx<"deletedVersions">,
  artifact: ArtifactUid,
  digest: Digest,
): Promise<{ readonly number: VersionNumber; readonly trash: TrashUid } | undefined> {
  const deleted = await tx
    .objectStore("deletedVersions")
    .index("byDigest")
    .getAll([artifact, digest]);
  const twins = deleted.flatMap(({ number, trash }) =>
    trash === undefined ? [] : [{ number, trash }],
  );
  return twins.toSorted((a, b) => b.number - a.number)[0];
}

/** Whether versions of the artifact lie in the trash. */
export async function hasTrash(
  tx: ReadTx<"deletedVersions">,
  artifact: ArtifactUid,
): Promise<boolean> {
  const range = IDBKeyRange.bound([artifact], [artifact, []]);
  const deleted = await tx.objectStore("deletedVersions").index("byNumber").getAll(range);
  return deleted.some(({ trash }) => trash !== undefined);
}

/** An artifact's aliases, `latest` first, then by name. */
export async function aliasesOf(
  tx: ReadTx<"aliases">,
  artifact: ArtifactUid,
): Promise<readonly AliasRecord[]> {
  const aliases = await tx
    .objectStore("aliases")
    .getAll(IDBKeyRange.bound([artifact], [artifact, []]));
  return aliases.toSorted((a, b) => Number(b.alias === LATEST) - Number(a.alias === LATEST));
}

async function aliasTarget(
  tx: ReadTx<"aliases">,
  artifact: ArtifactUid,
  alias: Alias,
): Promise<VersionNumber | undefined> {
  return (await tx.objectStore("aliases").get([artifact, alias]))?.number;
}

/** Every version of an artifact, oldest first. */
export async function versionsOf(
  tx: ReadTx<"versions">,
  artifact: ArtifactUid,
): Promise<readonly VersionRecord[]> {
  return tx.objectStore("versions").getAll(IDBKeyRange.bound([artifact], [artifact, []]));
}

/** A stored manifest. Throws `not_found`. */
export async function getManifest(tx: ReadTx<"manifests">, digest: Digest): Promise<Manifest> {
  const parts = await tx.objectStore("manifests").getAll(IDBKeyRange.bound([digest], [digest, []]));
  if (parts.length === 0) throw new CairnError("not_found", { what: "manifest", name: digest });
  return joinManifest(parts);
}

/** Keeps a manifest under its digest, once. */
export async function putManifest(
  tx: WriteTx<"manifests">,
  digest: Digest,
  manifest: Manifest,
): Promise<void> {
  if ((await tx.objectStore("manifests").getKey([digest, 0])) === undefined)
    await putNewManifest(tx, digest, manifest);
}

/** As {@link putManifest}, without looking whether it is there: each look costs a request. */
export async function putNewManifest(
  tx: WriteTx<"manifests">,
  digest: Digest,
  manifest: Manifest,
): Promise<void> {
  const store = tx.objectStore("manifests");
  await Promise.all(
    splitManifest(manifest, MANIFEST_PART_ROWS).map((part, i) => store.put(part, [digest, i])),
  );
}

/** A live version with its artifact. Throws `not_found`, or `in_trash` when it was deleted and can be restored. */
export async function getVersionOf(
  tx: ReadTx<"artifacts" | "versions" | "deletedVersions">,
  { project, name, number }: { project: string; name: string; number: VersionNumber },
): Promise<{ readonly artifact: ArtifactRecord; readonly version: VersionRecord }> {
  const artifact = await findArtifact(tx, project, name);
  if (artifact === undefined)
    throw new CairnError("not_found", { what: "artifact", name: `${project}/${name}` });
  const version = await tx.objectStore("versions").get([artifact.uid, number]);
  if (version !== undefined) return { artifact, version };
  const deleted = await tx
    .objectStore("deletedVersions")
    .index("byNumber")
    .get([artifact.uid, number]);
  const label = `${project}/${name}:${formatSelector({ kind: "version", number })}`;
  throw deleted?.trash === undefined
    ? new CairnError("not_found", { what: "version", name: label })
    : new CairnError("in_trash", { name: label });
}

/** The aliases of one version, `latest` first, then by name. */
export async function aliasesOfVersion(
  tx: ReadTx<"aliases">,
  { artifact, number }: Pick<VersionRecord, "artifact" | "number">,
): Promise<readonly Alias[]> {
  const rows = await tx.objectStore("aliases").index("byVersion").getAll([artifact, number]);
  return latestFirst(rows).map(({ alias }) => alias);
}

/** The rows with those of `latest` first, the others in their order. */
export function latestFirst(rows: readonly AliasRecord[]): readonly AliasRecord[] {
  return rows.toSorted((a, b) => Number(b.alias === LATEST) - Number(a.alias === LATEST));
}
