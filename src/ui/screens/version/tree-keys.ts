// The keyboard of the file tree.
import { referenceAt } from "../../../core/manifest.ts";
import { nextLine } from "../../parts/next-index.ts";
import type { FileTreeState } from "../../state/file-tree-state.ts";

/** What can be done with the file that the keyboard is on. */
export interface TreeActions {
  readonly onOpen: (path: string) => void;
  readonly onDownload: (path: string) => void;
}

/** Acts on a key. Answers whether it was one of the tree's. */
export function onTreeKey(
  event: KeyboardEvent,
  tree: FileTreeState,
  { onOpen, onDownload }: TreeActions,
): boolean {
  // Boxes and buttons inside keep their own keys.
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
    return false;
  const lines = tree.lines.value;
  const at = Math.min(tree.active.value, lines.length - 1);
  const line = lines[at];
  if (line === undefined) return false;
  const { node, depth } = line;
  const move = (to: number): void => {
    tree.active.value = Math.max(0, Math.min(lines.length - 1, to));
  };
  switch (event.key) {
    case "ArrowRight":
      if (node.kind === "folder" && !tree.isOpen(node.prefix)) tree.setOpen(node.prefix, true);
      else move(at + 1);
      break;
    case "ArrowLeft":
      if (node.kind === "folder" && tree.isOpen(node.prefix)) tree.setOpen(node.prefix, false);
      else if (depth > 0)
        move(lines.findLastIndex((candidate, i) => i < at && candidate.depth < depth));
      break;
    case " ":
      tree.toggle(node);
      break;
    case "Enter":
      if (node.kind === "folder") tree.setOpen(node.prefix, !tree.isOpen(node.prefix));
      else onOpen(tree.manifest.paths[node.row] ?? "");
      break;
    case "d":
      if (node.kind === "folder" || referenceAt(tree.manifest, node.row) !== undefined)
        return false;
      onDownload(tree.manifest.paths[node.row] ?? "");
      break;
    default: {
      const to = nextLine(event.key, at, lines.length);
      if (to === null) return false;
      move(to);
    }
  }
  event.preventDefault();
  return true;
}
