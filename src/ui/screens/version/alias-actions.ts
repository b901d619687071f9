// Aliases put, taken away and put back, each with its way back [A1 A4 A5].
import type { AliasChange } from "../../../core/alias.ts";
import { showHidden } from "../../../core/errors.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";

type Line = Pick<VersionRef, "project" | "name">;

/** Puts an alias on a version, from wherever it is. Answers whether it is there now. */
export function putAlias(app: AppState, version: VersionRef, alias: string): Promise<boolean> {
  const { store } = app.cairn;
  return attempt(app.toasts, async () => {
    const move = await store.setAlias(version, alias);
    const at = `${showHidden(alias)} is on ${formatVersion(version.number)}`;
    if (move === null) app.toasts.show({ text: `${at} already.` });
    else
      app.undo.offer(
        move.from === null ? `${at}.` : `${at}; it moved from ${formatVersion(move.from)}.`,
        () => giveBack(app, version, alias, { now: version.number, back: move.from }),
      );
  });
}

/** Takes an alias away from the version that holds it. */
export function takeAlias(app: AppState, version: VersionRef, alias: string): Promise<boolean> {
  const { store } = app.cairn;
  return attempt(app.toasts, async () => {
    const holder = await store.removeAlias(version.project, version.name, alias);
    app.undo.offer(`Removed ${showHidden(alias)} from ${formatVersion(holder)}.`, () =>
      giveBack(app, version, alias, { now: null, back: holder }),
    );
  });
}

/**
 * Undoes a change from the history, as one more move [A4].
 *
 * @param holder who has the alias now, as far as the person sees
 */
export function putBack(
  app: AppState,
  line: Line,
  { alias, from }: AliasChange,
  holder: VersionNumber | null,
): Promise<boolean> {
  return attempt(app.toasts, async () => {
    const text = await giveBack(app, line, alias, { now: holder, back: from });
    app.undo.offer(text, () => giveBack(app, line, alias, { now: from, back: holder }));
  });
}

/** Where an alias must be now, and where it was; `null` for nowhere. */
interface WayBack {
  readonly now: VersionNumber | null;
  readonly back: VersionNumber | null;
}

async function giveBack(
  app: AppState,
  { project, name }: Line,
  alias: string,
  { now, back }: WayBack,
): Promise<string> {
  const { store } = app.cairn;
  if (back !== null) {
    await store.setAlias({ project, name, number: back }, alias, now);
    return `${showHidden(alias)} is on ${formatVersion(back)} again.`;
  }
  if (now !== null) await store.removeAlias(project, name, alias, now);
  return `${showHidden(alias)} names no version now, as before.`;
}
