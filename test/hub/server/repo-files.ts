// How contents become a repo's files.
import { blobOid, pointerText } from "./git-objects.ts";
import type { Change, RepoFile } from "./tree.ts";

/** A file whose bytes are in git. */
export function regularFile(bytes: Uint8Array, change: Change): RepoFile {
  return { oid: blobOid(bytes), size: bytes.length, change, content: { kind: "regular", bytes } };
}

/** A file that git has only a pointer to. */
export function lfsFile(sha256: string, size: number, change: Change): RepoFile {
  const pointer = Buffer.from(pointerText(sha256, size));
  return { oid: blobOid(pointer), size, change, content: { kind: "lfs", sha256, pointer } };
}

/** Whether git would take the bytes for binary: a NUL, or no UTF-8. A sample may end within a letter. */
export function isBinary(bytes: Uint8Array, isSample: boolean): boolean {
  if (bytes.includes(0)) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isSample });
    return false;
  } catch {
    return true;
  }
}
