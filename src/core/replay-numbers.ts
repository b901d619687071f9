// What syncing does to versions that had only provisional numbers, replayed [S3].
import { numbersIn, renumberingIn, textIn } from "./event-payload.ts";
import type { Json } from "./json.ts";
import type { EventRecord } from "./records.ts";
import {
  derivationId,
  edgeId,
  moveLatest,
  type DraftArtifact,
  type DraftState,
} from "./replay-draft.ts";
import type { ReplayedVersion } from "./replay-state.ts";
import type { VersionNumber } from "./version.ts";

/** All at once: one may get the number that another has until then. Aliases go along. */
export function renumber(artifact: DraftArtifact | undefined, after: Json): void {
  if (artifact === undefined) return;
  const moves = renumberingIn(after);
  const moved: [VersionNumber, ReplayedVersion][] = [];
  for (const [was, number] of moves) {
    const version = artifact.versions.get(was);
    if (version !== undefined) moved.push([number, version]);
    artifact.versions.delete(was);
  }
  for (const [number, version] of moved) artifact.versions.set(number, version);
  for (const [alias, holder] of artifact.aliases)
    artifact.aliases.set(alias, moves.get(holder) ?? holder);
  moveLatest(artifact);
}

/**
 * The version goes, and its lines become those of the one with the same content. Its aliases wait at
 * its number for the event that says where that one is.
 */
export function absorb(state: DraftState, { subject, after }: EventRecord): void {
  const artifact = state.artifacts.get(subject);
  const [uid, into] = [textIn(after, "uid"), textIn(after, "into")];
  for (const number of numbersIn(after, "was"))
    if (artifact?.versions.get(number)?.uid === uid) artifact.versions.delete(number);
  for (const [id, edge] of state.edges) {
    if (edge.version !== uid) continue;
    state.edges.delete(id);
    const moved = { ...edge, version: into };
    if (!state.edges.has(edgeId(moved))) state.edges.set(edgeId(moved), moved);
  }
  const mapped = (version: string): string => (version === uid ? into : version);
  for (const [id, { child, parent }] of state.derivations) {
    if (child !== uid && parent !== uid) continue;
    state.derivations.delete(id);
    const line = { child: mapped(child), parent: mapped(parent) };
    if (line.child !== line.parent) state.derivations.set(derivationId(line), line);
  }
}
