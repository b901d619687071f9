// The keyboard of the tree of compared files.
import { nextLine } from "../../parts/next-index.ts";
import type { CompareTreeState } from "../../state/compare-state.ts";

/** Acts on a key. Answers whether it was one of the tree's. */
export function onCompareKey(
  event: KeyboardEvent,
  tree: CompareTreeState,
  onOpen: (path: string) => void,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const lines = tree.lines.value;
  const at = Math.min(tree.active.value, lines.length - 1);
  const line = lines[at];
  if (line === undefined) return false;
  const move = (to: number): void => {
    tree.active.value = Math.max(0, Math.min(lines.length - 1, to));
  };
  const isOpen = line.kind === "folder" && tree.isOpen(line.prefix);
  switch (event.key) {
    case "ArrowRight":
      if (line.kind === "folder" && !isOpen) tree.setOpen(line.prefix, true);
      else move(at + 1);
      break;
    case "ArrowLeft":
      if (line.kind === "folder" && isOpen) tree.setOpen(line.prefix, false);
      else if (line.depth > 0)
        move(lines.findLastIndex((other, i) => i < at && other.depth < line.depth));
      break;
    case "Enter":
    case " ":
      if (line.kind === "file") onOpen(line.path);
      else tree.setOpen(line.prefix, !isOpen);
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
