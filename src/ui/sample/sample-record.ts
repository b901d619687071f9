// Which project is the sample: kept in this browser, so that no project of a person is ever taken for it.
import type { ArtifactUid, ProjectRecord } from "../../core/records.ts";
import type { ArtifactSummary } from "../../protocol/browse-api.ts";

const KEY = "cairn-sample";

/** What was added, as it was then. */
export interface SampleRecord {
  readonly project: string;
  readonly createdAt: string;
  readonly artifacts: readonly ArtifactUid[];
  readonly versions: number;
}

/** The record in a stored text; `null` where there is none, or none that makes sense. */
export function parseSampleRecord(stored: string | null): SampleRecord | null {
  try {
    const value: unknown = JSON.parse(stored ?? "null");
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is SampleRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "project" in value &&
    typeof value.project === "string" &&
    "createdAt" in value &&
    typeof value.createdAt === "string" &&
    "versions" in value &&
    typeof value.versions === "number" &&
    "artifacts" in value &&
    Array.isArray(value.artifacts)
  );
}

/** What was added in this browser, if anything. */
export function readSampleRecord(): SampleRecord | null {
  try {
    return parseSampleRecord(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

export function writeSampleRecord(record: SampleRecord): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(record));
  } catch {
    // Storage is refused: then the sample is deleted as any project is.
  }
}

/** Whether a project is the sample, and nothing of a person's was logged into it since. */
export function isSample(project: ProjectRecord, record: SampleRecord | null): boolean {
  return (
    record !== null &&
    project.name === record.project &&
    project.createdAt === record.createdAt &&
    project.versionCount === record.versions
  );
}

/** As {@link isSample}, for a project whose artifacts are known. */
export function areSample(
  artifacts: readonly ArtifactSummary[],
  project: string,
  record: SampleRecord | null,
): boolean {
  return (
    record !== null &&
    project === record.project &&
    artifacts.length === record.artifacts.length &&
    artifacts.every(({ artifact }) => record.artifacts.includes(artifact.uid)) &&
    artifacts.reduce((sum, { artifact }) => sum + artifact.versionCount, 0) === record.versions
  );
}
