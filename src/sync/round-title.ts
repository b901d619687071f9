// A round in a few words, for the repository's history.
import type { SharedOp } from "../core/sync/ops.ts";

const KINDS: readonly (readonly [one: string, many: string, kinds: readonly SharedOp["kind"][]])[] =
  [
    ["version", "versions", ["version"]],
    ["alias", "aliases", ["alias"]],
    ["delete", "deletes", ["version-deleted"]],
    ["restore", "restores", ["version-restored"]],
    ["run", "runs", ["run"]],
    ["line", "lines", ["edge-added", "edge-removed", "derivation-added", "derivation-removed"]],
    ["edit", "edits", ["version-edited", "artifact-edited"]],
    ["number kept free", "numbers kept free", ["reserve"]],
    ["project", "projects", ["project"]],
  ];

/** Such as `Cairn: 2 versions, 1 alias`. */
export function roundTitle(ops: readonly SharedOp[], registries: number): string {
  const parts = KINDS.flatMap(([one, many, kinds]) => {
    const count = ops.filter(({ kind }) => kinds.includes(kind)).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  if (registries > 0) parts.push(`${registries} ${registries === 1 ? "registry" : "registries"}`);
  return `Cairn: ${parts.length === 0 ? "index made anew" : parts.join(", ")}`;
}
