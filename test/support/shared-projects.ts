// Shared states of a project, made by hand and put side by side.
import { digestFromHex, type Digest } from "../../src/core/digest.ts";
import { manifestOf, type Manifest } from "../../src/core/manifest.ts";
import type { ArtifactName, ArtifactType, ProjectName } from "../../src/core/names.ts";
import type { LogicalPath } from "../../src/core/path.ts";
import type { VersionUid } from "../../src/core/records.ts";
import {
  emptyProject,
  type DeviceId,
  type SharedArtifact,
  type SharedProject,
  type SharedVersion,
} from "../../src/core/sync/shared.ts";
import type { VersionNumber } from "../../src/core/version.ts";

export const SELF = "device-self" as DeviceId;
export const OTHERS = ["device-a", "device-b"] as unknown as readonly DeviceId[];
export const PROJECT = "digits" as ProjectName;

/** When everything begins. */
export const EARLY = "2026-01-01T00:00:00.000Z";

/** Every digest that the states name. */
export type Manifests = Map<Digest, Manifest>;

/** An empty artifact. */
export function anArtifact(name: string, fields: Partial<SharedArtifact> = {}): SharedArtifact {
  return {
    name: name as ArtifactName,
    type: "model" as ArtifactType,
    createdAt: EARLY,
    tags: [],
    keep: null,
    lastNumber: null,
    reserved: new Map(),
    versions: new Map(),
    aliases: new Map(),
    edges: new Map(),
    derivations: new Map(),
    ...fields,
  };
}

/** A version with made-up content; the same seed is the same content. */
export function aVersion(
  manifests: Manifests,
  uid: string,
  number: number,
  seed: string,
  fields: Partial<SharedVersion> = {},
): SharedVersion {
  const digest = contentOf(manifests, seed);
  return {
    uid: uid as VersionUid,
    number: number as VersionNumber,
    digest,
    sizeBytes: 10,
    fileCount: 1,
    newBytes: 10,
    createdAt: EARLY,
    description: "",
    metadata: {},
    tags: [],
    pinned: false,
    by: SELF,
    twins: [],
    deleted: null,
    ...fields,
  };
}

function contentOf(manifests: Manifests, seed: string): Digest {
  const hex = Array.from(seed, (letter) => letter.charCodeAt(0).toString(16)).join("");
  const digest = digestFromHex(hex.padEnd(64, "0").slice(0, 64));
  const path = seed as LogicalPath;
  manifests.set(digest, manifestOf([{ path, digest, size: 10 }]));
  return digest;
}

/** A state made of these artifacts. */
export function aProject(
  artifacts: readonly SharedArtifact[],
  fields: Partial<SharedProject> = {},
): SharedProject {
  return {
    ...emptyProject(PROJECT, EARLY),
    artifacts: new Map(artifacts.map((artifact) => [artifact.name, withLast(artifact)])),
    ...fields,
  };
}

/** An artifact with these versions and nothing else. */
export function artifactOf(name: string, versions: readonly SharedVersion[]): SharedArtifact {
  return anArtifact(name, { versions: new Map(versions.map((one) => [one.uid, one])) });
}

/** An artifact whose last number is the highest that was given out. */
export function withLast(artifact: SharedArtifact): SharedArtifact {
  const numbers = Array.from(artifact.versions.values(), ({ number }) => number);
  const last = Math.max(artifact.lastNumber ?? -1, ...numbers);
  return { ...artifact, lastNumber: last < 0 ? null : (last as VersionNumber) };
}

/** Comparable, whatever the order in which things were put in. */
export function plain(state: SharedProject): unknown {
  const sorted = <K, V>(map: ReadonlyMap<K, V>, of: (value: V) => unknown): unknown =>
    [...map]
      .map(([key, value]) => [String(key), of(value)] as const)
      .toSorted((a, b) => (a[0] < b[0] ? -1 : 1));
  const same = (value: unknown): unknown => value;
  return {
    ...state,
    runs: sorted(state.runs, same),
    artifacts: sorted(state.artifacts, (artifact) => ({
      ...artifact,
      reserved: [],
      versions: sorted(artifact.versions, same),
      aliases: sorted(artifact.aliases, same),
      edges: sorted(artifact.edges, same),
      derivations: sorted(artifact.derivations, same),
    })),
  };
}
