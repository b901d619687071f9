// Folders of a manifest, found by binary search in the sorted paths: no tree is ever built.
import { lowerBound, type Manifest } from "./manifest.ts";

/** One line of a folder listing. `row` is the file's row, or the folder's first. */
export type TreeNode =
  | {
      readonly kind: "file";
      readonly name: string;
      readonly row: number;
      readonly sizeBytes: number;
    }
  | {
      readonly kind: "folder";
      readonly name: string;
      /** The folder's path with a slash at its end. */
      readonly prefix: string;
      readonly row: number;
      readonly fileCount: number;
      readonly sizeBytes: number;
    };

/** Paths in their order, with a size each: a manifest, or the files of a comparison. */
export type SizedPaths = Pick<Manifest, "paths" | "sizes">;

/** A manifest with what folder listings need: running sums of its sizes. */
export interface ManifestTree {
  readonly manifest: SizedPaths;
  /** `sums[i]` is the number of bytes in the rows before i. */
  readonly sums: Float64Array;
}

/** Prepares a manifest for {@link childrenOf}, in time proportional to its rows. */
export function treeOf(manifest: SizedPaths): ManifestTree {
  const sums = new Float64Array(manifest.sizes.length + 1);
  for (let row = 0; row < manifest.sizes.length; row++)
    sums[row + 1] = (sums[row] ?? 0) + (manifest.sizes[row] ?? 0);
  return { manifest, sums };
}

/**
 * Lists a folder: folders first, then files, each in path order.
 *
 * @param prefix the folder's path with a slash at its end; empty for the root
 */
export function childrenOf(tree: ManifestTree, prefix: string): readonly TreeNode[] {
  const { paths, sizes } = tree.manifest;
  const folders: TreeNode[] = [];
  const files: TreeNode[] = [];
  const [from, end] = rowsUnder(tree.manifest, prefix);
  let row = from;
  while (row < end) {
    const path = paths[row] ?? "";
    const slash = path.indexOf("/", prefix.length);
    if (slash < 0) {
      files.push({
        kind: "file",
        name: path.slice(prefix.length),
        row,
        sizeBytes: sizes[row] ?? 0,
      });
      row++;
    } else {
      const folder = path.slice(0, slash + 1);
      const [, after] = rowsUnder(tree.manifest, folder);
      folders.push({
        kind: "folder",
        name: path.slice(prefix.length, slash),
        prefix: folder,
        row,
        fileCount: after - row,
        sizeBytes: (tree.sums[after] ?? 0) - (tree.sums[row] ?? 0),
      });
      row = after;
    }
  }
  return [...folders, ...files];
}

/** The rows [from, end) whose paths start with `prefix`, which is empty or ends in a slash. */
export function rowsUnder(
  manifest: Pick<Manifest, "paths">,
  prefix: string,
): readonly [from: number, end: number] {
  if (prefix === "") return [0, manifest.paths.length];
  // "0" is the character after "/", so this sorts right behind everything in the folder.
  return [
    lowerBound(manifest.paths, prefix),
    lowerBound(manifest.paths, `${prefix.slice(0, -1)}0`),
  ];
}
