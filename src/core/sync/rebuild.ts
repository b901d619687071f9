// Projects made anew from the log of rounds, when the index lacks some of it.
import type { ProjectName } from "../names.ts";
import type { RoundFile } from "./files.ts";
import type { SharedProject } from "./shared.ts";

/** Folds rounds in the agreed order: by `seq`, then by id. Rounds given twice count once. */
export function foldRounds(rounds: Iterable<RoundFile>): ReadonlyMap<ProjectName, SharedProject> {
  throw new Error(`not yet ${String(rounds)}`);
}
