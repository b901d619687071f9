// Lines of the lineage drawn and taken back by hand, each with its way back [R2 R3].
import { showHidden } from "../../core/errors.ts";
import type { RunRecord, RunUid, VersionRef } from "../../core/records.ts";
import { specOf } from "../../core/version.ts";
import type { AppState } from "./app-state.ts";

/** What a run did with a version. */
export type RunDirection = "input" | "output";

/** Draws that a version was derived from the one a spec names. Throws what the store throws. */
export async function drawParent(app: AppState, child: VersionRef, text: string): Promise<void> {
  const { store } = app.cairn;
  const { artifact, version } = await store.resolve(text, child.project);
  const parent = { project: artifact.project, name: artifact.name, number: version.number };
  const spec = specOf(parent);
  // By its number: an alias may move in between.
  if (!(await store.addDerivation(child, spec)))
    app.toasts.show({ text: `It is derived from ${showHidden(spec)} already.` });
  else
    app.undo.offer(`Derived from ${showHidden(spec)}.`, async () => {
      await store.removeDerivation(child, parent);
      return `No longer derived from ${showHidden(spec)}.`;
    });
}

/** Takes back that a version was derived from another. */
export async function cutParent(
  app: AppState,
  child: VersionRef,
  { project, name, number }: VersionRef,
): Promise<void> {
  const { store } = app.cairn;
  const parent = { project, name, number };
  const spec = specOf(parent);
  await store.removeDerivation(child, parent);
  app.undo.offer(`No longer derived from ${showHidden(spec)}.`, async () => {
    await store.addDerivation(child, spec);
    return `Derived from ${showHidden(spec)} again.`;
  });
}

/** Draws that a run, made when new, produced or used a version. */
export async function drawRun(
  app: AppState,
  version: VersionRef,
  name: string,
  direction: RunDirection,
): Promise<void> {
  const { store } = app.cairn;
  const { run, isNewEdge, isNewRun } = await store.addRunEdge(version, name, direction);
  const said = `${SAID[direction]} ${showHidden(name)}`;
  if (!isNewEdge) app.toasts.show({ text: `${said} already.` });
  else
    app.undo.offer(`${said}.`, async () => {
      const left = await store.removeRunEdge(version, run, direction);
      // Made for this line alone.
      if (isNewRun && left === 0) await store.deleteRun(run);
      return `${NOT[direction]} ${showHidden(name)}.`;
    });
}

/** Takes back that a run produced or used a version. */
export async function cutRun(
  app: AppState,
  version: VersionRef,
  run: Pick<RunRecord, "uid" | "name">,
  direction: RunDirection,
): Promise<void> {
  const { store } = app.cairn;
  const name = showHidden(run.name);
  await store.removeRunEdge(version, run.uid, direction);
  app.undo.offer(`${NOT[direction]} ${name}.`, async () => {
    await store.restoreRunEdge(version, run.uid, direction);
    return `${SAID[direction]} ${name} again.`;
  });
}

/** Draws a line to a run again. */
export async function redrawRun(
  app: AppState,
  version: VersionRef,
  run: RunUid,
  direction: RunDirection,
): Promise<void> {
  const { store } = app.cairn;
  const said = `${SAID[direction]} the run`;
  if (!(await store.restoreRunEdge(version, run, direction)))
    app.toasts.show({ text: `${said} already.` });
  else
    app.undo.offer(`${said} again.`, async () => {
      await store.removeRunEdge(version, run, direction);
      return `${NOT[direction]} the run.`;
    });
}

const SAID: Readonly<Record<RunDirection, string>> = { output: "Produced by", input: "Used by" };
const NOT: Readonly<Record<RunDirection, string>> = {
  output: "No longer produced by",
  input: "No longer used by",
};
