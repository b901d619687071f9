// What the store shows of itself, in names and numbers: comparable with the oracle's picture and with the log's.
import { filesOf, type Manifest } from "../../src/core/manifest.ts";
import { replay } from "../../src/core/replay.ts";
import type { Digest } from "../../src/core/digest.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { findPackKey } from "../../src/store/packs.ts";
import type { Database } from "../../src/store/schema.ts";
import { withRead } from "../../src/store/transaction.ts";
import type { Content } from "./oracle.ts";

export interface ViewedVersion {
  readonly number: number;
  readonly content: Content;
  readonly tags: readonly string[];
  /** `latest` first. */
  readonly aliases: readonly string[];
}

export interface View {
  readonly projects: readonly {
    readonly project: string;
    readonly artifacts: readonly {
      readonly name: string;
      /** Newest first. */
      readonly versions: readonly ViewedVersion[];
    }[];
  }[];
  readonly trash: readonly { readonly uid: string; readonly versions: number }[];
  readonly edges: readonly string[];
}

/** Reads the picture through the API. A content is told by the path of its marker file, `content/<letter>`. */
export async function viewOf(api: StoreApi, db: Database): Promise<View> {
  const contents = new Map<Digest, Content>();
  const names = new Map<string, string>();
  const projects = [];
  for (const { name: project } of await api.listProjects()) {
    const artifacts = [];
    for (const { artifact } of await api.listArtifacts(project)) {
      const { versions } = await api.getArtifact(project, artifact.name);
      for (const { version } of versions) {
        names.set(version.uid, `${project}/${artifact.name}:v${version.number}`);
        if (!contents.has(version.digest))
          contents.set(version.digest, contentOf(await api.getManifest(version.digest)));
      }
      artifacts.push({
        name: artifact.name,
        versions: versions.map(({ version, aliases }) => ({
          number: version.number,
          content: contents.get(version.digest) ?? "?",
          tags: version.tags,
          aliases,
        })),
      });
    }
    projects.push({ project, artifacts });
  }
  const trash = (await api.listTrash()).map(({ uid, versionCount }) => ({
    uid,
    versions: versionCount,
  }));
  return {
    projects,
    trash: trash.toSorted((a, b) => (a.uid < b.uid ? -1 : 1)),
    edges: await edgesOf(db),
  };
}

/** The picture of live versions that the event log alone gives [E4]. */
export async function replayedView(db: Database): Promise<unknown> {
  const state = replay(await db.getAll("events"));
  return [...state.artifacts]
    .map(([name, { versions, aliases }]) => ({
      name,
      live: [...versions]
        .filter(([, version]) => version.state === "live")
        .map(([number, { digest, tags }]) => ({ number, digest, tags })),
      trashed: [...versions].filter(([, version]) => version.state === "in_trash").length,
      aliases: Object.fromEntries(aliases),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same picture from the tables. */
export async function storedView(db: Database): Promise<unknown> {
  const [artifacts, versions, deleted, aliases] = await Promise.all([
    db.getAll("artifacts"),
    db.getAll("versions"),
    db.getAll("deletedVersions"),
    db.getAll("aliases"),
  ]);
  return artifacts
    .map(({ uid, project, name }) => ({
      name: `${project}/${name}`,
      live: versions
        .filter(({ artifact }) => artifact === uid)
        .map(({ number, digest, tags }) => ({ number, digest, tags })),
      trashed: deleted.filter(({ artifact, trash }) => artifact === uid && trash !== undefined)
        .length,
      aliases: Object.fromEntries(
        aliases
          .filter(({ artifact }) => artifact === uid)
          .map(({ alias, number }): [string, number] => [alias, number]),
      ),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Digests that versions or the trash refer to and that no pack holds: there must be none. */
export async function missingBlobs(db: Database): Promise<readonly string[]> {
  const [live, deleted] = await Promise.all([db.getAll("versions"), db.getAll("deletedVersions")]);
  const used = [...live, ...deleted.filter(({ trash }) => trash !== undefined)];
  return withRead(db, ["manifests", "packs", "ingests"], async (tx) => {
    const missing: string[] = [];
    for (const digest of new Set(used.map((version) => version.digest))) {
      const parts = await tx
        .objectStore("manifests")
        .getAll(IDBKeyRange.bound([digest], [digest, []]));
      if (parts.length === 0) missing.push(`manifest ${digest}`);
      for (const part of parts)
        for (const file of filesOf(part))
          if ((await findPackKey(tx, file.digest)) === undefined) missing.push(file.digest);
    }
    return missing;
  });
}

/** Bytes of the blobs that versions or the trash refer to, each once. */
export async function reachedBytes(db: Database): Promise<number> {
  const [live, deleted] = await Promise.all([db.getAll("versions"), db.getAll("deletedVersions")]);
  const used = [...live, ...deleted.filter(({ trash }) => trash !== undefined)];
  const sizes = new Map<Digest, number>();
  for (const digest of new Set(used.map((version) => version.digest)))
    for (const part of await db.getAll("manifests", IDBKeyRange.bound([digest], [digest, []])))
      for (const file of filesOf(part)) sizes.set(file.digest, file.size);
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function contentOf(manifest: Manifest): Content {
  const marker = manifest.paths.find((path) => path.startsWith("content/"));
  return marker?.slice("content/".length) ?? "?";
}

async function edgesOf(db: Database): Promise<readonly string[]> {
  const [edges, runs, live, deleted, artifacts] = await Promise.all([
    db.getAll("edges"),
    db.getAll("runs"),
    db.getAll("versions"),
    db.getAll("deletedVersions"),
    db.getAll("artifacts"),
  ]);
  return edges
    .map(({ run, version, direction }) => {
      const found = [...live, ...deleted].find(({ uid }) => uid === version);
      const artifact = artifacts.find(({ uid }) => uid === found?.artifact);
      const name = runs.find(({ uid }) => uid === run)?.name ?? "?";
      return `${name} ${artifact?.project}/${artifact?.name}:v${found?.number} ${direction}`;
    })
    .toSorted();
}
