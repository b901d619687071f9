// How an artifact's aliases came and went, as its events tell it [A4 E4].
import type { AliasChange } from "./alias.ts";
import { renumberingIn } from "./event-payload.ts";
import { isJsonObject, type Json } from "./json.ts";
import { LATEST, type Alias } from "./names.ts";
import type { EventRecord } from "./records.ts";
import { findVersionNumber, type VersionNumber } from "./version.ts";

const DAY_MS = 86_400_000;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Folds an artifact's events into the changes of its aliases, `latest` among them, oldest first.
 * Events that move no alias are passed over, and so are moves to where an alias already is. Numbers
 * are those of today: where syncing gave a version another one, it has that in all changes [S3].
 *
 * @param artifact `project/name`: the subject of its events, or how it begins
 * @param events in any order
 */
export function aliasChanges(
  artifact: string,
  events: readonly EventRecord[],
): readonly AliasChange[] {
  const holders = new Map<Alias, VersionNumber>();
  let changes: AliasChange[] = [];
  for (const event of events.toSorted((a, b) => a.seq - b.seq)) {
    const { at, actor, seq } = event;
    if (event.kind === "version-renumbered") {
      const now = renumberingIn(event.after);
      for (const [alias, holder] of holders) holders.set(alias, now.get(holder) ?? holder);
      changes = changes.map((change) => withNumbers(change, now));
    }
    for (const [alias, to] of movesOf(artifact, event)) {
      const from = holders.get(alias) ?? null;
      // What others logged before comes after, but doesn't take `latest` back.
      const isOlder = event.kind === "version-logged" && to !== null && to < (from ?? to);
      if (from === to || isOlder) continue;
      changes.push({ alias, at, actor, from, to, seq });
      if (to === null) holders.delete(alias);
      else holders.set(alias, to);
    }
  }
  return changes;
}

/**
 * The version that held an alias at a time, or `null` [E4]. A date without a time of day means the
 * end of that day in UTC.
 *
 * @param changes oldest first
 * @param asOf ISO date or date-time
 */
export function holderAt(
  changes: readonly AliasChange[],
  alias: Alias,
  asOf: string,
): VersionNumber | null {
  const last = changes.findLast((change) => change.alias === alias && happenedBy(change.at, asOf));
  return last?.to ?? null;
}

/** Whether something of the time `at` had happened at `asOf`, a date meaning the end of its day in UTC. */
export function happenedBy(at: string, asOf: string): boolean {
  const limit = Date.parse(asOf);
  return Date.parse(at) <= (DATE_ONLY.test(asOf) ? limit + DAY_MS - 1 : limit);
}

function withNumbers(
  change: AliasChange,
  now: ReadonlyMap<VersionNumber, VersionNumber>,
): AliasChange {
  const numberNow = (number: VersionNumber | null): VersionNumber | null =>
    number === null ? null : (now.get(number) ?? number);
  return { ...change, from: numberNow(change.from), to: numberNow(change.to) };
}

/** Where an event says that aliases went; `null` for nowhere. */
type AliasMoves = readonly (readonly [Alias, VersionNumber | null])[];

function movesOf(artifact: string, { kind, subject, after }: EventRecord): AliasMoves {
  const suffix = subject.slice(artifact.length + 1);
  switch (kind) {
    case "version-logged":
      return moveTo(LATEST, findVersionNumber(suffix));
    case "alias-moved":
      return moveTo(
        suffix as Alias,
        typeof after === "string" ? findVersionNumber(after) : undefined,
      );
    case "alias-removed":
      return [[suffix as Alias, null]];
    case "versions-deleted":
      return [...aliasesIn(after).map(([alias]) => [alias, null] as const), ...latestIn(after)];
    case "versions-restored":
      return [...aliasesIn(after), ...latestIn(after)];
    case "version-renumbered":
      return latestIn(after);
    default:
      return [];
  }
}

/** No move when the event names no version. */
function moveTo(alias: Alias, to: VersionNumber | undefined): AliasMoves {
  return to === undefined ? [] : [[alias, to]];
}

function aliasesIn(after: Json): AliasMoves {
  const aliases = isJsonObject(after) ? after["aliases"] : undefined;
  if (!isJsonObject(aliases)) return [];
  return Object.entries(aliases).flatMap(([alias, to]) => moveTo(alias as Alias, numberIn(to)));
}

function latestIn(after: Json): AliasMoves {
  const latest = isJsonObject(after) ? after["latest"] : undefined;
  return latest === null ? [[LATEST, null]] : moveTo(LATEST, numberIn(latest));
}

function numberIn(value: Json | undefined): VersionNumber | undefined {
  return typeof value === "number" ? (value as VersionNumber) : undefined;
}
