// Folders that versions were saved to: the last hope for bytes that are nowhere else.
import type { Digest } from "../core/digest.ts";
import { filesOf } from "../core/manifest.ts";
import { formatVersion } from "../core/version.ts";
import { getManifest } from "../store/artifacts.ts";
import { artifactReader } from "../store/by-uid.ts";
import type { Database } from "../store/schema.ts";
import { withRead } from "../store/transaction.ts";

/** A folder that a blob was saved to, as the end of "they were last known to be …"; `null` for none. */
export function copiedTo(db: Database, digest: Digest): Promise<string | null> {
  const stores = ["folderCopies", "versions", "artifacts", "manifests"] as const;
  return withRead(db, [...stores], async (tx) => {
    const copies = await tx.objectStore("folderCopies").getAll();
    for (const { version: uid, folder, savedAt } of copies.toSorted(newestFirst)) {
      const version = await tx.objectStore("versions").index("byUid").get(uid);
      if (version === undefined) continue;
      for (const file of filesOf(await getManifest(tx, version.digest))) {
        if (file.digest !== digest) continue;
        const { project, name } = await artifactReader(tx)(version.artifact);
        const spec = `${project}/${name}:${formatVersion(version.number)}`;
        return `in the folder “${folder}”, where ${spec} was saved on ${savedAt.slice(0, 10)}`;
      }
    }
    return null;
  });
}

function newestFirst(a: { readonly savedAt: string }, b: { readonly savedAt: string }): number {
  return b.savedAt.localeCompare(a.savedAt);
}
