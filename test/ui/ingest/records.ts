// Records with nothing special about them.
import { digestFromHex } from "../../../src/core/digest.ts";
import { parseArtifactName, parseArtifactType, parseProjectName } from "../../../src/core/names.ts";
import type {
  ArtifactRecord,
  ArtifactUid,
  ProjectRecord,
  VersionRecord,
  VersionUid,
} from "../../../src/core/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";

const AT = "2026-01-01T00:00:00.000Z";

export function aProject(name: string): ProjectRecord {
  return {
    name: parseProjectName(name),
    createdAt: AT,
    updatedAt: AT,
    artifactCount: 0,
    versionCount: 0,
    sizeBytes: 0,
    deletedAt: null,
  };
}

export function anArtifact(name: string, type: string): ArtifactRecord {
  return {
    uid: `artifact-${name}` as ArtifactUid,
    project: parseProjectName("digits"),
    name: parseArtifactName(name),
    type: parseArtifactType(type),
    createdAt: AT,
    updatedAt: AT,
    lastNumber: 0 as VersionNumber,
    versionCount: 1,
    sizeBytes: 0,
    tags: [],
    keep: null,
  };
}

export function aVersion(number: number): VersionRecord {
  return {
    uid: `version-${number}` as VersionUid,
    artifact: "artifact-x" as ArtifactUid,
    number: number as VersionNumber,
    digest: digestFromHex("0".repeat(64)),
    sizeBytes: 0,
    fileCount: 0,
    newBytes: 0,
    description: "",
    metadata: {},
    tags: [],
    pinned: false,
    createdAt: AT,
  };
}
