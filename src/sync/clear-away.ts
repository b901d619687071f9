// Files of a remote that nothing needs any more: of versions emptied from the trash, and texts that moved.
import { manifestPath, versionFolder } from "../core/sync/layout.ts";
import type { CommitOp } from "../hub/hub.ts";
import type { ProjectChange } from "./draft-round.ts";
import type { RemoteHead } from "./remote-head.ts";
import type { Run } from "./round-run.ts";
import { newTombstones } from "./tombstones.ts";
import { XET_FOLDER } from "./xet-fallback.ts";

/** Operations that delete what is there of it: the hub refuses to delete what isn't. */
export async function clearAway(
  run: Run,
  { commit }: RemoteHead,
  changes: readonly ProjectChange[],
  moved: readonly string[],
): Promise<readonly CommitOp[]> {
  const folders = run.mood.hasXetUploads ? [XET_FOLDER] : [];
  const files = [...moved];
  for (const { plan, after } of changes)
    for (const { name, version } of newTombstones(plan.base, after)) {
      folders.push(versionFolder(plan.name, name, version.number));
      for (const isLarge of [false, true])
        files.push(manifestPath(plan.name, name, version.uid, isLarge));
    }
  const paths = [...folders, ...files];
  if (commit === null || paths.length === 0) return [];
  await run.step("clear-away");
  const there = await run.hub.pathsInfo(commit, paths, run.signal);
  const found = new Set(there.map(({ path }) => path));
  return [
    ...folders
      .filter((path) => found.has(path))
      .map((path) => ({ kind: "delete-folder", path }) as const),
    ...files.filter((path) => found.has(path)).map((path) => ({ kind: "delete", path }) as const),
  ];
}
