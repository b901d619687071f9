// Walks dropped folders, with a few listings and a few dozen file openings under way at a time.
import { Batcher } from "./batcher.ts";
import { found, throwIfAborted, type FoundFile, type ReadOptions } from "./found.ts";
import type { FileNode, FolderNode, PickedNode } from "./nodes.ts";

const FOLDERS_AT_ONCE = 4;
/** More doesn't go faster, and makes the page stutter while Chromium answers them all. */
const OPENINGS_AT_ONCE = 24;

/** Something to read, and the path it goes by. */
export interface PlacedNode<Node extends PickedNode = PickedNode> {
  readonly path: string;
  readonly node: Node;
}

/** Reads the nodes and everything below them. Returns whether it found anything but empty folders. */
export async function walk(start: readonly PlacedNode[], options: ReadOptions): Promise<boolean> {
  const { signal, skipsFolder } = options;
  let foundAny = false;
  const batcher = new Batcher((batch) => {
    foundAny ||= batch.files.length + batch.skipped.length + batch.problems.length > 0;
    if (!signal.aborted) options.onBatch(batch);
  });
  const limitOpenings = limiter(OPENINGS_AT_ONCE);
  // A stack: what was found last is read first, so it stays short.
  const folders: PlacedNode<FolderNode>[] = [];
  const files: PlacedNode<FileNode>[] = [];
  sort(start, files, folders);
  folders.reverse();
  await addFiles(files);
  await readFolders();
  batcher.flush();
  throwIfAborted(signal);
  return foundAny;

  async function readFolders(): Promise<void> {
    const running = new Set<Promise<void>>();
    for (;;) {
      if (signal.aborted) folders.length = 0;
      const next = running.size < FOLDERS_AT_ONCE ? folders.pop() : undefined;
      if (next !== undefined) {
        const reading: Promise<void> = readFolder(next).finally(() => running.delete(reading));
        running.add(reading);
      } else if (running.size > 0) await Promise.race(running);
      else return;
    }
  }

  async function readFolder({ path, node }: PlacedNode<FolderNode>): Promise<void> {
    let adding = Promise.resolve();
    let isEmpty = true;
    try {
      for await (const children of node.children()) {
        if (signal.aborted) break;
        if (children.length > 0) isEmpty = false;
        const inside: PlacedNode<FileNode>[] = [];
        const below: PlacedNode<FolderNode>[] = [];
        sort(
          children.map((child) => ({ path: `${path}/${child.name}`, node: child })),
          inside,
          below,
        );
        for (const folder of below) {
          if (skipsFolder(folder.path)) batcher.addSkipped(folder);
          else folders.push(folder);
        }
        // The next listing is asked for while these files are opened.
        await adding;
        adding = addFiles(inside);
      }
    } catch (error) {
      isEmpty = false;
      const problem = {
        code: "folder_unreadable",
        data: { path, reason: reasonOf(error) },
      } as const;
      batcher.addProblem({ path, isFolder: true, problem });
    }
    await adding;
    if (isEmpty && !signal.aborted) batcher.addEmptyFolder();
  }

  async function addFiles(placed: readonly PlacedNode<FileNode>[]): Promise<void> {
    const opened = await Promise.all(placed.map((file) => limitOpenings(() => openFile(file))));
    batcher.addFiles(opened.filter((file) => file !== null));
  }

  async function openFile({ path, node }: PlacedNode<FileNode>): Promise<FoundFile | null> {
    if (signal.aborted) return null;
    try {
      return found(path, await node.open());
    } catch (error) {
      const problem = { code: "file_unreadable", data: { path, reason: reasonOf(error) } } as const;
      batcher.addProblem({ path, isFolder: false, problem });
      return null;
    }
  }
}

function sort(
  placed: readonly PlacedNode[],
  files: PlacedNode<FileNode>[],
  folders: PlacedNode<FolderNode>[],
): void {
  for (const { path, node } of placed) {
    if (node.isFolder) folders.push({ path, node });
    else files.push({ path, node });
  }
}

/** Runs tasks in the order given, at most `most` at a time. */
function limiter(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The place goes to the next in line without becoming free in between.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "the browser gave no reason";
  switch (error.name) {
    case "NotFoundError":
      return "it is no longer there";
    case "NotReadableError":
    case "SecurityError":
    case "NotAllowedError":
      return "the browser was refused";
    default:
      return error.message === "" ? "the browser gave no reason" : error.message;
  }
}
