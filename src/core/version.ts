// Version numbers and their text form `v0`, `v1`, … [V1].
import type { Brand } from "./brand.ts";

/** A version's place in its artifact, from 0; never reused. */
export type VersionNumber = Brand<number, "VersionNumber">;

const VERSION = /^v(0|[1-9]\d{0,14})$/;

/** `v3` for 3. */
export function formatVersion(number: VersionNumber): string {
  return `v${number}`;
}

/** `project/name:v3`: names a version for good [N7]. */
export function specOf(version: {
  readonly project: string;
  readonly name: string;
  readonly number: VersionNumber;
}): string {
  return `${version.project}/${version.name}:${formatVersion(version.number)}`;
}

/** The number in `v3`, or `undefined` when the text is no version. */
export function findVersionNumber(text: string): VersionNumber | undefined {
  const match = VERSION.exec(text);
  return match === null ? undefined : (Number(match[1]) as VersionNumber);
}

/** The number that follows; the first is 0. */
export function nextVersion(previous: VersionNumber | null): VersionNumber {
  return (previous === null ? 0 : previous + 1) as VersionNumber;
}
