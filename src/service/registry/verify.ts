// Logs of registries checked from their start: signatures, chain, rights [E2 E3].
import type { Digest } from "../../core/digest.ts";
import { eventText } from "../../core/registry/event-text.ts";
import { EMPTY_FOLD, foldEvents, type CheckedEvent, type Fold } from "../../core/registry/fold.ts";
import type { RegistryEvent, RegistryName, RegistryUid } from "../../core/registry/records.ts";
import { isSame } from "../../core/registry/same.ts";
import type { LogVerdict } from "../../protocol/registry-log-api.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { auditRows } from "./audit-rows.ts";
import {
  checkChain,
  invalidLog,
  isSealRight,
  isWhole,
  readLogFile,
  type Entry,
} from "./log-file.ts";
import { openRegistry, readRows, REGISTRY_STORES } from "./read-registry.ts";
import { verifyEvent } from "./signing.ts";

/** Signatures asked about at once. */
const BATCH = 256;

/** Asks of each event whether it is what its actor signed. Throws `signing_unavailable`. */
export async function checkSignatures(entries: readonly Entry[]): Promise<readonly CheckedEvent[]> {
  const checked: CheckedEvent[] = [];
  for (let start = 0; start < entries.length; start += BATCH) {
    const batch = entries.slice(start, start + BATCH);
    checked.push(
      ...(await Promise.all(
        batch.map(async (entry) => ({ ...entry, isSigned: await verifyEvent(entry.event) })),
      )),
    );
  }
  return checked;
}

/**
 * Checks the log of a registry here, believing nothing that was noted when it was written. Throws
 * `no_registry`, and `invalid_log` where the last events are missing, or a sound log was noted as
 * something else.
 */
export async function verifyRegistry(ctx: Ctx, registry: string): Promise<LogVerdict> {
  const { record, rows } = await withRead(ctx.db, [...REGISTRY_STORES], async (tx) => {
    const open = await openRegistry(ctx, tx, registry);
    return { record: open.record, rows: await readRows(tx, open.record, 0) };
  });
  const { hashText } = ctx.hasher;
  const entries = rows.map(({ event }) => ({ event, digest: hashText([eventText(event)]) }));
  const { checked, fold } = await foldAnew(entries);
  if (fold.head !== record.head)
    throw invalidLog(null, "its last events are missing, or were changed in this browser");
  if (fold.faults.size === 0 && !isSame(rows.map(noteOf), checked.map(noteOf)))
    throw invalidLog(null, "what was noted of its events was changed in this browser");
  return verdictOf(record, rows, fold, null);
}

/**
 * Checks an exported file without taking it in. What is wrong with its events is in the verdict, and
 * so is a seal that doesn't fit. Throws `invalid_log` where it can't be read as a registry's log.
 */
export async function verifyExport(ctx: Ctx, blob: Blob): Promise<LogVerdict> {
  const file = await readLogFile(ctx, blob);
  const { head, entries } = file;
  if (head.by === null) checkChain(file);
  const { fold } = await foldAnew(entries);
  const isRight = isWhole(file) && (await isSealRight(file));
  return verdictOf({ uid: head.registry, name: head.name }, entries, fold, sealOf(file, isRight));
}

/** What a file's seal comes to; `null` where there is none. */
export function sealOf(
  { head: { by, byName } }: Awaited<ReturnType<typeof readLogFile>>,
  isRight: boolean,
): LogVerdict["seal"] {
  return by === null ? null : { by, byName, isRight };
}

/** What a log comes to that was folded from its start. */
export function verdictOf(
  { uid, name }: { readonly uid: RegistryUid; readonly name: RegistryName },
  rows: readonly { readonly event: RegistryEvent }[],
  { faults, head }: { readonly faults: Fold["faults"]; readonly head: Digest | null },
  seal: LogVerdict["seal"],
): LogVerdict {
  const events = rows.map(({ event }) => event);
  return {
    registry: name,
    uid,
    events: events.length,
    head,
    firstAt: events[0]?.at ?? null,
    lastAt: events.at(-1)?.at ?? null,
    faults: auditRows(events, faults).filter(({ fault }) => fault !== null),
    seal,
  };
}

/** What of an event is kept beside it, so that reading needn't find it out again. */
function noteOf({ digest, isSigned }: CheckedEvent): Omit<CheckedEvent, "event"> {
  return { digest, isSigned };
}

async function foldAnew(
  entries: readonly Entry[],
): Promise<{ readonly checked: readonly CheckedEvent[]; readonly fold: Fold }> {
  const checked = await checkSignatures(entries);
  const fold = foldEvents(EMPTY_FOLD, checked);
  if (fold.state === null) throw invalidLog(null, "its first event doesn't make a registry");
  return { checked, fold };
}
