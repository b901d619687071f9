// What callers of the API say, and what logging answers.
import type { DownloadProgress } from "../../protocol/downloads.ts";
import type { Choice } from "./read-files.ts";

/** What a new artifact is called and said to be. */
export interface ArtifactOptions {
  /** Letters, digits, `.`, `_` and `-`, at most 128. */
  readonly name: string;
  /** What it is: `model`, `dataset`, …; `unspecified` when left out. A name has one type in its project. */
  readonly type?: string;
  /** Text for people, at most 20,000 characters. */
  readonly description?: string;
  /** A plain JSON object. It never decides a version's identity. */
  readonly metadata?: object;
}

/** For work that takes its time. */
export interface LongOptions {
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Ends the work with the error `aborted`. */
  readonly signal?: AbortSignal;
}

/** What to download; everything when nothing is said. */
export interface DownloadOptions extends LongOptions, Choice {}

/** What to download, and the folder it goes to. */
export interface DownloadToOptions extends DownloadOptions {
  /** A folder the person picked, or any directory handle that may be written. */
  readonly to: FileSystemDirectoryHandle;
  /** Replace files that are there with other content; they are left alone otherwise. */
  readonly overwrite?: boolean;
}

/** What logging did. */
export interface LogOutcome {
  /** False when a version held exactly this content already: then that is the version. */
  readonly created: boolean;
  /** Description, metadata or tags were given for content that was known, and not applied. */
  readonly detailsIgnored: boolean;
  /** Damaged files of a known version are whole again. */
  readonly healed: boolean;
  /** A deleted version with the same content, which `Api.restore` brings back. */
  readonly twinInTrash: { readonly version: string; readonly trash: string } | null;
}
