// The files of a comparison as a person filters, folds and chooses them.
import { computed, signal } from "@preact/signals";
import {
  FILE_MARKS,
  pathOf,
  type ComparedFile,
  type Comparison,
  type FileMark,
} from "../../core/compare-manifests.ts";
import { childrenOf, rowsUnder, treeOf } from "../../core/manifest-tree.ts";
import type { LogicalPath } from "../../core/path.ts";

/** Files of each mark. */
export type MarkCounts = Readonly<Record<FileMark, number>>;

/** A line on screen. `label` is the name in a tree, the whole path among search results. */
export type CompareLine = { readonly depth: number; readonly label: string } & (
  | { readonly kind: "file"; readonly path: LogicalPath; readonly file: ComparedFile }
  | {
      readonly kind: "folder";
      /** The folder's path with a slash at its end. */
      readonly prefix: string;
      readonly counts: MarkCounts;
      readonly bytes: ByteChange;
    }
);

/** Bytes that files grew and shrank by, as a tree of files and not as contents. */
export interface ByteChange {
  readonly up: number;
  readonly down: number;
}

/** So many files are shown unfolded at once. */
const UNFOLDED = 100;

export class CompareTreeState {
  /** The line that the keyboard is on. */
  readonly active = signal(0);
  readonly comparison: Comparison;
  readonly counts: MarkCounts;
  readonly #marks = signal<ReadonlySet<FileMark>>(new Set());
  readonly #query = signal("");
  /** Folders that were folded or unfolded by hand. */
  readonly #touched = signal<ReadonlyMap<string, boolean>>(new Map());

  constructor(comparison: Comparison) {
    this.comparison = comparison;
    const counts = emptyCounts();
    for (const { mark } of comparison.files) counts[mark]++;
    this.counts = counts;
    this.#marks.value = new Set(marksOf("", counts));
  }

  /** Shows the files of these marks, whose path contains the text. */
  filter(marks: string, query: string): void {
    const wanted = marksOf(marks, this.counts);
    const shown = this.#marks.value;
    const isShown = wanted.length === shown.size && wanted.every((mark) => shown.has(mark));
    if (isShown && query === this.#query.value) return;
    this.#marks.value = new Set(wanted);
    this.#query.value = query;
    this.active.value = 0;
  }

  get marks(): ReadonlySet<FileMark> {
    return this.#marks.value;
  }

  /** The files that pass the filter, with running sums, so that any folder's sum is a subtraction. */
  readonly #shown = computed(() => {
    const marks = this.#marks.value;
    const query = this.#query.value.trim().toLowerCase();
    const { comparison } = this;
    const files = comparison.files.filter(
      (file) =>
        marks.has(file.mark) &&
        (query === "" || pathsOf(comparison, file).some((path) => path.includes(query))),
    );
    return { query, ...sumUp(comparison, files) };
  });

  /** How many files pass the filter. */
  get shownCount(): number {
    return this.#shown.value.files.length;
  }

  /** The lines to show: open folders, or search results. */
  readonly lines = computed<readonly CompareLine[]>(() => {
    const { query, files, tree } = this.#shown.value;
    if (query === "") return this.#unfolded("", 0);
    return files.map((file, row): CompareLine => {
      const path = tree.manifest.paths[row] ?? pathOf(this.comparison, file);
      return { kind: "file", depth: 0, label: path, path, file };
    });
  });

  isOpen(prefix: string): boolean {
    const touched = this.#touched.value.get(prefix);
    if (touched !== undefined) return touched;
    return this.shownCount <= UNFOLDED || this.#isLone(prefix);
  }

  setOpen(prefix: string, isOpen: boolean): void {
    this.#touched.value = new Map(this.#touched.value).set(prefix, isOpen);
  }

  /** The file at a path, or at the older path of one that was renamed. */
  find(path: string): ComparedFile | null {
    if (path === "") return null;
    const { comparison } = this;
    return (
      comparison.files.find((file) => pathOf(comparison, file) === path) ??
      comparison.files.find(
        ({ mark, before }) => mark === "renamed" && comparison.before.paths[before] === path,
      ) ??
      null
    );
  }

  /** The only thing in the whole tree would only be in the way. */
  #isLone(prefix: string): boolean {
    const { tree, files } = this.#shown.value;
    const [from, end] = rowsUnder(tree.manifest, prefix);
    return end - from === files.length;
  }

  #unfolded(prefix: string, depth: number): CompareLine[] {
    const { tree, files, countsIn, bytesIn } = this.#shown.value;
    const lines: CompareLine[] = [];
    for (const node of childrenOf(tree, prefix)) {
      if (node.kind === "file") {
        const file = files[node.row];
        const path = tree.manifest.paths[node.row];
        if (file !== undefined && path !== undefined)
          lines.push({ kind: "file", depth, label: node.name, path, file });
        continue;
      }
      const { prefix: folder, row, fileCount } = node;
      const counts = countsIn(row, row + fileCount);
      const bytes = bytesIn(row, row + fileCount);
      lines.push({ kind: "folder", depth, label: node.name, prefix: folder, counts, bytes });
      if (this.isOpen(folder))
        for (const line of this.#unfolded(folder, depth + 1)) lines.push(line);
    }
    return lines;
  }
}

