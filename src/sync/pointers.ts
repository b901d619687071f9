// The files of a version's folder, as its manifest tells of them.
import type { RemoteManifest } from "../core/sync/files.ts";
import { versionFolder } from "../core/sync/layout.ts";
import type { LfsObject } from "../hub/hub.ts";

export interface Pointer {
  /** In the repository. */
  readonly path: string;
  readonly object: LfsObject;
}

/** Empty files have none, and packed ones only their pack's. */
export function pointersOf({
  project,
  name,
  number,
  files,
  packs,
}: RemoteManifest): readonly Pointer[] {
  const folder = versionFolder(project, name, number);
  const alone = files.filter(({ size, pack }) => size > 0 && pack === undefined);
  return [...alone, ...packs].map(({ path, size, sha256 }) => ({
    path: `${folder}/${path}`,
    object: { sha256, sizeBytes: size },
  }));
}
