// What logging a draft would change, told before it is done.
import { manifestOf, type Manifest } from "../../core/manifest.ts";
import { diffManifests } from "../../core/manifest-diff.ts";
import { MARKS, type DraftComparison, type DraftEntries } from "../../protocol/ingest.ts";
import { findArtifact, findIdentical, getManifest, selectVersion } from "../../store/artifacts.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { draftManifest, type DraftManifest } from "./draft-manifest.ts";
import type { Ingest } from "../ingest/ingest.ts";

/** Compares a fully staged draft with `latest` of the artifact it would go to. */
export async function compareDraft(
  ctx: Ctx,
  ingest: Ingest,
  target: { readonly project: string; readonly name: string },
  entries: DraftEntries,
): Promise<DraftComparison> {
  const draft = draftManifest(ctx, ingest, entries);
  const found = await withRead(
    ctx.db,
    ["artifacts", "versions", "aliases", "manifests"],
    async (tx) => {
      const artifact = await findArtifact(tx, target.project, target.name);
      if (artifact === undefined || artifact.versionCount === 0) return null;
      const [latest, identical] = await Promise.all([
        selectVersion(tx, artifact, { kind: "latest" }),
        findIdentical(tx, artifact.uid, draft.digest),
      ]);
      return { artifact, latest, identical, manifest: await getManifest(tx, latest.digest) };
    },
  );
  if (found === null)
    return {
      existing: null,
      sameAs: null,
      ...changesAgainst(null, draft),
      newBytes: draft.newBytes,
    };
  return {
    existing: { type: found.artifact.type, latest: found.latest.number },
    sameAs: found.identical?.number ?? null,
    ...changesAgainst(found.manifest, draft),
    newBytes: draft.newBytes,
  };
}

function changesAgainst(
  latest: Manifest | null,
  draft: DraftManifest,
): Pick<DraftComparison, "marks" | "removed"> {
  const { added, changed, removed } = diffManifests(latest ?? manifestOf([]), draft.manifest);
  const marked = new Map<string, number>([
    ...added.map(({ path }) => [path, MARKS.added] as const),
    ...changed.map(({ after }) => [after.path, MARKS.changed] as const),
  ]);
  const marks = Uint8Array.from(draft.entries, ({ path }) => marked.get(path) ?? MARKS.unchanged);
  return { marks, removed: removed.map(({ path }) => path) };
}
