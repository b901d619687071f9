// A project as the files of a remote's snapshot, and back. What comes back is hostile and checked [N1].
import type { ProjectName } from "../names.ts";
import type { SharedProject } from "./shared.ts";

/** Texts by the file's name, such as `artifacts/cnn`, `runs/2026-11`. The same state gives the same texts. */
export function snapshotFiles(state: SharedProject): ReadonlyMap<string, string> {
  throw new Error(`not yet ${state.name}`);
}

/**
 * The inverse of {@link snapshotFiles}.
 *
 * @param remote for errors, such as `the dataset ada/models`
 * @throws CairnError `invalid_remote`, which names the file
 */
export function readSnapshot(
  project: {
    readonly name: ProjectName;
    readonly createdAt: string;
    readonly deletedAt: string | null;
  },
  files: ReadonlyMap<string, string>,
  remote: string,
): SharedProject {
  throw new Error(`not yet ${project.name} ${files.size} ${remote}`);
}
