// The names git gives to contents.
import { createHash } from "node:crypto";
import type { Folder, TreeNode } from "./tree.ts";

export function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

/** The id git has for a file of these bytes. */
export function blobOid(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** What git keeps in place of a large file. */
export function pointerText(sha256: string, size: number): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${size}\n`;
}

const folderOids = new WeakMap<Folder, string>();

/** The id git has for a folder. */
export function folderOid(folder: Folder): string {
  const known = folderOids.get(folder);
  if (known !== undefined) return known;
  const rows = [...folder].toSorted(([a, x], [b, y]) =>
    Buffer.compare(Buffer.from(sortName(a, x)), Buffer.from(sortName(b, y))),
  );
  const listing = Buffer.concat(
    rows.flatMap(([name, node]) => [
      Buffer.from(`${node.kind === "file" ? "100644" : "40000"} ${name}\0`),
      Buffer.from(node.kind === "file" ? node.file.oid : folderOid(node.folder), "hex"),
    ]),
  );
  const oid = createHash("sha1").update(`tree ${listing.length}\0`).update(listing).digest("hex");
  folderOids.set(folder, oid);
  return oid;
}

/** git sorts a folder as if its name ended in a slash. */
function sortName(name: string, node: TreeNode): string {
  return node.kind === "file" ? name : `${name}/`;
}
