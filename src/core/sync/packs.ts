// Many small files as a few deterministic tars: each file alone would cost a request.
import type { FileEntry } from "../manifest.ts";

export interface PackPlan {
  /** Files that go alone, empty ones not among them. */
  readonly alone: readonly FileEntry[];
  /** Members of each pack, in path order. Where a pack ends follows from the content near it, so that a changed file changes one pack. */
  readonly packs: readonly (readonly FileEntry[])[];
}

/** Decides which files of a version are packed. The same files give the same packs everywhere. */
export function planPacks(files: readonly FileEntry[]): PackPlan {
  throw new Error(`not yet ${files.length}`);
}

/** A tar's pieces: headers as bytes, and members to be put in between; `offset` is a member's first byte. */
export interface TarPlan {
  readonly sizeBytes: number;
  readonly members: readonly {
    readonly entry: FileEntry;
    readonly header: Uint8Array<ArrayBuffer>;
    readonly offset: number;
    /** Zeros behind it. */
    readonly padding: number;
  }[];
  /** The two empty blocks at the end. */
  readonly end: Uint8Array<ArrayBuffer>;
}

/** Lays a pack out as a POSIX tar: fixed owner, mode and time, so that the bytes follow from the members alone. */
export function planTar(members: readonly FileEntry[]): TarPlan {
  throw new Error(`not yet ${members.length}`);
}
