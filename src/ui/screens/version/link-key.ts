// The key that links the version in view.

/** As it stands on the keys. */
export const LINK_KEY = "Alt+L";

const FIELDS = "input, textarea, select, [contenteditable]";

/** Listens on the whole page, but for fields and under an open dialog. Answers how to stop that. */
export function listenForLink(onLink: () => void): () => void {
  const end = new AbortController();
  const onKey = (event: KeyboardEvent): void => {
    const { target } = event;
    if (!isLinkKey(event) || document.querySelector("dialog[open]") !== null) return;
    if (target instanceof Element && target.closest(FIELDS) !== null) return;
    event.preventDefault();
    onLink();
  };
  addEventListener("keydown", onKey, { signal: end.signal });
  return () => end.abort();
}

function isLinkKey({ key, altKey, ctrlKey, metaKey, shiftKey, repeat }: KeyboardEvent): boolean {
  // On Apple's keyboards the two make this sign.
  return altKey && !ctrlKey && !metaKey && !shiftKey && !repeat && /^[l¬]$/i.test(key);
}
