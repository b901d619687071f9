// The project something is put into: made when new, there again when it was deleted.
import type { ProjectName } from "../../core/names.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Journal } from "../journal.ts";

export async function openProject(
  tx: WriteTx<"projects">,
  name: ProjectName,
  journal: Journal,
): Promise<void> {
  const project = await tx.objectStore("projects").get(name);
  if (project !== undefined && project.deletedAt === null) return;
  if (project === undefined) journal.record("project-created", name, null, null);
  else journal.record("project-restored", name, null, null);
  await tx.objectStore("projects").put({
    name,
    createdAt: project?.createdAt ?? journal.at,
    updatedAt: journal.at,
    artifactCount: project?.artifactCount ?? 0,
    versionCount: project?.versionCount ?? 0,
    sizeBytes: project?.sizeBytes ?? 0,
    deletedAt: null,
  });
}
