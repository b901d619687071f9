// What the tests of the public API share: a draft, and a folder to read or write.
import { Artifact } from "../../src/index.ts";

/** A draft with one file. */
export function aModel(weights: string, name = "my-model"): Artifact {
  return new Artifact({ name, type: "model" }).addFile(weights, "weights.bin");
}

/** A fresh folder that the browser keeps for this origin. */
export async function aFolder(
  files: Record<string, string> = {},
): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(crypto.randomUUID(), { create: true });
  for (const [path, text] of Object.entries(files)) {
    const names = path.split("/");
    let parent = folder;
    for (const name of names.slice(0, -1))
      parent = await parent.getDirectoryHandle(name, { create: true });
    const handle = await parent.getFileHandle(names.at(-1) ?? "", { create: true });
    const writable = await handle.createWritable();
    await writable.write(text);
    await writable.close();
  }
  return folder;
}
