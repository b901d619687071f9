// Versions that others deleted and a registry here links: they stay, and so come back [S5].
import type { ArtifactName } from "../../core/names.ts";
import type { VersionUid } from "../../core/records.ts";
import { formatPlace } from "../../core/registry/names.ts";
import type { SyncNote } from "../../core/sync/ops.ts";
import type {
  SharedArtifact,
  SharedDelete,
  SharedProject,
  SharedVersion,
} from "../../core/sync/shared.ts";
import { versionFinder } from "../../core/sync/twins.ts";
import { formatVersion } from "../../core/version.ts";
import { idsOf } from "../../store/by-uid.ts";
import type { Places, ReaderTx } from "../browse/registry-reader.ts";
import type { Ctx } from "../context.ts";
import { placesOf } from "../registry/places.ts";

interface Deleted {
  readonly before: SharedVersion;
  readonly now: SharedVersion;
  readonly deleted: SharedDelete;
}

/** The state with what is linked here left live, with the aliases that it had, and a note of each. */
export async function keepLinked(
  ctx: Ctx,
  tx: ReaderTx,
  before: SharedProject,
  after: SharedProject,
): Promise<{ readonly after: SharedProject; readonly notes: readonly SyncNote[] }> {
  const gone = new Map<ArtifactName, readonly Deleted[]>();
  for (const [name, artifact] of before.artifacts) {
    const found = deletedIn(artifact, after.artifacts.get(name));
    if (found.length > 0) gone.set(name, found);
  }
  if (gone.size === 0) return { after, notes: [] };
  const ids = [...gone.values()].flat().flatMap((one) => [...idsOf(one.before), ...idsOf(one.now)]);
  const places = await placesOf(ctx, tx, ids);
  if (places.size === 0) return { after, notes: [] };
  const notes: SyncNote[] = [];
  const artifacts = new Map(after.artifacts);
  for (const [name, versions] of gone) {
    const artifact = artifacts.get(name);
    const linked = versions.filter((one) => linkOf(places, one) !== null);
    if (artifact === undefined || linked.length === 0) continue;
    artifacts.set(name, withLive(artifact, before.artifacts.get(name), linked));
    for (const one of linked)
      notes.push({
        kind: "delete-refused",
        name,
        number: one.now.number,
        by: one.deleted.by,
        why: `the link “${linkOf(places, one) ?? ""}”`,
      });
  }
  return { after: { ...after, artifacts }, notes };
}

function deletedIn(before: SharedArtifact, after: SharedArtifact | undefined): readonly Deleted[] {
  const find = versionFinder(after);
  return [...before.versions.values()].flatMap((version) => {
    const now = version.deleted === null ? find(version.uid) : undefined;
    const deleted = now?.deleted ?? null;
    return now === undefined || deleted === null ? [] : [{ before: version, now, deleted }];
  });
}

/** The first place that links a version, under any of its ids. */
function linkOf(places: Places, { before, now }: Deleted): string | null {
  for (const id of [...idsOf(before), ...idsOf(now)]) {
    const [place] = places.get(id) ?? [];
    if (place !== undefined)
      return formatPlace(place.registry, place.collection, formatVersion(place.number));
  }
  return null;
}

function withLive(
  artifact: SharedArtifact,
  before: SharedArtifact | undefined,
  linked: readonly Deleted[],
): SharedArtifact {
  const versions = new Map(artifact.versions);
  const now = new Map<VersionUid, VersionUid>();
  for (const one of linked) {
    // A purge elsewhere has taken its details; here they are still known.
    const { description, metadata, tags, pinned } = one.before;
    const details = { description, metadata, tags, pinned };
    versions.set(one.now.uid, { ...one.now, ...details, deleted: null });
    now.set(one.before.uid, one.now.uid);
  }
  const aliases = new Map(artifact.aliases);
  for (const { alias, version } of before?.aliases.values() ?? []) {
    const back = version === null ? undefined : now.get(version);
    const known = aliases.get(alias);
    if (back !== undefined && known?.version === null)
      aliases.set(alias, { ...known, version: back });
  }
  return { ...artifact, versions, aliases };
}
