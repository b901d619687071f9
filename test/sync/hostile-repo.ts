// A repository that somebody with a token of it changes past every Cairn.
import type { Digest } from "../../src/core/digest.ts";
import type { VersionUid } from "../../src/core/records.ts";
import { INDEX_PATH, manifestPath } from "../../src/core/sync/layout.ts";
import type { CommitOp } from "../../src/hub/hub.ts";
import type { Device } from "./devices.ts";
import type { RepoView } from "./repo-view.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- JSON that is about to be made wrong
type Loose = any;

/** Changes the JSON of a file. */
export async function edited(
  repo: RepoView,
  path: string,
  change: (json: Loose) => void,
): Promise<Extract<CommitOp, { kind: "text" }>> {
  const json: Loose = JSON.parse(await repo.text(path));
  change(json);
  return { kind: "text", path, text: `${JSON.stringify(json)}\n` };
}

/** Changes a snapshot file of the project `digits`, and has the index say so. */
export async function rewriteSnapshot(
  repo: RepoView,
  { sync }: Device,
  file: string,
  change: (json: Loose) => void,
  ...more: readonly CommitOp[]
): Promise<void> {
  const snapshot = await edited(repo, `cairn/projects/digits/${file}.json`, change);
  const index = await edited(repo, INDEX_PATH, ({ files }: { files: Loose[] }) => {
    for (const row of files)
      if (row.file === file) row.digest = sync.hasher.hashText([snapshot.text]);
  });
  await repo.commit(snapshot, index, ...more);
}

/** A version's manifest there, with the files of another's. */
export async function manifestWithFilesOf(
  repo: RepoView,
  name: string,
  uid: VersionUid,
  other: VersionUid,
): Promise<{ readonly op: CommitOp; readonly digest: Digest }> {
  const theirs: Loose = JSON.parse(await repo.text(manifestPath("digits", name, other, false)));
  const op = await edited(repo, manifestPath("digits", name, uid, false), (json: Loose) => {
    Object.assign(json, { digest: theirs.digest, files: theirs.files, packs: theirs.packs });
  });
  return { op, digest: theirs.digest };
}
