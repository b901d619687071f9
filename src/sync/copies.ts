// Where the bytes of a version are: the copies map.
import { filesOf, type FileEntry } from "../core/manifest.ts";
import type { VersionRef } from "../core/records.ts";
import { versionFolder } from "../core/sync/layout.ts";
import { labelOf, type RemoteTarget } from "../core/sync/remote.ts";
import type { Copies } from "../protocol/sync-api.ts";
import type { Ctx } from "../service/context.ts";
import { getManifest, getVersionOf } from "../store/artifacts.ts";
import { withRead } from "../store/transaction.ts";
import { blobsIn, remoteFilesOf } from "./remote-files.ts";
import { storedOf } from "../store/stored.ts";

/** Says which places are known to have how much of a version. Asks no hub. Throws `not_found`, `in_trash`. */
export function copiesOf({ db }: Pick<Ctx, "db">, ref: VersionRef): Promise<Copies> {
  const stores = [
    "artifacts",
    "versions",
    "deletedVersions",
    "manifests",
    "packs",
    "ingests",
    "folderCopies",
    "remotes",
    "remoteFiles",
  ] as const;
  return withRead(db, [...stores], async (tx) => {
    const { version } = await getVersionOf(tx, ref);
    const files = [...filesOf(await getManifest(tx, version.digest))];
    const stored = await storedOf(tx, [...new Set(files.map(({ digest }) => digest))]);
    const folders = await tx
      .objectStore("folderCopies")
      .getAll(IDBKeyRange.bound([version.uid], [version.uid, []]));
    const folder = versionFolder(ref.project, ref.name, ref.number);
    const remotes: Copies["remotes"][number][] = [];
    for (const remote of await tx.objectStore("remotes").getAll()) {
      const rows = await remoteFilesOf(tx, remote.uid, version.uid);
      const blobs = rows.flatMap((row) => [...blobsIn(row)]);
      const [first] = rows;
      if (first === undefined) continue;
      remotes.push({
        uid: remote.uid,
        label: labelOf(remote),
        files: blobs.length,
        bytes: blobs.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0),
        seenAt: first.seenAt,
        folder,
        url: folderUrl(remote, folder),
      });
    }
    const here = files.filter(({ digest }) => stored.has(digest));
    return {
      totalFiles: files.length,
      totalBytes: sum(files),
      here: { files: here.length, bytes: sum(here) },
      folders: folders.map(({ folder: name, savedAt }) => ({ name, savedAt })),
      remotes,
    };
  });
}

/** Where a folder of a repository is looked at. */
function folderUrl({ hubUrl, type, repo }: RemoteTarget, folder: string): string {
  const kind = type === "model" ? "" : `${type}s/`;
  return `${hubUrl}/${kind}${escaped(repo)}/tree/main/${escaped(folder)}`;
}

function escaped(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function sum(files: readonly FileEntry[]): number {
  return files.reduce((bytes, { size }) => bytes + size, 0);
}
