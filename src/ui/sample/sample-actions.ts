// The sample project comes and goes with one click each, and both can be taken back.
import { CairnError } from "../../core/errors.ts";
import type { TrashUid } from "../../core/records.ts";
import { projectHash } from "../router.ts";
import { attempt } from "../state/actions.ts";
import type { AppState } from "../state/app-state.ts";
import { restoreEntry } from "../state/restore-entry.ts";
import { addSample } from "./add-sample.ts";
import { isSample, readSampleRecord } from "./sample-record.ts";

/** Adds the sample and opens it. */
export async function addSampleProject(app: AppState): Promise<void> {
  await attempt(app.toasts, async () => {
    const project = await addSample(app.cairn.store, readSample);
    location.hash = projectHash(project);
    app.undo.offer("Added the sample project.", async () => {
      await mustBeAsAdded(app, project);
      await putAway(app, project);
      return "The sample project is in the trash.";
    });
  });
}

/** @param onLinked asks the person, where registries link what is in it [G8] */
export async function removeSampleProject(
  app: AppState,
  project: string,
  onLinked: () => void,
): Promise<void> {
  await attempt(app.toasts, async () => {
    const { links } = await app.cairn.store.planDelete({ kind: "project", project });
    if (links.length > 0) return onLinked();
    const trash = await putAway(app, project);
    app.undo.offer("The sample project is in the trash.", () =>
      restoreEntry(app.cairn.store, trash),
    );
  });
}

/** What a person logged into it since must not go with it [W2]. */
async function mustBeAsAdded(app: AppState, name: string): Promise<void> {
  const record = readSampleRecord();
  const projects = await app.cairn.store.listProjects();
  const found = projects.find((project) => project.name === name);
  if (record !== null && found !== undefined && !isSample(found, record))
    throw new CairnError("changed_since", { what: "project", name });
}

async function putAway(app: AppState, project: string): Promise<TrashUid> {
  const { trash } = await app.cairn.store.deleteVersions({ kind: "project", project }, true);
  if (app.currentProject() === project) location.hash = "#/";
  return trash;
}

async function readSample(path: string): Promise<Response> {
  const answer = await fetch(new URL(`sample/${path}`, document.baseURI));
  if (!answer.ok) throw new CairnError("not_found", { what: "file", name: `sample/${path}` });
  return answer;
}
