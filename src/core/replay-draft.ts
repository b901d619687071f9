// The state of a replay while events are folded into it.
import { latestOf } from "./alias.ts";
import type { Json } from "./json.ts";
import { LATEST } from "./names.ts";
import type {
  ReplayedArtifact,
  ReplayedDerivation,
  ReplayedEdge,
  ReplayedRun,
  ReplayedState,
  ReplayedVersion,
} from "./replay-state.ts";
import type { VersionNumber } from "./version.ts";

export interface DraftArtifact extends ReplayedArtifact {
  type: string;
  tags: Json;
  keep: Json;
  readonly versions: Map<VersionNumber, ReplayedVersion>;
  readonly aliases: Map<string, VersionNumber>;
}

export interface DraftState extends ReplayedState {
  readonly projects: Map<string, { readonly isDeleted: boolean }>;
  readonly artifacts: Map<string, DraftArtifact>;
  readonly runs: Map<string, ReplayedRun>;
  readonly edges: Map<string, ReplayedEdge>;
  readonly derivations: Map<string, ReplayedDerivation>;
  readonly settings: Map<string, Json>;
}

export function edgeId({ run, version, direction }: Omit<ReplayedEdge, "via">): string {
  return `${run} ${version} ${direction}`;
}

export function derivationId({ child, parent }: ReplayedDerivation): string {
  return `${child} ${parent}`;
}

/** After versions went or came back, `latest` is with the highest live one [A5]. */
export function moveLatest(artifact: DraftArtifact | undefined): void {
  const live = [...(artifact?.versions ?? [])].filter(([, { state }]) => state === "live");
  const latest = latestOf(live.map(([number]) => number));
  if (latest === null) artifact?.aliases.delete(LATEST);
  else artifact?.aliases.set(LATEST, latest);
}
