// Adds the sample project as any project comes to be: files staged, versions logged, runs recorded.
import type { RunUid } from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import type { LogResult, StageRequest } from "../../protocol/ingest.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import type { SamplePlan, SampleStep } from "./sample-plan.ts";
import { readSampleRecord, writeSampleRecord } from "./sample-record.ts";

/** Reads one of the files that came with the app, by its path below `sample/`. */
export type ReadSample = (path: string) => Promise<Response>;

/**
 * Adds the sample project, or takes it out of the trash when it lies there. A project of a person
 * is left alone: then the sample gets another name.
 *
 * @returns the project's name
 */
export async function addSample(store: StoreApi, read: ReadSample): Promise<string> {
  const before = readSampleRecord();
  const [projects, trash] = await Promise.all([store.listProjects(), store.listTrash()]);
  const deleted = trash.find(
    ({ kind, project, versionCount }) =>
      kind === "project" && project === before?.project && versionCount === before.versions,
  );
  if (deleted !== undefined && !projects.some(({ name }) => name === deleted.project)) {
    await store.restore(deleted.uid);
    return deleted.project;
  }
  const plan = (await (await read("plan.json")).json()) as SamplePlan;
  const files = await readAll(plan, read);
  const taken = new Set<string>([
    ...projects.map(({ name }) => name),
    ...trash.map((entry) => entry.project),
  ]);
  // Its numbers are given out for good, so a name is used once.
  if (before !== null) taken.add(before.project);
  const project = freeName(plan.project, taken);
  try {
    await logAll(store, files, plan, project);
  } catch (error) {
    await takeAway(store, project);
    throw error;
  }
  await remember(store, project);
  return project;
}

/** `name`, or `name-2`, `name-3`… where those before are taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name}-${n}`)) n++;
  return `${name}-${n}`;
}

type SampleFiles = ReadonlyMap<string, Blob>;

/** Before anything is logged: a page that is offline without its files leaves nothing behind. */
async function readAll({ steps }: SamplePlan, read: ReadSample): Promise<SampleFiles> {
  const paths = new Set(steps.flatMap((step) => Object.values(step.files)));
  const blobs = Array.from(paths, async (path) => [path, await (await read(path)).blob()] as const);
  return new Map(await Promise.all(blobs));
}

async function logAll(
  store: StoreApi,
  files: SampleFiles,
  plan: SamplePlan,
  project: string,
): Promise<void> {
  const logged: LogResult[] = [];
  for (const step of plan.steps) {
    const run = step.run === undefined ? null : await startRun(store, step.run, logged, project);
    logged.push(await logStep(store, files, step, project, run));
    if (run !== null) await store.endRun(run, "finished");
  }
}

async function startRun(
  store: StoreApi,
  { name, config, uses }: NonNullable<SampleStep["run"]>,
  logged: readonly LogResult[],
  project: string,
): Promise<RunUid> {
  const { uid } = await store.startRun(project, name, config);
  for (const step of uses) {
    const used = logged[step];
    if (used === undefined) continue;
    const spec = `${used.name}:${formatVersion(used.version.number)}`;
    await store.useVersion(spec, project, uid, null);
  }
  return uid;
}

async function logStep(
  store: StoreApi,
  files: SampleFiles,
  step: SampleStep,
  project: string,
  run: RunUid | null,
): Promise<LogResult> {
  const requests = Object.entries(step.files).map(([path, source], id): StageRequest => {
    const file = new File([files.get(source) ?? ""], path);
    return { id, file, path, sizeBytes: file.size, modifiedMs: file.lastModified };
  });
  const ingest = await store.openIngest(() => undefined);
  try {
    await store.stageFiles(ingest, requests);
    return await store.commitDraft(
      ingest,
      {
        project,
        name: step.name,
        type: step.type,
        description: step.description,
        metadata: JSON.stringify(step.metadata),
        aliases: step.aliases,
        tags: step.tags,
        run: "",
        runUid: run,
      },
      {
        fileIds: Uint32Array.from(requests, ({ id }) => id),
        paths: requests.map(({ path }) => path),
      },
    );
  } catch (error) {
    await store.cancelIngest(ingest);
    throw error;
  }
}

/** Half a sample helps nobody. */
async function takeAway(store: StoreApi, project: string): Promise<void> {
  const projects = await store.listProjects();
  if (!projects.some(({ name }) => name === project)) return;
  await store.deleteVersions({ kind: "project", project }, true);
}

async function remember(store: StoreApi, project: string): Promise<void> {
  const [projects, artifacts] = await Promise.all([
    store.listProjects(),
    store.listArtifacts(project),
  ]);
  const added = projects.find(({ name }) => name === project);
  if (added === undefined) return;
  writeSampleRecord({
    project,
    createdAt: added.createdAt,
    artifacts: artifacts.map(({ artifact }) => artifact.uid),
    versions: added.versionCount,
  });
}
