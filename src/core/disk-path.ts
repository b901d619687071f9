// Where files land when a version is written to a disk [U2 F2].
import { foldPath, SEGMENT_MAX_BYTES } from "./path.ts";
import { utf8Length } from "./utf8.ts";
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

/** As {@link versionFolder}; through a link, `<registry>/<collection>_v<N>` [U2]. */
export function downloadFolder({ project, name, number, via }: Downloaded): string {
  return via === undefined
    ? versionFolder(project, name, number)
    : versionFolder(via.registry, via.collection, via.number);
}

/** A version, and the collection's version it was found through. */
interface Downloaded {
  readonly project: string;
  readonly name: string;
  readonly number: VersionNumber;
  readonly via?: {
    readonly registry: string;
    readonly collection: string;
    readonly number: VersionNumber;
  };
}

/**
 * Gives each path the path it can have on disk: its own wherever possible, and never one on which
 * two files, or a file and a folder, would meet.
 */
export function planDiskPaths(
  paths: readonly string[],
  limits: DiskLimits,
): { readonly diskPaths: readonly string[]; readonly renamed: readonly RenamedOnDisk[] } {
  const files = new Set<string>();
  const folders = new Set<string>();
  const folderOf = new Map<string, string>([["", ""]]);
  const nextCopy = new Map<string, number>();
  const renamed: RenamedOnDisk[] = [];
  const diskPaths = paths.map((path) => {
    const diskPath = placeFile(path);
    if (diskPath !== path) renamed.push({ path, diskPath });
    return diskPath;
  });
  return { diskPaths, renamed };

  function placeFile(path: string): string {
    const slash = path.lastIndexOf("/") + 1;
    const wished = placeFolder(path.slice(0, slash)) + safeName(path.slice(slash));
    const isTaken = files.has(key(wished)) || folders.has(key(wished));
    const placed = isTaken ? freeCopy(wished) : wished;
    files.add(key(placed));
    return placed;
  }

  /** The folder on disk for a folder's path; both end in a slash, or are empty for the root. */
  function placeFolder(path: string): string {
    const known = folderOf.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf("/", path.length - 2) + 1;
    const wished = placeFolder(path.slice(0, slash)) + safeName(path.slice(slash, -1));
    const placed = files.has(key(wished)) ? freeCopy(wished) : wished;
    folders.add(key(placed));
    folderOf.set(path, `${placed}/`);
    return `${placed}/`;
  }

  function freeCopy(wished: string): string {
    // Counting on from the last copy keeps many like-named files from taking quadratic time.
    let copy = nextCopy.get(key(wished)) ?? 2;
    let placed = withSuffix(wished, copy++);
    while (files.has(key(placed)) || folders.has(key(placed))) placed = withSuffix(wished, copy++);
    nextCopy.set(key(wished), copy);
    return placed;
  }

  function safeName(segment: string): string {
    return limits.windowsNames ? toWindowsName(segment) : segment;
  }

  function key(path: string): string {
    return limits.foldsCase ? foldPath(path) : path;
  }
}

/** The nearest name that Windows accepts. */
export function toWindowsName(segment: string): string {
  const name = segment
    .replace(/[<>:"|?*]/g, "_")
    .replace(/[. ]+$/, (end) => "_".repeat(end.length));
  return /^(con|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i.test(name)
    ? `_${name}`
    : name;
}

function withSuffix(path: string, copy: number): string {
  const slash = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  const suffix = ` (${copy})`;
  const room = SEGMENT_MAX_BYTES - suffix.length;
  const hasExtension = dot > slash && utf8Length(path.slice(dot)) < room;
  const at = hasExtension ? dot : path.length;
  const end = path.slice(at);
  const stem = cutToBytes(path.slice(slash, at), room - utf8Length(end));
  return path.slice(0, slash) + stem + suffix + end;
}

/** The longest beginning of whole characters that fits. */
function cutToBytes(text: string, bytes: number): string {
  let kept = "";
  let left = bytes;
  for (const character of text) {
    left -= utf8Length(character);
    if (left < 0) break;
    kept += character;
  }
  return kept;
}
