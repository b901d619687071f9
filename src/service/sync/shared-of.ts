// A project's rows as what devices agree on [S3].
import type { Alias, ArtifactName, ProjectName } from "../../core/names.ts";
import { LATEST } from "../../core/names.ts";
import type { VersionRecord, VersionUid } from "../../core/records.ts";
import {
  derivationKey,
  edgeKey,
  MOVES_KEPT,
  type DeviceId,
  type SharedAlias,
  type SharedArtifact,
  type SharedDelete,
  type SharedMove,
  type SharedProject,
  type SharedVersion,
} from "../../core/sync/shared.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { ArtifactRows, ProjectRows } from "./read-rows.ts";

/** @param device who this browser is */
export function sharedOf(name: ProjectName, rows: ProjectRows, device: DeviceId): SharedProject {
  const artifacts = new Map<ArtifactName, SharedArtifact>();
  for (const [artifact, part] of rows.artifacts)
    if (part.artifact.lastNumber !== null) artifacts.set(artifact, artifactOf(part, device));
  const runs = Array.from(
    rows.runs,
    ([uid, run]) => [uid, { ...run, by: run.by ?? device }] as const,
  );
  return {
    name,
    createdAt: rows.project?.createdAt ?? "",
    deletedAt: rows.project?.deletedAt ?? null,
    artifacts,
    runs: new Map(runs),
    ...(rows.hidden.size > 0 && { hidden: rows.hidden }),
  };
}

function artifactOf(rows: ArtifactRows, device: DeviceId): SharedArtifact {
  const { name, type, createdAt, tags, keep, lastNumber } = rows.artifact;
  const versions = new Map<VersionUid, SharedVersion>();
  for (const [uid, row] of rows.live) versions.set(uid, versionOf(row, device, null));
  for (const [uid, row] of rows.deleted) {
    const { deletedAt: at, trash = null, aliases, deletedBy: by = device } = row;
    versions.set(uid, versionOf(row, device, { at, by, trash, aliases }));
  }
  return {
    name,
    type,
    createdAt,
    tags,
    keep,
    lastNumber,
    reserved: new Map(),
    versions,
    aliases: aliasesOf(rows, device),
    edges: new Map(rows.edges.map((edge) => [edgeKey(edge), edge])),
    derivations: new Map(rows.derivations.map((line) => [derivationKey(line), line])),
  };
}

function versionOf(
  row: VersionRecord,
  device: DeviceId,
  deleted: SharedDelete | null,
): SharedVersion {
  const { uid, number, digest, sizeBytes, fileCount, newBytes, createdAt } = row;
  const { description, metadata, tags, pinned, by = device, twins = [] } = row;
  return {
    uid,
    number,
    digest,
    sizeBytes,
    fileCount,
    newBytes,
    createdAt,
    description,
    metadata,
    tags,
    pinned,
    by,
    twins,
    deleted,
  };
}

function aliasesOf(rows: ArtifactRows, device: DeviceId): ReadonlyMap<Alias, SharedAlias> {
  const holders = new Map<VersionNumber, VersionUid>();
  for (const { uid, number } of rows.live.values()) holders.set(number, uid);
  const names = [...new Set([...rows.moves.keys(), ...rows.aliases.keys()])].filter(
    (alias) => alias !== LATEST,
  );
  return new Map(
    names.toSorted().map((alias) => {
      const row = rows.aliases.get(alias);
      const version = row === undefined ? null : (holders.get(row.number) ?? null);
      const at = row?.movedAt ?? rows.removedAt.get(alias) ?? rows.artifact.updatedAt;
      const agreed = rows.moves.get(alias) ?? [];
      return [alias, { alias, version, moves: withOwn(agreed, { to: version, at, by: device }) }];
    }),
  );
}

/** The moves agreed on, and behind them where this browser put the alias since. */
function withOwn(agreed: readonly SharedMove[], own: SharedMove): readonly SharedMove[] {
  const last = agreed.at(-1)?.to ?? null;
  return last === own.to ? agreed : [...agreed, own].slice(-MOVES_KEPT);
}
