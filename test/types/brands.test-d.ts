// Checked by tsc alone: what the brands keep apart.
import type { Digest } from "../../src/core/digest.ts";
import type { Alias, ArtifactName, ProjectName } from "../../src/core/names.ts";
import type { LogicalPath } from "../../src/core/path.ts";
import type { ArtifactUid, VersionUid } from "../../src/core/records.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { JobId } from "../../src/protocol/jobs.ts";

type IsNo<A, B> = A extends B ? never : true;
type Is<A, B> = A extends B ? true : never;

export const keptApart: readonly [
  IsNo<string, ArtifactName>,
  IsNo<string, LogicalPath>,
  IsNo<string, Digest>,
  IsNo<string, JobId>,
  IsNo<number, VersionNumber>,
  IsNo<ArtifactName, ProjectName>,
  IsNo<ProjectName, ArtifactName>,
  IsNo<Alias, ArtifactName>,
  IsNo<Digest, LogicalPath>,
  IsNo<ArtifactUid, VersionUid>,
] = [true, true, true, true, true, true, true, true, true, true];

export const stillPlain: readonly [
  Is<Alias, string>,
  Is<Digest, string>,
  Is<VersionNumber, number>,
] = [true, true, true];
