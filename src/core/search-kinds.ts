/** What can be found, in the order in which equally good groups are shown. */
export const FIND_KINDS = [
  "project",
  "artifact",
  "version",
  "registry",
  "collection",
  "file",
  "run",
] as const;
export type FindKind = (typeof FIND_KINDS)[number];
