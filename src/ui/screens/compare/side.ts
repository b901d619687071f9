// One of the two versions that are compared.
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import { versionHash } from "../../router.ts";

/** A version as its page knows it. */
export type Side = VersionDetail;

export function refOf({ artifact, version }: Side): VersionRef {
  return { project: artifact.project, name: artifact.name, number: version.number };
}

/** `digits/cnn:v2`: names the version for good. */
export function specOf(side: Side): string {
  const { project, name, number } = refOf(side);
  return `${project}/${name}:${formatVersion(number)}`;
}

/** As short as it may be beside the other side: `v2`, `cnn:v2` or `digits/cnn:v2`. */
export function shortSpecOf(side: Side, other: Side): string {
  const { project, name, number } = refOf(side);
  const version = formatVersion(number);
  if (project !== other.artifact.project) return specOf(side);
  return name === other.artifact.name ? version : `${name}:${version}`;
}

export function hashOf(side: Side): string {
  const { project, name, number } = refOf(side);
  return versionHash(project, name, formatVersion(number));
}

/** The hash of a file on its version's page, where it is shown. */
export function fileHashOf(side: Side, file: string): string {
  const { project, name, number } = refOf(side);
  return versionHash(project, name, formatVersion(number), { file });
}
