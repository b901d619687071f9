// Where things are in a remote. Names are checked elsewhere [N1 F1]; each segment is escaped when asked for.
import type { VersionUid } from "../records.ts";
import type { RegistryUid } from "../registry/records.ts";
import { formatVersion, type VersionNumber } from "../version.ts";
import type { DeviceId } from "./shared.ts";

export const INDEX_PATH = "cairn/index.json";
/** Where the index is once it is too long for {@link INDEX_PATH}, which then says so. */
export const LARGE_INDEX_PATH = "cairn/index.lfs.json";
export const LOG_FOLDER = "cairn/log";
export const MANIFEST_FOLDER = "cairn/manifests";

/** The folder that `hf download` fetches a version from. */
export function versionFolder(project: string, name: string, number: VersionNumber): string {
  return `artifacts/${project}/${name}/${formatVersion(number)}`;
}

/**
 * Named by the version's id: unlike a number it is never another's, so no manifest is overwritten even where
 * a hub lets two devices commit at once.
 *
 * @param isLarge whether it is too long to be kept in git itself
 */
export function manifestPath(
  project: string,
  name: string,
  uid: VersionUid,
  isLarge: boolean,
): string {
  return `${MANIFEST_FOLDER}/${project}/${name}/${uid}${jsonEnd(isLarge)}`;
}

/** @param file such as `artifacts/cnn`, `runs/2026-11` */
export function snapshotPath(project: string, file: string, isLarge: boolean): string {
  return `cairn/projects/${project}/${file}${jsonEnd(isLarge)}`;
}

export function roundPath(
  round: {
    readonly seq: number;
    readonly at: string;
    readonly device: DeviceId;
    readonly uid: string;
  },
  isLarge: boolean,
): string {
  const month = round.at.slice(0, 7);
  const seq = String(round.seq).padStart(8, "0");
  return `${LOG_FOLDER}/${month}/${seq}-${round.device}-${round.uid}${jsonEnd(isLarge)}`;
}

export const REGISTRY_FOLDER = "cairn/registries";

/** The first line of a registry's log: how long it is and where it ends, sealed by who wrote it last. */
export function registryHeadPath(registry: RegistryUid): string {
  return `${REGISTRY_FOLDER}/${registry}/head.jsonl`;
}

/** A part of a registry's log. */
export function registryPartPath(registry: RegistryUid, part: number): string {
  return `${REGISTRY_FOLDER}/${registry}/${String(part).padStart(5, "0")}.jsonl`;
}

function jsonEnd(isLarge: boolean): string {
  return isLarge ? ".lfs.json" : ".json";
}
