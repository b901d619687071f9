// Whether this page only shows what a repository holds: then nothing is offered that would change it.

let isOn = false;

/** Asked while a page is drawn; it never changes once the app has started. */
export function isReadOnly(): boolean {
  return isOn;
}

/** Says so for good, before anything is drawn. */
export function showOnly(): void {
  isOn = true;
}

/** Why a control does nothing, for those that say it. */
export const READ_ONLY_REASON = "This page shows what a repository holds, and changes nothing.";

/** What is offered, where it would change something: nothing, where only something is shown. */
export function unlessReadOnly<T>(items: readonly T[]): readonly T[] {
  return isOn ? [] : items;
}
