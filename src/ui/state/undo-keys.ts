// Ctrl+Z, or Cmd+Z, wherever the browser has nothing of its own to undo.
import type { UndoState } from "./undo-state.ts";

const TEXT_FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/** Listens on the whole page. Under an open dialog nothing is undone. */
export function listenForUndo(undo: UndoState): void {
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey, target, defaultPrevented } = event;
    if (key.toLowerCase() !== "z" || ctrlKey === metaKey || shiftKey || altKey) return;
    // A key held down too long must not take back the whole day.
    if (event.repeat || defaultPrevented || document.querySelector("dialog[open]") !== null) return;
    if (target instanceof Element && target.closest(TEXT_FIELDS) !== null) return;
    event.preventDefault();
    void undo.undoLast();
  });
}
