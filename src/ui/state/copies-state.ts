// Where bytes are: what of a version is elsewhere, and how it is said.
import { showHidden } from "../../core/errors.ts";
import { entryAt, isReference, type Manifest } from "../../core/manifest.ts";
import { HUB_URL, type RemoteTarget } from "../../core/sync/remote.ts";
import { specOf } from "../../core/version.ts";
import type { AwayFiles } from "../../protocol/remote-api.ts";
import type { Copies, EvictScope } from "../../protocol/sync-api.ts";
import { formatBytes, formatCount } from "../parts/format.ts";

/** The files of a version that are not in this browser. */
export class Away {
  readonly files: number;
  /** Of those that somebody has. */
  readonly bytes: number;
  /** Where some are, such as `the dataset ada/models`. */
  readonly places: readonly string[];
  /** Files that nobody is known to have. */
  readonly lost: number;
  readonly #where: ReadonlyMap<number, string | null>;

  constructor(manifest: Manifest, groups: readonly AwayFiles[]) {
    const where = new Map<number, string | null>();
    let bytes = 0;
    let lost = 0;
    for (const { where: place, rows } of groups)
      for (const row of rows) {
        if (row >= manifest.paths.length) continue;
        const entry = entryAt(manifest, row);
        if (isReference(entry)) continue;
        where.set(row, place);
        if (place === null) lost += 1;
        else bytes += entry.size;
      }
    this.#where = where;
    this.files = where.size;
    this.bytes = bytes;
    this.lost = lost;
    this.places = groups.flatMap(({ where: place }) => (place === null ? [] : [place]));
  }

  has(row: number): boolean {
    return this.#where.has(row);
  }

  /** Who has a file that isn't here: `in the dataset ada/models`; `null` for one that is here. */
  say(row: number): string | null {
    const place = this.#where.get(row);
    if (place === undefined) return null;
    return place === null ? "not in this browser" : `in ${showHidden(place)}`;
  }
}

/** `12 of 40 files (1.2 GB) are in the dataset ada/models. They come when they are opened.` */
export function describeAway(away: Away, totalFiles: number): string {
  const { files, bytes, places, lost } = away;
  const there = files - lost;
  const sentences: string[] = [];
  if (there > 0) {
    const all = files === totalFiles && lost === 0;
    const which =
      totalFiles === 1
        ? "The file"
        : all
          ? `All ${formatCount(totalFiles, "file")}`
          : `${there.toLocaleString("en")} of ${formatCount(totalFiles, "file")}`;
    const one = there === 1;
    sentences.push(
      `${which} (${formatBytes(bytes)}) ${one ? "is" : "are"} in ${places.map(showHidden).join(" and ")}.`,
      one ? "It comes when it is opened." : "They come when they are opened.",
    );
  }
  if (lost > 0)
    sentences.push(
      `${formatCount(lost, "file is", "files are")} nowhere that Cairn knows of: add ${lost === 1 ? "it" : "them"} again from a copy.`,
    );
  return sentences.join(" ");
}

/** `all 40 files`, `12 of 40 files`, `none of 40 files`. */
export function describeShare(files: number, { totalFiles }: Pick<Copies, "totalFiles">): string {
  if (files === totalFiles)
    return totalFiles === 1 ? "its file" : `all ${formatCount(totalFiles, "file")}`;
  return `${files === 0 ? "none" : files.toLocaleString("en")} of ${formatCount(totalFiles, "file")}`;
}

/** The line that fetches a folder of a repository, wherever Python is. */
export function downloadCommand({ hubUrl, type, repo }: RemoteTarget, folder: string): string {
  const endpoint = hubUrl === HUB_URL ? "" : `HF_ENDPOINT=${hubUrl} `;
  const kind = type === "model" ? "" : ` --repo-type ${type}`;
  return `${endpoint}hf download ${repo}${kind} --include "${folder}/*" --local-dir .`;
}

/** What bytes are moved of, for people. */
export function nameOfScope(scope: EvictScope): string {
  switch (scope.kind) {
    case "project":
      return showHidden(scope.project);
    case "artifact":
      return showHidden(`${scope.project}/${scope.name}`);
    case "version":
      return showHidden(specOf(scope.version));
  }
}
