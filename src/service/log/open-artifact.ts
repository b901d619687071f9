// The artifact a log goes to: found, made, or taken up again after all of it was deleted.
import type { Draft } from "../../core/draft.ts";
import { CairnError } from "../../core/errors.ts";
import type { ArtifactRecord } from "../../core/records.ts";
import { findArtifact, hasTrash } from "../../store/artifacts.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { subjectOf, type Journal } from "../journal.ts";
import { openProject } from "./open-project.ts";

/**
 * The artifact's row, not yet put: a log that creates nothing must not touch it.
 *
 * @throws CairnError `type_mismatch` [N4]
 */
export async function openArtifact(
  ctx: Ctx,
  tx: WriteTx<"projects" | "artifacts" | "deletedVersions">,
  draft: Draft,
  journal: Journal,
): Promise<ArtifactRecord> {
  const existing = await findArtifact(tx, draft.project, draft.name);
  await openProject(tx, draft.project, journal);
  const subject = subjectOf(draft);
  if (existing === undefined) {
    journal.record("artifact-created", subject, null, { type: draft.type });
    return {
      uid: ctx.newUid<"Artifact">(),
      project: draft.project,
      name: draft.name,
      type: draft.type,
      createdAt: journal.at,
      updatedAt: journal.at,
      lastNumber: null,
      versionCount: 0,
      sizeBytes: 0,
      tags: [],
      keep: null,
    };
  }
  if (existing.type === draft.type) return existing;
  const inTrash = existing.versionCount === 0;
  // Versions that can be restored hold the name to their type; tombstones don't.
  if (!inTrash || (await hasTrash(tx, existing.uid)))
    throw new CairnError("type_mismatch", {
      name: draft.name,
      existing: existing.type,
      given: draft.type,
      inTrash,
    });
  journal.record("artifact-created", subject, { type: existing.type }, { type: draft.type });
  return { ...existing, type: draft.type };
}
