// The index of a repository, at its branch's head.
import type { CairnError } from "../core/errors.ts";
import { readIndex } from "../core/sync/file-texts.ts";
import type { RemoteIndex } from "../core/sync/files.ts";
import { findLargeIndex } from "../core/sync/index-stub.ts";
import { invalid } from "../core/sync/json-lines.ts";
import { INDEX_PATH, LARGE_INDEX_PATH } from "../core/sync/layout.ts";
import { labelOf } from "../core/sync/remote.ts";
import type { Hasher } from "../hash/hasher.ts";
import type { CommitOid, Hub } from "../hub/hub.ts";
import { isUnusable } from "./unusable.ts";

export interface IndexThere {
  /** `null` while the branch has no commit. */
  readonly commit: CommitOid | null;
  /** `null` for none, and for one that can't be read. */
  readonly index: RemoteIndex | null;
  /** Why it can't be read; `null` where it can, or there is none. */
  readonly unreadable: CairnError<"invalid_remote"> | null;
  /** Whether it lies in a file of its own for long ones. */
  readonly isLarge: boolean;
}

/**
 * Reads head and index in one answer: two could be of two commits, and lose an update. A long index is
 * read at the commit of that answer.
 *
 * @throws CairnError `invalid_remote` where a newer Cairn wrote it, `hub_failed`
 */
export async function indexThere(
  hub: Hub,
  hasher: Hasher,
  signal: AbortSignal,
): Promise<IndexThere> {
  const { commit, text } = await hub.readHead(INDEX_PATH, signal);
  if (commit === null || text === null)
    return { commit, index: null, unreadable: null, isLarge: false };
  try {
    return { commit, unreadable: null, ...(await read(hub, hasher, commit, text, signal)) };
  } catch (error) {
    if (!isUnusable(error) || error.data.isNewer === true) throw error;
    return { commit, index: null, unreadable: error, isLarge: false };
  }
}

async function read(
  hub: Hub,
  hasher: Hasher,
  commit: CommitOid,
  text: string,
  signal: AbortSignal,
): Promise<Pick<IndexThere, "index" | "isLarge">> {
  const remote = labelOf(hub.target);
  const digest = findLargeIndex(text, remote);
  if (digest === null) return { index: readIndex(text, remote), isLarge: false };
  const large = await hub.readText(commit, LARGE_INDEX_PATH, signal);
  if (large === null || hasher.hashText([large]) !== digest) {
    const reason = `it is not the one that ${INDEX_PATH} names`;
    throw invalid({ path: LARGE_INDEX_PATH, remote }, reason);
  }
  return { index: readIndex(large, remote), isLarge: true };
}
