// Finding things by anything they go by, and telling what known bytes are.
import type { Digest } from "../core/digest.ts";
import type { Problem } from "../core/errors.ts";
import type { RunUid, VersionRef } from "../core/records.ts";
import type { FindKind } from "../core/search-kinds.ts";
import type { Fit } from "../core/search-match.ts";
import type { CollectionHit } from "./browse-api.ts";
import type { DownloadProgress } from "./downloads.ts";
import type { FileId, StageRequest } from "./ingest.ts";
import type { JobId } from "./jobs.ts";

/** One thing found, and how well it fits. */
export type FindHit = { readonly fit: Fit } & (
  | { readonly kind: "project"; readonly project: string }
  | {
      readonly kind: "artifact";
      readonly project: string;
      readonly name: string;
      /** The tag it was found by, or `null` for its name. */
      readonly tag: string | null;
    }
  | (VersionRef & {
      readonly kind: "version";
      readonly by: "number" | "alias" | "tag" | "digest";
      /** The alias, tag or digest it was found by. */
      readonly text: string;
    })
  | (VersionRef & {
      readonly kind: "file";
      readonly by: "path" | "digest";
      readonly path: string;
      /** `null` for a reference. */
      readonly digest: Digest | null;
    })
  | {
      readonly kind: "run";
      readonly project: string;
      readonly name: string;
      readonly uid: RunUid;
    }
  | { readonly kind: "registry"; readonly registry: string }
  | CollectionHit
);

/** Everything of one kind that was found, best first. */
export interface FindGroup {
  readonly kind: FindKind;
  readonly hits: readonly FindHit[];
  /** There are more than were asked for. */
  readonly hasMore: boolean;
}

/** How far file paths and digests of files can be searched. */
export type FilesState =
  | { readonly phase: "reading"; readonly fraction: number }
  /** `leftOut`: versions whose files there is no room for; the oldest ones. */
  | { readonly phase: "ready"; readonly leftOut: number }
  | { readonly phase: "failed"; readonly problem: Problem };

export interface FindRequest {
  readonly text: string;
  /** Of each kind. */
  readonly limit: number;
  /** Which kinds; `null` for all. */
  readonly kinds: readonly FindKind[] | null;
  /** Where the person is: of equally good finds those near it go first. */
  readonly near: { readonly project: string; readonly name: string | null } | null;
}

export interface FindAnswer {
  /** Best first; none is empty. */
  readonly groups: readonly FindGroup[];
  readonly files: FilesState;
}

/** One place where bytes are. */
export interface BytesPlace extends VersionRef {
  readonly path: string;
  readonly state: "live" | "in_trash";
  readonly createdAt: string;
}

export type Identified =
  | {
      readonly id: FileId;
      readonly digest: Digest;
      /** Newest versions first, no more than were asked for. */
      readonly places: readonly BytesPlace[];
      /** All of them. */
      readonly count: number;
    }
  | { readonly id: FileId; readonly problem: Problem };

/** How far identifying a group of files is. */
export interface IdentifyProgress extends DownloadProgress {
  /** While the files of all versions are read for the first time: how far that is. */
  readonly reading: number | null;
}

export interface FindApi {
  /**
   * What has the text in its name, alias, tag, path or digest. The first call, for no text at all,
   * begins to read the files of all versions; until that is done others answer with what is read so far.
   */
  find(request: FindRequest): Promise<FindAnswer>;
  /**
   * Hashes files and tells which versions hold the same bytes. Stores nothing. A file that changed or
   * can't be read is answered with its problem. Throws `aborted`, storage errors.
   *
   * @param places the most to answer for each file
   */
  identify(
    job: JobId,
    files: readonly StageRequest[],
    places: number,
    onProgress: (progress: IdentifyProgress) => void,
  ): Promise<readonly Identified[]>;
}
