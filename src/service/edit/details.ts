// What is said about versions and artifacts, changed by recorded edits [V3 T1].
import { parseDescription } from "../../core/draft.ts";
import { CairnError } from "../../core/errors.ts";
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
  expected: VersionEdit = {},
): Promise<VersionRecord> {
  const wanted = parseEdit(edit);
  const known = parseEdit(expected);
  const stores = ["artifacts", "versions", "deletedVersions"] as const;
  return mutate(ctx, stores, ref.project, async (tx, journal) => {
    const { version } = await getVersionOf(tx, ref);
    const [changed] = differing(version, known);
    if (changed !== undefined)
      throw new CairnError("changed_since", {
        what: WORDS[changed],
        name: subjectOf(ref, ref.number),
      });
    const fields = differing(version, wanted);
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
  expected?: readonly string[],
): Promise<void> {
  const tags = parseTags(given);
  await mutate(ctx, ["artifacts"], project, async (tx, journal) => {
    const artifact = await getArtifact(tx, project, name);
    if (expected !== undefined && canonicalJson(artifact.tags) !== canonicalJson(expected))
      throw new CairnError("changed_since", { what: "tags of", name: subjectOf(artifact) });
    if (canonicalJson(artifact.tags) === canonicalJson(tags)) return;
    await tx.objectStore("artifacts").put({ ...artifact, tags });
    const before = { tags: artifact.tags };
    journal.record("artifact-edited", subjectOf(artifact), before, { tags });
  });
}

const WORDS: Readonly<Record<keyof VersionDetails, string>> = {
  description: "description of",
  metadata: "metadata of",
  tags: "tags of",
  pinned: "pin of",
};

/** The fields given that a version has otherwise. */
function differing(
  version: VersionDetails,
  given: Partial<VersionDetails>,
): readonly (keyof VersionDetails)[] {
  return (Object.keys(given) as (keyof VersionDetails)[]).filter(
    (field) => canonicalJson(version[field]) !== canonicalJson(given[field] ?? null),
  );
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
