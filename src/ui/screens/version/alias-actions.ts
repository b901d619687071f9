// Aliases put, taken away and rolled back, each with its way back [A1 A4 A5].
import type { AliasChange } from "../../../core/alias.ts";
import { showHidden } from "../../../core/errors.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import { attempt, sayDone } from "../../state/actions.ts";
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
      sayDone(
        app.toasts,
        move.from === null ? `${at}.` : `${at}; it moved from ${formatVersion(move.from)}.`,
        () => giveBack(app, version, alias, move.from),
      );
  });
}

/** Takes an alias away from the version that holds it. */
export function takeAlias(app: AppState, version: VersionRef, alias: string): Promise<boolean> {
  const { store } = app.cairn;
  return attempt(app.toasts, async () => {
    await store.removeAlias(version.project, version.name, alias);
    sayDone(app.toasts, `Removed ${showHidden(alias)} from ${formatVersion(version.number)}.`, () =>
      giveBack(app, version, alias, version.number),
    );
  });
}

/** Undoes a move from the history, as one more move [A4]. */
export function rollBack(
  app: AppState,
  line: Line,
  { alias, from }: AliasChange,
  holder: VersionNumber | null,
): Promise<boolean> {
  return attempt(app.toasts, async () => {
    const text = await giveBack(app, line, alias, from);
    sayDone(app.toasts, text, () => giveBack(app, line, alias, holder));
  });
}

async function giveBack(
  app: AppState,
  { project, name }: Line,
  alias: string,
  to: VersionNumber | null,
): Promise<string> {
  const { store } = app.cairn;
  if (to === null) {
    await store.removeAlias(project, name, alias);
    return `${showHidden(alias)} names no version now, as before.`;
  }
  await store.setAlias({ project, name, number: to }, alias);
  return `${showHidden(alias)} is on ${formatVersion(to)} again.`;
}
