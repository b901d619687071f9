// Whether a version is the one that a link points to.
import type { VersionRecord } from "../records.ts";
import type { LinkSource } from "./records.ts";

/**
 * True for the version with a source's id, or one that it had on another device, and content. A link
 * that somebody else signed may show one version and name the id of another.
 */
export function isSourceOf(
  { version, digest }: LinkSource,
  found: Pick<VersionRecord, "uid" | "digest" | "twins">,
): boolean {
  const isNamed = version === found.uid || found.twins?.includes(version) === true;
  return isNamed && digest === found.digest;
}
