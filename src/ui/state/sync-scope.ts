// What syncs, changed a piece at a time [S1].
import type { ArtifactName, ProjectName } from "../../core/names.ts";
import type { RegistryUid } from "../../core/registry/records.ts";
import type { SyncedProject, SyncScope } from "../../core/sync/remote.ts";

export const NOTHING: SyncScope = { projects: [], registries: [] };

/** A project as it is first chosen: its bytes come when somebody asks for them. */
export function firstChoice(name: string): SyncedProject {
  return { name: name as ProjectName, keepLocal: false, never: [] };
}

/** What is said of a project; `undefined` while it doesn't sync. */
export function choiceOf(scope: SyncScope, name: string): SyncedProject | undefined {
  return scope.projects.find((project) => project.name === name);
}

/** With the project, or, for `null`, without it. The others keep their places. */
export function withChoice(
  scope: SyncScope,
  name: string,
  choice: SyncedProject | null,
): SyncScope {
  const isNew = choiceOf(scope, name) === undefined;
  const others = scope.projects.flatMap((project) =>
    project.name !== name ? [project] : choice === null ? [] : [choice],
  );
  return { ...scope, projects: isNew && choice !== null ? [...others, choice] : others };
}

/** With all of these; what was chosen before stays as it is. */
export function withAll(
  { projects, registries }: SyncScope,
  names: readonly string[],
  uids: readonly string[],
): SyncScope {
  const known = new Set<string>(projects.map(({ name }) => name));
  const added = names.filter((name) => !known.has(name)).map(firstChoice);
  const all = new Set([...registries, ...uids.map((uid) => uid as RegistryUid)]);
  return { projects: [...projects, ...added], registries: [...all] };
}

export function withRegistry(scope: SyncScope, uid: string, isSynced: boolean): SyncScope {
  const others = scope.registries.filter((synced) => synced !== uid);
  return { ...scope, registries: isSynced ? [...others, uid as RegistryUid] : others };
}

/** The artifacts that never leave, in the order of their names, each once. */
export function neverOf(names: Iterable<string>): readonly ArtifactName[] {
  return [...new Set(names)].toSorted().map((name) => name as ArtifactName);
}
