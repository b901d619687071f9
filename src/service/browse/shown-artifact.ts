// Artifacts that there is something to see of.
import { CairnError } from "../../core/errors.ts";
import type { ArtifactRecord } from "../../core/records.ts";
import { findArtifact, hasTrash } from "../../store/artifacts.ts";
import type { ReadTx } from "../../store/transaction.ts";

/**
 * An artifact that has versions.
 *
 * @throws CairnError `not_found`; `in_trash` when all it has can be restored
 */
export async function getShownArtifact(
  tx: ReadTx<"artifacts" | "deletedVersions">,
  project: string,
  name: string,
): Promise<ArtifactRecord> {
  const artifact = await findArtifact(tx, project, name);
  if (artifact !== undefined && artifact.versionCount > 0) return artifact;
  const label = `${project}/${name}`;
  throw artifact !== undefined && (await hasTrash(tx, artifact.uid))
    ? new CairnError("in_trash", { name: label })
    : new CairnError("not_found", { what: "artifact", name: label });
}
