// Files to sync: bytes that neither repeat nor compress.
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { randomFillSync } from "node:crypto";
import { join } from "node:path";

const MIB = 1 << 20;

/** Writes the files and gives their paths. Text ones are hexadecimal. */
export function makeFiles(folder, { files, bytes, ending }) {
  return Array.from({ length: files }, (_, i) => {
    const path = join(folder, `file-${String(i).padStart(5, "0")}.${ending}`);
    const out = openSync(path, "w");
    for (let at = 0; at < bytes; at += MIB)
      writeSync(out, content(Math.min(MIB, bytes - at), ending));
    closeSync(out);
    return path;
  });
}

/** Gives a file other bytes. Returns the way back. */
export function changeOne(path, bytes) {
  const before = readFileSync(path);
  writeFileSync(path, content(bytes, path.split(".").at(-1)));
  return () => writeFileSync(path, before);
}

function content(bytes, ending) {
  if (ending !== "txt") return randomFillSync(Buffer.alloc(bytes));
  return Buffer.from(randomFillSync(Buffer.alloc(Math.ceil(bytes / 2))).toString("hex"));
}
