// Where files land when a version is written to a disk [U2 F2].
import { foldPath } from "./path.ts";
import { formatVersion, type VersionNumber } from "./version.ts";

/** What the target file system can't hold. */
export interface DiskLimits {
  /** Two paths that differ only in case or Unicode form are one file (macOS, Windows). */
  readonly foldsCase: boolean;
  /** Windows: reserved device names, `<>:"|?*`, and no dot or space at an end. */
  readonly windowsNames: boolean;
}

/** A file written under another path than its own, with the reason for the report. */
export interface RenamedOnDisk {
  readonly path: string;
  readonly diskPath: string;
}

/** `<project>/<name>_v<N>`: the folder a version is downloaded into [U2]. */
export function versionFolder(project: string, name: string, number: VersionNumber): string {
  return `${project}/${name}_${formatVersion(number)}`;
}

/** Gives each path the path it can have on disk: its own wherever possible, never one given before. */
export function planDiskPaths(
  paths: readonly string[],
  limits: DiskLimits,
): { readonly diskPaths: readonly string[]; readonly renamed: readonly RenamedOnDisk[] } {
  const taken = new Set<string>();
  const renamed: RenamedOnDisk[] = [];
  const diskPaths = paths.map((path) => {
    const safe = limits.windowsNames ? path.split("/").map(toWindowsName).join("/") : path;
    let diskPath = safe;
    for (let copy = 2; taken.has(key(diskPath)); copy++) diskPath = withSuffix(safe, copy);
    taken.add(key(diskPath));
    if (diskPath !== path) renamed.push({ path, diskPath });
    return diskPath;
  });
  return { diskPaths, renamed };

  function key(path: string): string {
    return limits.foldsCase ? foldPath(path) : path;
  }
}

/** The nearest name that Windows accepts. */
export function toWindowsName(segment: string): string {
  const name = segment
    .replace(/[<>:"|?*]/g, "_")
    .replace(/[. ]+$/, (end) => "_".repeat(end.length));
  return /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i.test(name) ? `_${name}` : name;
}

function withSuffix(path: string, copy: number): string {
  const slash = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  const at = dot > slash ? dot : path.length;
  return `${path.slice(0, at)} (${copy})${path.slice(at)}`;
}
