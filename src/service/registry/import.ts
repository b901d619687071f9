// A registry's log from a file: looked at, and brought in as a whole or not at all [E3 V4].
import type { Digest } from "../../core/digest.ts";
import { CairnError } from "../../core/errors.ts";
import { eventText, signedText } from "../../core/registry/event-text.ts";
import { EMPTY_FOLD, foldEvents, type CheckedEvent, type Fold } from "../../core/registry/fold.ts";
import { parseRegistryName } from "../../core/registry/names.ts";
import type { RegistryEvent, RegistryName } from "../../core/registry/records.ts";
import type { Imported, ImportPlan } from "../../protocol/registry-log-api.ts";
import type { IdentityRecord, RegistryRecord } from "../../store/schema.ts";
import { withRead, withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { notifyChanged } from "./append.ts";
import { findIdentity } from "./identity.ts";
import {
  checkChain,
  invalidLog,
  isSealRight,
  lineOf,
  readLogFile,
  type LogFile,
} from "./log-file.ts";
import { findRecord, keepFold, openRegistry, readRows, REGISTRY_STORES } from "./read-registry.ts";
import { findSplit, planMerge, type Merge, type OurLog, type TheirLog } from "./rebase.ts";
import { sign } from "./signing.ts";
import { checkSignatures, sealOf, verdictOf } from "./verify.ts";

const DAY_MS = 86_400_000;
/** Each loser of a race lost to somebody who got on, so this many tries end only in a storm. */
const MOST_TRIES = 100;

/** Says what bringing a file in would do. Throws `invalid_log`, `log_forked`. */
export async function planImport(ctx: Ctx, blob: Blob): Promise<ImportPlan> {
  return (await draftImport(ctx, await readWhole(ctx, blob))).plan;
}

/**
 * Brings a file in, in one transaction.
 *
 * @param name what to call it here, where it is new; `null` for its own name
 * @throws CairnError `invalid_log`, `log_forked`, `already_exists`, `invalid_name`
 */
export async function importRegistry(ctx: Ctx, blob: Blob, name: string | null): Promise<Imported> {
  const wanted = name === null ? null : parseRegistryName(name);
  const file = await readWhole(ctx, blob);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const draft = await draftImport(ctx, file);
    const { kind } = draft.plan;
    const imported = { ...draft.plan, dropped: draft.merge.dropped };
    if (kind === "same" || kind === "older") return imported;
    const called = kind === "new" ? (wanted ?? draft.plan.name) : draft.plan.name;
    if (await write(ctx, draft, called)) return { ...imported, name: called };
  }
  throw new CairnError("changed_since", { what: "registry", name: file.head.name });
}

interface Draft {
  readonly plan: ImportPlan;
  readonly merge: Merge;
  readonly ours: OurLog | null;
  readonly theirs: TheirLog;
  readonly me: IdentityRecord | null;
}

/** Throws `invalid_log` unless a file is whole, as its seal says, and not of the future. */
async function readWhole(ctx: Ctx, blob: Blob): Promise<LogFile> {
  const file = await readLogFile(ctx, blob);
  checkChain(file);
  if (!(await isSealRight(file)))
    throw invalidLog(1, `its seal is not that of “${file.head.byName}”, who it says it is from`);
  const latest = new Date(Date.parse(ctx.now()) + DAY_MS).toISOString();
  for (const { event } of file.entries)
    if (event.at > latest)
      throw invalidLog(
        lineOf(event.seq),
        `it is dated ${event.at}, more than a day ahead of this computer's clock`,
      );
  return file;
}

async function draftImport(ctx: Ctx, file: LogFile): Promise<Draft> {
  const { ours, me } = await readOurs(ctx, file);
  const split = ours === null ? 0 : findSplit(ours, file.entries);
  // What is the same here was checked when it came.
  const known = ours?.rows.slice(0, split) ?? [];
  const rows = await checkedRows(ctx, file, known);
  const fold = foldEvents(EMPTY_FOLD, rows);
  if (fold.state === null) throw invalidLog(lineOf(0), "it doesn't make a registry");
  const theirs = { file, rows, fold };
  const merge: Merge =
    ours === null
      ? { kind: "new", split: 0, replayed: [], dropped: [] }
      : planMerge(ours, theirs, me?.key ?? null, ctx.now());
  const { kind, replayed } = merge;
  const name = ours?.open.record.name ?? fold.state.name;
  const plan: ImportPlan = {
    verdict: verdictOf({ uid: fold.state.uid, name }, rows, fold, sealOf(file, true)),
    name,
    kind,
    incoming: kind === "same" || kind === "older" ? 0 : rows.length - merge.split,
    replayed: replayed.length,
  };
  return { plan, merge, ours, theirs, me };
}

