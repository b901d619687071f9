// A repository that somebody with a token of it changes past every Cairn.
import type { Digest } from "../../src/core/digest.ts";
import type { VersionUid } from "../../src/core/records.ts";
import { INDEX_PATH, manifestPath } from "../../src/core/sync/layout.ts";
import type { CommitOp } from "../../src/hub/hub.ts";
import type { Device } from "./devices.ts";
import type { RepoView } from "./repo-view.ts";

type Fields = Record<string, unknown>;

/** What tests make wrong, in whichever file it stands. */
export interface RemoteJson {
  readonly projects: readonly { readonly project: string }[];
  readonly files: readonly { readonly project: string; readonly file: string; digest: string }[];
  readonly versions: readonly [first: Fields, ...others: Fields[]];
  readonly ops: object[];
  derivations: unknown;
  devices: unknown;
}

/** Changes the JSON of a file. */
export async function edited(
  repo: RepoView,
  path: string,
  change: (json: RemoteJson) => void,
): Promise<Extract<CommitOp, { kind: "text" }>> {
  const json = JSON.parse(await repo.text(path)) as RemoteJson;
  change(json);
  return { kind: "text", path, text: `${JSON.stringify(json)}\n` };
}

/** Changes a snapshot file of the project `digits`, and has the index say so. */
export async function rewriteSnapshot(
  repo: RepoView,
  { sync }: Device,
  file: string,
  change: (json: RemoteJson) => void,
  ...more: readonly CommitOp[]
): Promise<void> {
  const snapshot = await edited(repo, `cairn/projects/digits/${file}.json`, change);
  const index = await edited(repo, INDEX_PATH, ({ files }) => {
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
  const path = manifestPath("digits", name, other, false);
  const theirs = JSON.parse(await repo.text(path)) as Fields & { readonly digest: Digest };
  const op = await edited(repo, manifestPath("digits", name, uid, false), (json) => {
    Object.assign(json, { digest: theirs.digest, files: theirs.files, packs: theirs.packs });
  });
  return { op, digest: theirs.digest };
}
