// A commit's files. Folders are never changed once a commit holds them: an edit copies those it touches.
import { HubError } from "./hub-error.ts";

/** Who changed a file last. Filled in with the commit, which is made after its tree. */
export interface Change {
  readonly id: string;
  readonly title: string;
  readonly date: string;
}

export interface RepoFile {
  /** git's id: of the bytes, or of the pointer. */
  readonly oid: string;
  readonly size: number;
  readonly change: Change;
  readonly content:
    | { readonly kind: "regular"; readonly bytes: Uint8Array }
    | { readonly kind: "lfs"; readonly sha256: string; readonly pointer: Uint8Array };
}

export type TreeNode =
  | { readonly kind: "file"; readonly file: RepoFile }
  | { readonly kind: "folder"; readonly folder: Folder };

export type Folder = ReadonlyMap<string, TreeNode>;

export const EMPTY_FOLDER: Folder = new Map();

/** Finds a file or folder; the root has the path "". */
export function findNode(root: Folder, path: string): TreeNode | undefined {
  let node: TreeNode = { kind: "folder", folder: root };
  if (path === "") return node;
  for (const name of path.split("/")) {
    const next: TreeNode | undefined = node.kind === "folder" ? node.folder.get(name) : undefined;
    if (next === undefined) return undefined;
    node = next;
  }
  return node;
}

export function findFile(root: Folder, path: string): RepoFile | undefined {
  const node = findNode(root, path);
  return node?.kind === "file" ? node.file : undefined;
}

/** Gives what is in a folder, sorted by name; with `recursive` also all below it, folders included. */
export function* listFolder(
  folder: Folder,
  path: string,
  recursive: boolean,
): Generator<[path: string, node: TreeNode]> {
  for (const name of [...folder.keys()].toSorted()) {
    const node = folder.get(name);
    if (node === undefined) continue;
    const inner = path === "" ? name : `${path}/${name}`;
    yield [inner, node];
    if (recursive && node.kind === "folder") yield* listFolder(node.folder, inner, true);
  }
}

/** Changes to a tree that become one commit's, or nothing. */
export class TreeEdit {
  #root: Map<string, TreeNode>;
  /** Copies made by this edit, which it may change. */
  readonly #own = new Set<Folder>();

  constructor(root: Folder) {
    this.#root = new Map(root);
    this.#own.add(this.#root);
  }

  get root(): Folder {
    return this.#root;
  }

  /** Puts a file; 400 where a folder has its name, or a file the name of a folder above it. */
  put(path: string, file: RepoFile, maxEntries: number): void {
    const names = path.split("/");
    const last = names.pop() ?? "";
    let folder = this.#root;
    for (const name of names) {
      const next = this.#enter(folder, name);
      if (next === undefined) throw clash(path);
      folder = next;
    }
    if (folder.get(last)?.kind === "folder") throw clash(path);
    folder.set(last, { kind: "file", file });
    if (folder.size > maxEntries) throw tooFull(names.join("/"), maxEntries);
  }

  /** Takes away a file or a folder, and the folders that become empty; 404 where there is none. */
  remove(path: string, kind: TreeNode["kind"]): void {
    if (findNode(this.#root, path)?.kind !== kind || path === "")
      throw new HubError(404, `A file with this name doesn't exist: ${path}`, {
        code: "EntryNotFound",
      });
    this.#removeFrom(this.#root, path.split("/"));
  }

  #removeFrom(folder: Map<string, TreeNode>, [name = "", ...rest]: readonly string[]): void {
    if (rest.length === 0) {
      folder.delete(name);
      return;
    }
    const inner = this.#enter(folder, name);
    if (inner === undefined) return;
    this.#removeFrom(inner, rest);
    if (inner.size === 0) folder.delete(name);
  }

  /** Gives a folder that may be changed, made where there is none; `undefined` for a file. */
  #enter(folder: Map<string, TreeNode>, name: string): Map<string, TreeNode> | undefined {
    const node = folder.get(name);
    if (node?.kind === "file") return undefined;
    if (node !== undefined && this.#own.has(node.folder))
      return node.folder as Map<string, TreeNode>;
    const copy = new Map(node?.folder);
    this.#own.add(copy);
    folder.set(name, { kind: "folder", folder: copy });
    return copy;
  }
}

function clash(path: string): HubError {
  return new HubError(400, `"${path}" is a file and a folder at once.`);
}

function tooFull(path: string, maxEntries: number): HubError {
  return new HubError(
    400,
    "Your push was rejected because it contains too many files in one folder " +
      `(at most ${maxEntries}). Offending folder: - ${path === "" ? "/" : path}`,
  );
}
