// The files of a version as a person folds, searches and chooses them.
import { computed, signal } from "@preact/signals";
import type { Manifest } from "../../core/manifest.ts";
import { childrenOf, rowsUnder, treeOf, type TreeNode } from "../../core/manifest-tree.ts";
import { parentFolders } from "../../core/path.ts";

/** A line on screen. `label` is the name in a tree, the whole path among search results. */
export interface FileLine {
  readonly node: TreeNode;
  readonly depth: number;
  readonly label: string;
}

export type Choice = "none" | "some" | "all";

export class FileTreeState {
  /** The line that the keyboard is on. */
  readonly active = signal(0);
  readonly manifest: Manifest;
  readonly #tree: ReturnType<typeof treeOf>;
  readonly #query = signal("");
  readonly #open = signal<ReadonlySet<string>>(new Set());
  readonly #chosen: Uint8Array;
  readonly #chosenCount = signal(0);
  /** The paths as a search compares them. */
  #folded: readonly string[] | null = null;

  constructor(manifest: Manifest) {
    this.manifest = manifest;
    this.#tree = treeOf(manifest);
    this.#chosen = new Uint8Array(manifest.paths.length);
    // A lone folder would only be in the way.
    const [only, ...more] = childrenOf(this.#tree, "");
    if (only?.kind === "folder" && more.length === 0) this.#open.value = new Set([only.prefix]);
  }

  /** The lines to show: open folders, or search results. */
  readonly lines = computed<readonly FileLine[]>(() => {
    const query = this.#query.value.trim().toLowerCase();
    return query === "" ? this.#unfolded("", 0) : this.#found(query);
  });

  /** Shows the files whose path contains the text; all, in folders, for an empty one. */
  search(query: string): void {
    this.#query.value = query;
    this.active.value = 0;
  }

  /** Opens the folders a file lies in and puts the keyboard on its line, where the search shows it. */
  reveal(path: string): void {
    const open = new Set(this.#open.value);
    for (const folder of parentFolders(path)) open.add(`${folder}/`);
    this.#open.value = open;
    const line = this.lines.value.findIndex(
      ({ node }) => node.kind === "file" && this.manifest.paths[node.row] === path,
    );
    if (line >= 0) this.active.value = line;
  }

  /** The file on the keyboard's line, or `null` where that is a folder. */
  get activePath(): string | null {
    const node = this.lines.value[this.active.value]?.node;
    return node?.kind === "file" ? (this.manifest.paths[node.row] ?? null) : null;
  }

  get chosenCount(): number {
    return this.#chosenCount.value;
  }

  /** The chosen paths, or `null` when all or none are chosen: both mean the whole version. */
  get chosenPaths(): readonly string[] | null {
    const { paths } = this.manifest;
    if (this.chosenCount === 0 || this.chosenCount === paths.length) return null;
    return paths.filter((_, row) => this.#chosen[row] === 1);
  }

  get chosenBytes(): number {
    return this.chosenCount === 0
      ? 0
      : this.#chosen.reduce((sum, on, row) => sum + on * (this.manifest.sizes[row] ?? 0), 0);
  }

  isOpen(prefix: string): boolean {
    return this.#open.value.has(prefix);
  }

  setOpen(prefix: string, isOpen: boolean): void {
    const open = new Set(this.#open.value);
    if (isOpen) open.add(prefix);
    else open.delete(prefix);
    this.#open.value = open;
  }

  /** How much of a file or folder is chosen. */
  choiceOf(node: TreeNode): Choice {
    const { chosenCount } = this;
    if (chosenCount === 0) return "none";
    if (chosenCount === this.#chosen.length) return "all";
    if (node.kind === "file") return this.#chosen[node.row] === 1 ? "all" : "none";
    const [from, end] = this.#rowsOf(node);
    const count = countOnes(this.#chosen, from, end);
    return count === 0 ? "none" : count === end - from ? "all" : "some";
  }

  /** Chooses a file, or everything in a folder; the other way when all of it is chosen. */
  toggle(node: TreeNode): void {
    const [from, end] = this.#rowsOf(node);
    this.#chosen.fill(this.choiceOf(node) === "all" ? 0 : 1, from, end);
    this.#recount();
  }

  /** Chooses what is shown, every file or every search result; nothing when all of it is chosen. */
  toggleShown(): void {
    const lines = this.lines.value;
    const target = lines.every(({ node }) => this.choiceOf(node) === "all") ? 0 : 1;
    for (const { node } of lines) this.#chosen.fill(target, ...this.#rowsOf(node));
    this.#recount();
  }

  clearChoice(): void {
    this.#chosen.fill(0);
    this.#recount();
  }

  #rowsOf(node: TreeNode): readonly [from: number, end: number] {
    return node.kind === "file" ? [node.row, node.row + 1] : rowsUnder(this.manifest, node.prefix);
  }

  #recount(): void {
    // Zero first: the count may stay the same while the choice moves.
    this.#chosenCount.value = -1;
    this.#chosenCount.value = countOnes(this.#chosen, 0, this.#chosen.length);
  }

  #unfolded(prefix: string, depth: number): FileLine[] {
    const lines: FileLine[] = [];
    for (const node of childrenOf(this.#tree, prefix)) {
      lines.push({ node, depth, label: node.name });
      if (node.kind === "folder" && this.#open.value.has(node.prefix))
        for (const line of this.#unfolded(node.prefix, depth + 1)) lines.push(line);
    }
    return lines;
  }

  #found(query: string): FileLine[] {
    const lines: FileLine[] = [];
    // Once, not with every letter typed.
    this.#folded ??= this.manifest.paths.map((path) => path.toLowerCase());
    const folded = this.#folded;
    this.manifest.paths.forEach((path, row) => {
      if (folded[row]?.includes(query) !== true) return;
      const node = {
        kind: "file" as const,
        name: path,
        row,
        sizeBytes: this.manifest.sizes[row] ?? 0,
      };
      lines.push({ node, depth: 0, label: path });
    });
    return lines;
  }
}

/** Among tens of thousands a plain loop is many times as fast as a callback each. */
function countOnes(flags: Uint8Array, from: number, end: number): number {
  let count = 0;
  for (let row = from; row < end; row++) count += flags[row] ?? 0;
  return count;
}
