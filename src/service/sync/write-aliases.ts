// Puts an artifact's aliases where a merge has them, and tells each move that came with it [S4 A5].
import { LATEST, type Alias } from "../../core/names.ts";
import type { AliasRecord, ArtifactRecord, VersionUid } from "../../core/records.ts";
import type { DeviceId, SharedAlias, SharedArtifact, SharedMove } from "../../core/sync/shared.ts";
import { versionFinder } from "../../core/sync/twins.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import type { WriteTx } from "../../store/transaction.ts";
import { subjectOf } from "../journal.ts";
import type { ArtifactRows } from "./read-rows.ts";
import type { SyncJournal } from "./sync-journal.ts";

interface AliasChange {
  readonly artifact: ArtifactRecord;
  readonly rows: ArtifactRows | undefined;
  readonly before: SharedArtifact | undefined;
  readonly after: SharedArtifact;
  /** The highest live version; `null` for none. */
  readonly latest: VersionNumber | null;
}

/** Writes rows and moves, and tells what others did, and what of that was overridden here. */
export async function writeAliases(
  tx: WriteTx<"aliases" | "aliasMoves">,
  journal: SyncJournal,
  change: AliasChange,
): Promise<void> {
  const { artifact, rows, before, after, latest } = change;
  const numberOf = liveNumbers(after);
  const wanted = new Map<Alias, AliasRecord>();
  for (const shared of after.aliases.values()) {
    const known = before?.aliases.get(shared.alias);
    tellMoves(journal, artifact, numberOf, known, shared);
    const number = shared.version === null ? undefined : numberOf(shared.version);
    if (number !== undefined) {
      const { alias } = shared;
      const movedAt = movedAtOf(rows?.aliases.get(alias), shared, known, journal.at);
      wanted.set(alias, { artifact: artifact.uid, alias, number, movedAt });
    }
    await keepMoves(tx, journal, artifact, rows, shared);
  }
  for (const known of before?.aliases.values() ?? [])
    if (!after.aliases.has(known.alias))
      tellMoves(journal, artifact, numberOf, known, { ...known, version: null });
  if (latest !== null) {
    const held = rows?.aliases.get(LATEST);
    const movedAt = held?.number === latest ? held.movedAt : journal.at;
    wanted.set(LATEST, { artifact: artifact.uid, alias: LATEST, number: latest, movedAt });
  }
  await putAliases(tx, journal, rows?.aliases ?? new Map(), wanted);
}

/** Numbers of live versions, by any id. */
function liveNumbers(after: SharedArtifact): (uid: VersionUid) => VersionNumber | undefined {
  const find = versionFinder(after);
  return (uid) => {
    const version = find(uid);
    return version?.deleted === null ? version.number : undefined;
  };
}

/**
 * Moves that weren't known here are told as they were agreed on. An own one that comes behind them is
 * told once more, so that the history shows both [S4].
 */
function tellMoves(
  journal: SyncJournal,
  artifact: ArtifactRecord,
  numberOf: (uid: VersionUid) => VersionNumber | undefined,
  before: SharedAlias | undefined,
  { alias, version, moves }: SharedAlias,
): void {
  const holder = (uid: VersionUid | null): VersionNumber | null =>
    uid === null ? null : (numberOf(uid) ?? null);
  let at = holder(before?.version ?? null);
  const tell = (to: VersionNumber | null, by: DeviceId | null): void => {
    if (to === at) return;
    journal.record(by, {
      kind: to === null ? "alias-removed" : "alias-moved",
      subject: `${subjectOf(artifact)}:${alias}`,
      before: at === null ? null : formatVersion(at),
      after: to === null ? null : formatVersion(to),
    });
    at = to;
  };
  const known = new Set(before?.moves.map(keyOf));
  const firstNew = moves.findIndex((move) => !known.has(keyOf(move)));
  if (firstNew >= 0) for (const { to, by } of moves.slice(firstNew)) tell(holder(to), by);
  tell(holder(version), moves.at(-1)?.by ?? null);
}

function keyOf({ to, at, by }: SharedMove): string {
  return `${to} ${at} ${by}`;
}

/** The time of the move that put it there, if the merge brought one. */
function movedAtOf(
  row: AliasRecord | undefined,
  shared: SharedAlias,
  before: SharedAlias | undefined,
  at: string,
): string {
  const last = shared.moves.at(-1);
  if (row !== undefined && before?.version === shared.version) return row.movedAt;
  return last?.to === shared.version ? last.at : at;
}

async function keepMoves(
  tx: WriteTx<"aliasMoves">,
  journal: SyncJournal,
  { uid: artifact }: ArtifactRecord,
  rows: ArtifactRows | undefined,
  { alias, moves }: SharedAlias,
): Promise<void> {
  if (hasMoves(rows?.moves.get(alias), moves)) return;
  await tx.objectStore("aliasMoves").put({ artifact, alias, moves });
  journal.touch();
}

/** Whether exactly these moves are known. */
export function hasMoves(
  known: readonly SharedMove[] | undefined,
  moves: readonly SharedMove[],
): boolean {
  if (known?.length !== moves.length) return false;
  return known === moves || known.every((move, i) => isSame(move, moves[i]));
}

function isSame(a: SharedMove, b: SharedMove | undefined): boolean {
  return b !== undefined && keyOf(a) === keyOf(b);
}

async function putAliases(
  tx: WriteTx<"aliases">,
  journal: SyncJournal,
  held: ReadonlyMap<Alias, AliasRecord>,
  wanted: ReadonlyMap<Alias, AliasRecord>,
): Promise<void> {
  for (const { artifact, alias } of held.values())
    if (!wanted.has(alias)) {
      await tx.objectStore("aliases").delete([artifact, alias]);
      journal.touch();
    }
  for (const [alias, row] of wanted) {
    const known = held.get(alias);
    if (known?.number === row.number && known.movedAt === row.movedAt) continue;
    await tx.objectStore("aliases").put(row);
    journal.touch();
  }
}