/** The file checked last: what is looked at is brought in soon after. */
const lastChecked = new WeakMap<Ctx, readonly CheckedEvent[]>();

/** A file's events as they would be stored. Its last digest stands for all of them. */
async function checkedRows(
  ctx: Ctx,
  { entries }: LogFile,
  known: readonly CheckedEvent[],
): Promise<readonly CheckedEvent[]> {
  const last = lastChecked.get(ctx);
  if (last !== undefined && last.at(-1)?.digest === entries.at(-1)?.digest) return last;
  const rows = [...known, ...(await checkSignatures(entries.slice(known.length)))];
  lastChecked.set(ctx, rows);
  return rows;
}

function readOurs(
  ctx: Ctx,
  { head }: LogFile,
): Promise<{ readonly ours: OurLog | null; readonly me: IdentityRecord | null }> {
  return withRead(ctx.db, [...REGISTRY_STORES, "identity"], async (tx) => {
    const me = await findIdentity(tx);
    const record = await tx.objectStore("registries").get(head.registry);
    if (record === undefined) return { ours: null, me };
    const open = await openRegistry(ctx, tx, record.name);
    return { ours: { open, rows: await readRows(tx, record, 0) }, me };
  });
}

/** Writes a draft if the registry here is still as it was; answers whether it did. */
async function write(
  ctx: Ctx,
  { merge, ours, theirs, me }: Draft,
  name: RegistryName,
): Promise<boolean> {
  const own = await signAgain(ctx, merge, theirs.fold, me);
  const fold = foldEvents(theirs.fold, own);
  const { head, state } = fold;
  if (state === null || head === null) throw invalidLog(null, "it is empty");
  const { uid } = state;
  const before: RegistryRecord | undefined = ours?.open.record;
  const rows = [...theirs.rows.slice(merge.split), ...own];
  const isWritten = await withWrite(ctx.db, [...REGISTRY_STORES], async (tx) => {
    const now = await tx.objectStore("registries").get(uid);
    if (now?.head !== before?.head || now?.name !== before?.name) return false;
    if (now === undefined && (await findRecord(tx, name)) !== undefined)
      throw new CairnError("already_exists", { what: "registry", name });
    const events = tx.objectStore("registryEvents");
    await events.delete(IDBKeyRange.bound([uid, merge.split], [uid, []]));
    for (const row of rows) await events.put(row, [uid, row.event.seq]);
    await tx.objectStore("registries").put({ uid, name, seq: fold.seq, head });
    return true;
  });
  if (isWritten) {
    keepFold(ctx.db, uid, fold);
    notifyChanged(ctx, name);
  }
  return isWritten;
}

/** Own events behind those that came: with their ids, so that others know them again. */
async function signAgain(
  { hasher }: Ctx,
  { replayed }: Merge,
  fold: Fold,
  me: IdentityRecord | null,
): Promise<readonly CheckedEvent[]> {
  if (replayed.length === 0) return [];
  if (me === null) throw new CairnError("no_profile", {});
  const signed: CheckedEvent[] = [];
  let previous: Digest | null = fold.head;
  let { seq } = fold;
  const registry = fold.state?.uid;
  if (registry === undefined) throw invalidLog(null, "it is empty");
  for (const { uid, at, act } of replayed) {
    seq += 1;
    const unsigned = { registry, seq, uid, at, actor: me.key, act, previous };
    const event: RegistryEvent = {
      ...unsigned,
      signature: await sign(me.privateKey, signedText(unsigned)),
    };
    const digest = hasher.hashText([eventText(event)]);
    signed.push({ event, digest, isSigned: true });
    previous = digest;
  }
  return signed;
}
