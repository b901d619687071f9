// The keyboard in a graph.
import type { VisibleNode } from "../../core/lineage-view.ts";
import type { LineageState } from "../state/lineage-state.ts";
import type { Camera } from "./camera.ts";
import { walk } from "./walk.ts";

const PAN = 80;
const ZOOM = 1.25;

/** Does what a key stands for. Answers whether it stands for something. */
export function pressKey(event: KeyboardEvent, state: LineageState, camera: Camera): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { key, shiftKey } = event;
  if (key.startsWith("Arrow") && shiftKey) return panByKey(key, camera);
  const node = state.activeNode.value;
  switch (key) {
    case "+":
    case "=":
      camera.zoomAt(ZOOM);
      return true;
    case "-":
    case "_":
      camera.zoomAt(1 / ZOOM);
      return true;
    case "0":
      camera.fit();
      return true;
    case "Home":
      state.goTo(state.focus.value);
      return true;
    case "Escape":
      if (!state.isCardOpen.value) return false;
      state.isCardOpen.value = false;
      return true;
    case "Enter":
      if (node === null) return false;
      if (shiftKey && node.kind !== "group") void state.focusOn(node.id);
      else state.isCardOpen.value = true;
      return true;
    case " ":
      if (node !== null) unfold(state, node);
      return node !== null;
    default:
      return walkByKey(key, state);
  }
}

/** Opens a group, or shows what more there is around a node. */
export function unfold(state: LineageState, node: VisibleNode): void {
  if (node.kind === "group") state.setOpen(node.set, true);
  else if (node.hasMore) void state.expand(node.id);
}

function walkByKey(key: string, state: LineageState): boolean {
  if (!key.startsWith("Arrow")) return false;
  const [drawn, active] = [state.drawn.value, state.active.value];
  const next = drawn === null || active === null ? null : walk(drawn, active, key);
  if (next !== null) state.walkTo(next);
  return true;
}

function panByKey(key: string, camera: Camera): boolean {
  const dx = key === "ArrowLeft" ? PAN : key === "ArrowRight" ? -PAN : 0;
  const dy = key === "ArrowUp" ? PAN : key === "ArrowDown" ? -PAN : 0;
  camera.panBy(dx, dy);
  return true;
}
