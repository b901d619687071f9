// Hand-made FileSystemEntry trees that behave as Chromium's: 100 entries in the first listing, the rest in the second.
import type { Transfer } from "../../../src/client/pick/read-transfer.ts";

export interface FakeTree {
  readonly [name: string]: string | FakeTree | DOMException;
}

const filesystem: FileSystem = {
  name: "fake",
  get root(): never {
    throw new Error("nobody asks for the root");
  },
};

/** An entry for a file (text), a folder (tree), or something that can't be read (error). */
export function fakeEntry(name: string, node: FakeTree[string], parent = ""): FileSystemEntry {
  const fullPath = `${parent}/${name}`;
  const base = { name, fullPath, filesystem, getParent: () => {} };
  if (typeof node === "string") {
    const entry: FileSystemFileEntry = {
      ...base,
      isFile: true,
      isDirectory: false,
      file: (done) => setTimeout(() => done(new File([node], name, { lastModified: 7 }))),
    };
    return entry;
  }
  if (node instanceof DOMException) {
    const entry: FileSystemFileEntry = {
      ...base,
      isFile: true,
      isDirectory: false,
      file: (_done, fail) => setTimeout(() => fail?.(node)),
    };
    return entry;
  }
  return fakeFolder(
    name,
    Object.entries(node).map(([child, inner]) => fakeEntry(child, inner, fullPath)),
  );
}

/** A folder of ready entries; with an error, listing fails after what is there was listed. */
export function fakeFolder(
  name: string,
  children: readonly FileSystemEntry[],
  error?: DOMException,
): FileSystemDirectoryEntry & { readonly listings: number } {
  let listings = 0;
  return {
    name,
    fullPath: `/${name}`,
    filesystem,
    isFile: false,
    isDirectory: true,
    get listings() {
      return listings;
    },
    getParent: () => {},
    getDirectory: () => {},
    getFile: () => {},
    createReader() {
      const left = [...children];
      return {
        readEntries(done, fail) {
          const next = left.splice(0, listings++ === 0 ? 100 : Infinity);
          setTimeout(() => (next.length === 0 && error !== undefined ? fail?.(error) : done(next)));
        },
      };
    },
  };
}

/** What a drop holds: emptied when the drop handler returns. */
export function fakeTransfer(
  entries: readonly FileSystemEntry[],
  text?: string,
): { readonly transfer: Transfer; readonly empty: () => void } {
  let live = true;
  const items = [
    ...entries.map((entry) => ({
      kind: "file",
      webkitGetAsEntry: () => (live ? entry : null),
      getAsFile: () => null,
    })),
    ...(text === undefined
      ? []
      : [{ kind: "string", webkitGetAsEntry: () => null, getAsFile: () => null }]),
  ];
  return { transfer: { items }, empty: () => (live = false) };
}
