// The key that opens the search anywhere: ⌘K on Apple's keyboards, Ctrl+K on others.
import type { FindState } from "../state/find-state.ts";

const isApple = /^(Mac|iP)/.test(navigator.platform);

/** As it stands on the keys. */
export const FIND_KEYS: readonly string[] = isApple ? ["⌘", "K"] : ["Ctrl", "K"];
/** As ARIA writes it. */
export const FIND_SHORTCUT = isApple ? "Meta+K" : "Control+K";

/** Listens for the key on the whole page; pressed again it closes the search. */
export function listenForFind(find: FindState): void {
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || event.shiftKey || event.altKey || event.isComposing)
      return;
    // On Apple's keyboards Ctrl+K belongs to text fields.
    const isPressed = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    if (!isPressed) return;
    event.preventDefault();
    if (event.repeat) return;
    if (find.purpose.peek() === null) find.open();
    else find.close();
  });
}
