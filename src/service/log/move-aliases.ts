// Writes the alias moves of a log, with their events.
import { planAliases, type AliasMove } from "../../core/alias.ts";
import { LATEST, type Alias } from "../../core/names.ts";
import type { ArtifactRecord } from "../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import type { VersionPlan } from "../../core/versioning.ts";
import { aliasesOf } from "../../store/artifacts.ts";
import type { WriteTx } from "../../store/transaction.ts";
import { subjectOf, type Journal } from "../journal.ts";

/** Plans and writes where aliases go when a version is logged. */
export async function moveAliases(
  tx: WriteTx<"aliases">,
  artifact: ArtifactRecord,
  plan: VersionPlan,
  given: readonly Alias[],
  journal: Journal,
): Promise<readonly AliasMove[]> {
  const held = await aliasesOf(tx, artifact.uid);
  const holders = new Map<Alias, VersionNumber>(held.map(({ alias, number }) => [alias, number]));
  const moves = planAliases(plan, given, holders);
  for (const move of moves) await writeAlias(tx, artifact, move, journal);
  return moves;
}

/** Puts one alias where a move says. `latest` needs no event: it follows from what was logged and deleted [A2 A4]. */
export async function writeAlias(
  tx: WriteTx<"aliases">,
  artifact: ArtifactRecord,
  { alias, from, to }: AliasMove,
  journal: Journal,
): Promise<void> {
  await tx
    .objectStore("aliases")
    .put({ artifact: artifact.uid, alias, number: to, movedAt: journal.at });
  if (alias === LATEST) return;
  journal.record(
    "alias-moved",
    `${subjectOf(artifact)}:${alias}`,
    from === null ? null : formatVersion(from),
    formatVersion(to),
  );
}