/** The marks in a route's text; all that differ for none, and everything where nothing differs. */
export function marksOf(text: string, counts: MarkCounts): readonly FileMark[] {
  const named = FILE_MARKS.filter((mark) => text.split(",").includes(mark));
  if (named.length > 0) return named;
  const differing = FILE_MARKS.filter((mark) => mark !== "same");
  return text === "all" || differing.every((mark) => counts[mark] === 0) ? FILE_MARKS : differing;
}

/** How a file's size changed; what moved or stayed did not. */
export function byteChangeOf(
  { before, after }: Comparison,
  { mark, before: old, after: now }: ComparedFile,
): ByteChange {
  const sizeBefore = mark === "copied" ? 0 : (before.sizes[old] ?? 0);
  const difference = (after.sizes[now] ?? 0) - sizeBefore;
  return { up: Math.max(0, difference), down: Math.max(0, -difference) };
}

function sumUp(comparison: Comparison, files: readonly ComparedFile[]) {
  const paths = files.map((file) => pathOf(comparison, file));
  const changes = files.map((file) => byteChangeOf(comparison, file));
  const up = runningSums(changes.map((change) => change.up));
  const down = runningSums(changes.map((change) => change.down));
  const ofMark = FILE_MARKS.map(
    (mark) => [mark, runningSums(files.map((file) => (file.mark === mark ? 1 : 0)))] as const,
  );
  const between = (sums: Float64Array, from: number, end: number): number =>
    (sums[end] ?? 0) - (sums[from] ?? 0);
  return {
    files,
    tree: treeOf({ paths, sizes: new Float64Array(paths.length) }),
    bytesIn: (from: number, end: number): ByteChange => ({
      up: between(up, from, end),
      down: between(down, from, end),
    }),
    countsIn: (from: number, end: number): MarkCounts => {
      const counts = emptyCounts();
      for (const [mark, sums] of ofMark) counts[mark] = between(sums, from, end);
      return counts;
    },
  };
}

function runningSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, at) => {
    sums[at + 1] = (sums[at] ?? 0) + value;
  });
  return sums;
}

function emptyCounts(): Record<FileMark, number> {
  return { changed: 0, added: 0, removed: 0, renamed: 0, copied: 0, same: 0 };
}

/** In lower case, to be searched: a renamed file is found by both. */
function pathsOf(comparison: Comparison, file: ComparedFile): readonly string[] {
  const path = pathOf(comparison, file).toLowerCase();
  const old = file.mark === "renamed" ? comparison.before.paths[file.before] : undefined;
  return old === undefined ? [path] : [path, old.toLowerCase()];
}
