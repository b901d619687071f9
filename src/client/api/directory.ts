// Folders given to the API, listed as files with paths below them.
import { CairnError, errorOf, type Problem } from "../../core/errors.ts";
import type { FoundBatch } from "../pick/found.ts";
import { compileRules, readyMadeRules } from "../pick/ignore-rules.ts";
import type { FolderNode, PickedNode } from "../pick/nodes.ts";
import { walk } from "../pick/walk.ts";
import type { FileSource } from "./contents.ts";

/** A folder: a directory handle, the list of an `<input webkitdirectory>`, or paths with their files. */
export type DirectorySource =
  | FileSystemDirectoryHandle
  | FileList
  | Iterable<{ readonly path: string; readonly file: FileSource }>;

export interface ListedFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly file: FileSource;
}

/**
 * The files in a folder, without those that the ignore rules leave out.
 *
 * @throws CairnError `folder_unreadable`, `file_unreadable`
 */
export async function listDirectory(
  source: DirectorySource,
  ignoresJunk: boolean,
): Promise<readonly ListedFile[]> {
  const matcher = compileRules(ignoresJunk ? readyMadeRules() : []);
  const listed = await listAll(source, (path) => matcher.findForFolder(inFolder(path)) !== null);
  return listed.filter(({ path }) => matcher.findForFile(inFolder(path)) === null);
}

async function listAll(
  source: DirectorySource,
  skipsFolder: (path: string) => boolean,
): Promise<readonly ListedFile[]> {
  if (isDirectoryHandle(source)) return walkHandle(source, skipsFolder);
  if (!isFileList(source)) return [...source];
  return Array.from(source, (file) => ({ path: belowTop(file), file }));
}

async function walkHandle(
  handle: FileSystemDirectoryHandle,
  skipsFolder: (path: string) => boolean,
): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  const failed: Problem[] = [];
  const onBatch = ({ files: more, problems }: FoundBatch): void => {
    for (const { problem } of problems) failed.push(problem);
    for (const { path, file } of more) files.push({ path: withoutTop(path), file });
  };
  await walk([{ path: handle.name, node: folderNode(handle) }], {
    skipsFolder: (path) => skipsFolder(withoutTop(path)),
    onBatch,
    signal: new AbortController().signal,
  });
  const [first] = failed;
  if (first !== undefined) throw errorOf(first);
  return files;
}

function folderNode(handle: FileSystemDirectoryHandle): FolderNode {
  return {
    isFolder: true,
    name: handle.name,
    async *children() {
      for await (const child of handle.values()) yield [nodeOf(child)];
    },
  };
}

function nodeOf(handle: FileSystemHandle): PickedNode {
  if (isDirectoryHandle(handle)) return folderNode(handle);
  const { name } = handle;
  if (!isFileHandle(handle))
    throw new CairnError("file_unreadable", { path: name, reason: "it is no file" });
  return { isFolder: false, name, open: () => handle.getFile() };
}

export function isDirectoryHandle(source: object): source is FileSystemDirectoryHandle {
  return "kind" in source && source.kind === "directory";
}

export function isFileHandle(source: object): source is FileSystemFileHandle {
  return "kind" in source && source.kind === "file";
}

/** Workers have no FileList to ask about. */
export function isFileList(source: object): source is FileList {
  return typeof FileList !== "undefined" && source instanceof FileList;
}

/** A chosen folder's files, relative to it. */
function belowTop(file: File): string {
  return file.webkitRelativePath === "" ? file.name : withoutTop(file.webkitRelativePath);
}

/** The rules leave out only what lies in a folder: a file given by itself is meant. */
function inFolder(path: string): string {
  return `folder/${path}`;
}

function withoutTop(path: string): string {
  return path.slice(path.indexOf("/") + 1);
}
