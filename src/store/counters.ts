// The sums kept with projects, artifacts and the store, so that no screen has to count.
import type { ArtifactRecord } from "../core/records.ts";
import type { WriteTx } from "./transaction.ts";

/** How much a mutation changes. */
export interface Change {
  readonly versions: number;
  readonly sizeBytes: number;
}

/** Counts versions of an artifact that came or went, and answers its new row, which it has put. */
export async function countVersions(
  tx: WriteTx<"projects" | "artifacts" | "totals">,
  artifact: ArtifactRecord,
  change: Change,
  at: string,
): Promise<ArtifactRecord> {
  const counted: ArtifactRecord = {
    ...artifact,
    updatedAt: at,
    versionCount: artifact.versionCount + change.versions,
    sizeBytes: artifact.sizeBytes + change.sizeBytes,
  };
  await tx.objectStore("artifacts").put(counted);
  const project = await tx.objectStore("projects").get(artifact.project);
  const appeared = Number(counted.versionCount > 0) - Number(artifact.versionCount > 0);
  await tx.objectStore("projects").put({
    name: artifact.project,
    createdAt: project?.createdAt ?? at,
    deletedAt: project?.deletedAt ?? null,
    updatedAt: at,
    artifactCount: (project?.artifactCount ?? 0) + appeared,
    versionCount: (project?.versionCount ?? 0) + change.versions,
    sizeBytes: (project?.sizeBytes ?? 0) + change.sizeBytes,
  });
  await addTotals(tx, { ...change, storedBytes: 0 });
  return counted;
}

/** Adds to the store's sums. */
export async function addTotals(
  tx: WriteTx<"totals">,
  change: Change & { readonly storedBytes: number },
): Promise<void> {
  const totals = await tx.objectStore("totals").get("all");
  await tx.objectStore("totals").put(
    {
      versions: (totals?.versions ?? 0) + change.versions,
      storedBytes: (totals?.storedBytes ?? 0) + change.storedBytes,
      logicalBytes: (totals?.logicalBytes ?? 0) + change.sizeBytes,
    },
    "all",
  );
}
