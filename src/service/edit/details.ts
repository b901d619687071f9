// What is said about versions and artifacts, changed by recorded edits [V3 T1].
import { parseDescription } from "../../core/draft.ts";
import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import { parseMetadata } from "../../core/metadata.ts";
import type { VersionDetails, VersionRecord, VersionRef } from "../../core/records.ts";
import { parseTags } from "../../core/tags.ts";
import type { VersionEdit } from "../../protocol/edit-api.ts";
import { getArtifact, getVersionOf } from "../../store/artifacts.ts";
import type { Ctx } from "../context.ts";
import { mutate, subjectOf } from "../journal.ts";

/** Changes the fields given; one that already has that value is no change and no event. */
export async function editVersion(
  ctx: Ctx,
  ref: VersionRef,
  edit: VersionEdit,
): Promise<VersionRecord> {
  const wanted = parseEdit(edit);
  const stores = ["artifacts", "versions", "deletedVersions"] as const;
  return mutate(ctx, stores, ref.project, async (tx, journal) => {
    const { version } = await getVersionOf(tx, ref);
    const fields = (Object.keys(wanted) as (keyof VersionDetails)[]).filter(
      (field) => canonicalJson(version[field]) !== canonicalJson(wanted[field] ?? null),
    );
    if (fields.length === 0) return version;
    const edited: VersionRecord = { ...version, ...wanted };
    await tx.objectStore("versions").put(edited);
    journal.record(
      "version-edited",
      subjectOf(ref, ref.number),
      pick(version, fields),
      pick(edited, fields),
    );
    return edited;
  });
}

/** Replaces an artifact's tags. */
export async function setArtifactTags(
  ctx: Ctx,
  project: string,
  name: string,
  given: readonly string[],
): Promise<void> {
  const tags = parseTags(given);
  await mutate(ctx, ["artifacts"], project, async (tx, journal) => {
    const artifact = await getArtifact(tx, project, name);
    if (canonicalJson(artifact.tags) === canonicalJson(tags)) return;
    await tx.objectStore("artifacts").put({ ...artifact, tags });
    const before = { tags: artifact.tags };
    journal.record("artifact-edited", subjectOf(artifact), before, { tags });
  });
}

/** The edit once checked. Throws `invalid_text`, `invalid_metadata`, `invalid_tag`. */
function parseEdit({ description, metadata, tags, pinned }: VersionEdit): Partial<VersionDetails> {
  return {
    ...(description !== undefined && { description: parseDescription(description) }),
    ...(metadata !== undefined && { metadata: parseMetadata(JSON.stringify(metadata)) }),
    ...(tags !== undefined && { tags: parseTags(tags) }),
    ...(pinned !== undefined && { pinned }),
  };
}

function pick(version: VersionDetails, fields: readonly (keyof VersionDetails)[]): JsonObject {
  return Object.fromEntries(fields.map((field): [string, Json] => [field, version[field]]));
}
