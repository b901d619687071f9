// The keyboard of the JSON tree.
import { nextLine } from "../parts/next-index.ts";
import { canOpen, type JsonTreeState } from "./json-tree-state.ts";

/** Acts on a key. Answers whether it was one of the tree's. */
export function onJsonKey(event: KeyboardEvent, tree: JsonTreeState): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const lines = tree.lines.value;
  const at = Math.min(tree.active.value, lines.length - 1);
  const line = lines[at];
  if (line === undefined) return false;
  const folds = line.kind === "value" && canOpen(line.node);
  const isOpen = folds && tree.isOpen(line.path);
  switch (event.key) {
    case "ArrowRight":
      if (folds && !isOpen) void tree.setOpen(line.path, true);
      else if (folds) tree.move(at + 1);
      break;
    case "ArrowLeft":
      if (isOpen) void tree.setOpen(line.path, false);
      else if (line.depth > 0)
        tree.move(lines.findLastIndex((other, i) => i < at && other.depth < line.depth));
      break;
    case "Enter":
    case " ":
      if (line.kind === "more") void tree.more(line.path);
      else if (folds) void tree.setOpen(line.path, !isOpen);
      break;
    default: {
      const to = nextLine(event.key, at, lines.length);
      if (to === null) return false;
      tree.move(to);
    }
  }
  event.preventDefault();
  return true;
}
