// Dropped files and folders behind one small shape.
//
// A drop comes as FileSystemEntry everywhere, and in Chromium as FileSystemHandle too. Entries list
// everything; handles pass over names that Chromium finds unsafe (`a.lnk`, `x\y`), but open files
// several times as fast. So entries say what there is, and handles open it where they're known.

export interface FileNode {
  readonly isFolder: false;
  readonly name: string;
  open(): Promise<File>;
}

export interface FolderNode {
  readonly isFolder: true;
  readonly name: string;
  /** What the folder holds, a hundred at a time. */
  children(): AsyncIterable<readonly PickedNode[]>;
}

export type PickedNode = FileNode | FolderNode;

/** Looks up an entry's handle at the time it is needed; `undefined` where none is known. */
type FindHandle = () => FileSystemHandle | undefined;

const NODES_PER_LIST = 100;

/** The node of an entry. */
export function nodeOf(entry: FileSystemEntry, findHandle: FindHandle): PickedNode | null {
  const { name } = entry;
  if (isFile(entry)) return { isFolder: false, name, open: () => openFile(entry, findHandle()) };
  if (isFolder(entry))
    return { isFolder: true, name, children: () => listFolder(entry, findHandle()) };
  return null;
}

function openFile(entry: FileSystemFileEntry, handle: FileSystemHandle | undefined): Promise<File> {
  if (handle !== undefined && isFileHandle(handle)) return handle.getFile();
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function* listFolder(
  entry: FileSystemDirectoryEntry,
  handle: FileSystemHandle | undefined,
): AsyncGenerator<readonly PickedNode[]> {
  const handles = new Map<string, FileSystemHandle>();
  let isCollecting = false;
  const reader = entry.createReader();
  for (;;) {
    // Chromium gives 100 first and then all it has by then; an empty list is the end.
    const listed = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (listed.length === 0) return;
    if (!isCollecting) {
      isCollecting = true;
      // After the first list, which it would hold up, and not waited for. A failure only makes things slower.
      collectHandles(handle, handles).catch(() => {});
    }
    for (let from = 0; from < listed.length; from += NODES_PER_LIST) {
      const some = listed.slice(from, from + NODES_PER_LIST);
      yield some
        .map((child) => nodeOf(child, () => handles.get(child.name)))
        .filter((node) => node !== null);
    }
  }
}

async function collectHandles(
  handle: FileSystemHandle | undefined,
  into: Map<string, FileSystemHandle>,
): Promise<void> {
  if (handle === undefined || !isFolderHandle(handle)) return;
  for await (const child of handle.values()) into.set(child.name, child);
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderHandle(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === "directory";
}

function isFileHandle(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === "file";
}
