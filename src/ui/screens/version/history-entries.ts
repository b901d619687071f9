// What happened to a version and to its artifact's aliases, put together from two lists.
import type { AliasChange } from "../../../core/alias.ts";
import { LATEST } from "../../../core/names.ts";
import type { EventRecord } from "../../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import { numbersIn } from "../care/describe-event.ts";

export type HistoryEntry =
  | {
      readonly kind: "alias";
      readonly at: string;
      readonly seq: number;
      readonly change: AliasChange;
    }
  | {
      readonly kind: "event";
      readonly at: string;
      readonly seq: number;
      readonly event: EventRecord;
    };

/**
 * The history that a version's page shows, newest first: every alias change of the artifact, the
 * events of this version, and those of the artifact as a whole. Deletes of other versions are
 * among them: their own pages are gone.
 *
 * @param artifact `project/name`
 */
export function historyOf(
  artifact: string,
  number: VersionNumber,
  changes: readonly AliasChange[],
  events: readonly EventRecord[],
): readonly HistoryEntry[] {
  const version = `${artifact}:${formatVersion(number)}`;
  const about = new Map(
    events
      .filter(
        ({ kind, subject, after }) =>
          !kind.startsWith("alias-") &&
          !kind.startsWith("run-") &&
          (subject === version ||
            (subject === artifact && (kind === "versions-deleted" || concerns(after, number)))),
      )
      .map((event) => [event.seq, event]),
  );
  const entries: HistoryEntry[] = [
    ...changes.map((change) => ({
      kind: "alias" as const,
      at: change.at,
      seq: change.seq,
      change,
    })),
    ...[...about.values()].map((event) => ({
      kind: "event" as const,
      at: event.at,
      seq: event.seq,
      event,
    })),
  ];
  return entries.toSorted((a, b) => b.seq - a.seq);
}

/** Who holds each alias now, as the changes tell it. */
export function holdersIn(changes: readonly AliasChange[]): ReadonlyMap<string, VersionNumber> {
  const holders = new Map<string, VersionNumber>();
  for (const { alias, to } of changes.toSorted((a, b) => a.seq - b.seq))
    if (to === null) holders.delete(alias);
    else holders.set(alias, to);
  return holders;
}

/** Whether rolling a change back would do anything: `latest` follows the versions, and some are back already. */
export function canRollBack(
  { alias, from }: AliasChange,
  holders: ReadonlyMap<string, VersionNumber>,
): boolean {
  return alias !== LATEST && (holders.get(alias) ?? null) !== from;
}

function concerns(after: EventRecord["after"], number: VersionNumber): boolean {
  const numbers = numbersIn(after);
  return numbers.length === 0 || numbers.includes(number);
}
