// Projects as they are synced, built in short.
import type { Digest } from "../../../src/core/digest.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../../../src/core/names.ts";
import type { RunUid, TrashUid, VersionUid } from "../../../src/core/records.ts";
import {
  derivationKey,
  edgeKey,
  emptyProject,
  type DeviceId,
  type SharedArtifact,
  type SharedDelete,
  type SharedDerivation,
  type SharedEdge,
  type SharedMove,
  type SharedProject,
  type SharedRun,
  type SharedVersion,
} from "../../../src/core/sync/shared.ts";
import type { VersionNumber } from "../../../src/core/version.ts";

export const ANN = "ANN" as DeviceId;
export const BO = "BO" as DeviceId;
export const PROJECT = "digits" as ProjectName;
export const CNN = "cnn" as ArtifactName;
export const PROD = "prod" as Alias;

/** A time, so many minutes after the first. */
export function minute(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
}

/** A digest whose first eight digits are a number. */
export function digestOf(content: number): Digest {
  return `blake3:${content.toString(16).padStart(8, "0")}${"0".repeat(56)}` as Digest;
}

export const versionUid = (id: string): VersionUid => id as VersionUid;
export const runUid = (id: string): RunUid => id as RunUid;
export const number = (value: number): VersionNumber => value as VersionNumber;

/** A live version of Ann's. Its content is its number, if nothing else is said. */
export function version(
  id: string,
  at: number,
  more: Partial<Omit<SharedVersion, "uid" | "number">> = {},
): SharedVersion {
  return {
    uid: versionUid(id),
    number: number(at),
    digest: digestOf(at + 1),
    sizeBytes: 10,
    fileCount: 1,
    newBytes: 10,
    createdAt: minute(at),
    by: ANN,
    twins: [],
    deleted: null,
    description: "",
    metadata: {},
    tags: [],
    pinned: false,
    ...more,
  };
}

export function trashed(trash: string | null, aliases: readonly Alias[] = []): SharedDelete {
  return { at: minute(500), by: BO, trash: trash as TrashUid | null, aliases };
}

export function moved(to: string | null, at: number, by: DeviceId = ANN): SharedMove {
  return { to: to as VersionUid | null, at: minute(at), by };
}

export function edge(by: string, of: string, more: Partial<SharedEdge> = {}): SharedEdge {
  return {
    run: runUid(by),
    version: versionUid(of),
    direction: "output",
    createdAt: minute(1),
    ...more,
  };
}

export function derivation(
  child: string,
  parent: string,
  parentName = `${PROJECT}/cnn:v0`,
): SharedDerivation {
  const [from, to] = [versionUid(parent), versionUid(child)];
  return { child: to, parent: from, parentName, createdAt: minute(2) };
}

export function run(id: string, more: Partial<SharedRun> = {}): SharedRun {
  return {
    uid: runUid(id),
    project: PROJECT,
    name: `run ${id}`,
    config: {},
    state: "running",
    startedAt: minute(0),
    endedAt: null,
    deletedAt: null,
    by: ANN,
    ...more,
  };
}

export interface ArtifactParts {
  readonly name?: string;
  readonly type?: string;
  readonly versions?: readonly SharedVersion[];
  readonly aliases?: Readonly<Record<string, readonly SharedMove[]>>;
  readonly edges?: readonly SharedEdge[];
  readonly derivations?: readonly SharedDerivation[];
  readonly reserved?: Readonly<Record<string, number>>;
  readonly fields?: Partial<SharedArtifact>;
}

/** An artifact; its aliases are where their last move put them. */
export function artifact(parts: ArtifactParts): SharedArtifact {
  const { name = CNN, type = "model", versions = [], reserved = {}, fields = {} } = parts;
  const given = [...versions.map((each) => each.number), ...Object.values(reserved).map(number)];
  return {
    name: name as ArtifactName,
    type: type as ArtifactType,
    createdAt: minute(0),
    tags: [],
    keep: null,
    lastNumber: given.length === 0 ? null : number(Math.max(...given)),
    reserved: new Map(
      Object.entries(reserved).map(([uid, at]) => [versionUid(uid), number(at)] as const),
    ),
    versions: new Map(versions.map((each) => [each.uid, each])),
    aliases: new Map(
      Object.entries(parts.aliases ?? {}).map(([alias, moves]) => [
        alias as Alias,
        { alias: alias as Alias, version: moves.at(-1)?.to ?? null, moves },
      ]),
    ),
    edges: new Map((parts.edges ?? []).map((each) => [edgeKey(each), each])),
    derivations: new Map((parts.derivations ?? []).map((each) => [derivationKey(each), each])),
    ...fields,
  };
}

export function project(
  artifacts: readonly (ArtifactParts | SharedArtifact)[],
  runs: readonly SharedRun[] = [],
  fields: Partial<SharedProject> = {},
): SharedProject {
  const all = artifacts.map((each) => ("lastNumber" in each ? each : artifact(each)));
  return {
    ...emptyProject(PROJECT, minute(0)),
    artifacts: new Map(all.map((each) => [each.name, each])),
    runs: new Map(runs.map((each) => [each.uid, each])),
    ...fields,
  };
}

/** The artifact that most of these tests are about. */
export function cnnOf(state: SharedProject): SharedArtifact {
  const found = state.artifacts.get(CNN);
  if (found === undefined) throw new Error("there is no cnn");
  return found;
}

/** Ids, numbers and what became of versions, in short: `a=v0`, `b=v1 deleted`, `c=v2 +d`. */
export function versionsIn(state: SharedProject): readonly string[] {
  return [...cnnOf(state).versions.values()]
    .toSorted((a, b) => a.number - b.number)
    .map(({ uid, number: at, deleted, twins }) => {
      const left = deleted === null ? "" : deleted.trash === null ? " gone" : " in trash";
      return `${uid}=v${at}${left}${twins.map((twin) => ` +${twin}`).join("")}`;
    });
}

export function holderOf(state: SharedProject, alias: string): string | null {
  return cnnOf(state).aliases.get(alias as Alias)?.version ?? null;
}
