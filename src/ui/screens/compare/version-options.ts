// What a person may mean while naming a version to compare with.
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import type { BrowseApi, VersionSummary } from "../../../protocol/browse-api.ts";
import type { ConnectedRemote } from "../../../protocol/remote-api.ts";
import { formatAgo, formatBytes } from "../../parts/format.ts";
import { findProvisional } from "../../state/provisional.ts";
import { provisionalIn } from "../../state/synced-state.ts";

/** One version or artifact to choose. */
export interface VersionOption {
  /** A whole spec, such as `digits/cnn:v2`. */
  readonly spec: string;
  readonly aliases: readonly string[];
  /** When it was logged and how large it is, or why it is offered. */
  readonly detail: string;
  /** Its number may still change [S3]. */
  readonly isProvisional: boolean;
}

/** The artifact that is looked at: its versions are the nearest. */
export type Home = Pick<VersionRef, "project" | "name"> | null;

type Store = Pick<BrowseApi, "listVersions" | "search" | "listArtifacts" | "listProjects">;

const SHOWN = 50;
/** Versions looked through for an alias. */
const LOOKED_THROUGH = 500;

/**
 * Versions that fit what is typed: those of the artifact before a colon, or of the one that is looked
 * at, then artifacts by name or tag, versions by alias or digest.
 */
export async function findOptions(
  store: Store,
  typed: string,
  home: Home,
  remotes: readonly ConnectedRemote[],
): Promise<readonly VersionOption[]> {
  const text = typed.trim();
  const [names = "", suffix] = text.split(":", 2);
  if (suffix !== undefined && !text.startsWith("blake3:")) {
    const artifact = artifactOf(names, home);
    return artifact === null ? [] : versionsOf(store, artifact, suffix, remotes);
  }
  const near = home === null ? [] : await versionsOf(store, home, text, remotes);
  if (text === "") return near.length === 0 ? everything(store) : near;
  const others = await found(store, text, remotes);
  const known = new Set(near.map(({ spec }) => spec));
  return [...near, ...others.filter(({ spec }) => !known.has(spec))].slice(0, SHOWN);
}

function artifactOf(names: string, home: Home): Home {
  const [project = "", name] = names.split("/", 2);
  if (name !== undefined) return { project, name } as Home;
  return home === null ? null : ({ project: home.project, name: project } as Home);
}

/** An artifact's versions whose number or alias starts with the text; none where there is no such artifact. */
async function versionsOf(
  store: Store,
  home: NonNullable<Home>,
  start: string,
  remotes: readonly ConnectedRemote[],
): Promise<readonly VersionOption[]> {
  const { project, name } = home;
  const wanted = start.toLowerCase();
  const isProvisional = provisionalIn(remotes, home);
  const versions = await store
    .listVersions(project, name, null, LOOKED_THROUGH)
    .catch((): readonly VersionSummary[] => []);
  return versions
    .filter(({ version, aliases }) =>
      [formatVersion(version.number), ...aliases].some((text) =>
        text.toLowerCase().startsWith(wanted),
      ),
    )
    .slice(0, SHOWN)
    .map(({ version, aliases }) => ({
      spec: `${project}/${name}:${formatVersion(version.number)}`,
      aliases,
      detail: `${formatAgo(version.createdAt)} · ${formatBytes(version.sizeBytes)}`,
      isProvisional: isProvisional(version),
    }));
}

async function found(
  store: Store,
  text: string,
  remotes: readonly ConnectedRemote[],
): Promise<readonly VersionOption[]> {
  const hits = await store.search(text, SHOWN);
  const versions = hits.filter((hit) => hit.kind === "version");
  const provisional = await findProvisional(store, remotes, versions);
  return hits.flatMap((hit): readonly VersionOption[] => {
    if (hit.kind === "artifact")
      return [
        {
          spec: `${hit.project}/${hit.name}:latest`,
          aliases: [],
          detail: hit.by === "tag" ? `tagged ${text}` : "its newest version",
          isProvisional: false,
        },
      ];
    if (hit.kind !== "version") return [];
    const spec = `${hit.project}/${hit.name}:${formatVersion(hit.number)}`;
    const isProvisional = provisional.has(spec);
    if (hit.by === "alias") return [{ spec, aliases: [hit.text], detail: "", isProvisional }];
    const detail = hit.by === "tag" ? `tagged ${hit.text}` : "by its digest";
    return [{ spec, aliases: [], detail, isProvisional }];
  });
}

/** Where there is nothing to start from: the newest of each artifact, by project. */
async function everything(store: Store): Promise<readonly VersionOption[]> {
  const options: VersionOption[] = [];
  for (const { name: project } of await store.listProjects()) {
    for (const { artifact } of await store.listArtifacts(project)) {
      options.push({
        spec: `${project}/${artifact.name}:latest`,
        aliases: [],
        detail: "its newest version",
        isProvisional: false,
      });
    }
    if (options.length >= SHOWN) break;
  }
  return options;
}
