// Registries as their logs tell them, folded once and kept up to date in memory.
import { CairnError } from "../../core/errors.ts";
import { EMPTY_FOLD, foldEvents, type Fold } from "../../core/registry/fold.ts";
import type { RegistryUid } from "../../core/registry/records.ts";
import type { RegistryState } from "../../core/registry/state.ts";
import { compareUtf8 } from "../../core/utf8.ts";
import type {
  Database,
  RegistryRecord,
  StoreName,
  StoredRegistryEvent,
} from "../../store/schema.ts";
import type { ReadTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";

/** The stores that reading a registry takes. */
export const REGISTRY_STORES = ["registries", "registryEvents"] as const satisfies StoreName[];
export type RegistryTx = ReadTx<(typeof REGISTRY_STORES)[number]>;

/** A registry of this browser, with what its log says. */
export interface OpenRegistry {
  readonly record: RegistryRecord;
  readonly fold: Fold;
  /** The fold's, under the name that the registry has here: what is said of it says that name. */
  readonly state: RegistryState;
}

/** A registry by the name it has here, deleted or not. Throws `no_registry`. */
export async function openRegistry(ctx: Ctx, tx: RegistryTx, name: string): Promise<OpenRegistry> {
  const record = await findRecord(tx, name);
  const open = record === undefined ? null : opened(record, await foldOf(ctx, tx, record));
  return open ?? throwMissing(ctx, tx, name);
}

/** As {@link openRegistry}, as of a time; throws `not_found` when there was none yet. */
export async function openRegistryAt(
  ctx: Ctx,
  tx: RegistryTx,
  name: string,
  asOf: string,
): Promise<OpenRegistry> {
  const { record } = await openRegistry(ctx, tx, name);
  const rows = await readRows(tx, record, 0);
  const open = opened(record, foldEvents(EMPTY_FOLD, rows, asOf));
  if (open === null)
    throw new CairnError("not_found", { what: "registry", name: `${name}@${asOf}` });
  return open;
}

/** All registries of this browser, by name, deleted ones too. Free of cost when there are none. */
export async function openRegistries(ctx: Ctx, tx: RegistryTx): Promise<readonly OpenRegistry[]> {
  const records = await tx.objectStore("registries").getAll();
  const opens = await Promise.all(
    records
      .toSorted((a, b) => compareUtf8(a.name, b.name))
      .map(async (record) => opened(record, await foldOf(ctx, tx, record))),
  );
  return opens.filter((open) => open !== null);
}

/** A registry's row by the name it has here. */
export function findRecord(
  tx: ReadTx<"registries">,
  name: string,
): Promise<RegistryRecord | undefined> {
  return tx
    .objectStore("registries")
    .index("byName")
    .get(name as RegistryRecord["name"]);
}

/** A registry with its fold; `null` where its log doesn't begin as one. */
export function opened(record: RegistryRecord, fold: Fold): OpenRegistry | null {
  if (fold.state === null) return null;
  const state = fold.state.name === record.name ? fold.state : { ...fold.state, name: record.name };
  return { record, fold, state };
}

const folds = new WeakMap<Database, Map<RegistryUid, Fold>>();

/**
 * Keeps a fold for the next one who reads. It need not come to stand: its head tells whether it is
 * that of the log.
 */
export function keepFold(db: Database, uid: RegistryUid, fold: Fold): void {
  if (!isWhole(fold)) return;
  const known = folds.get(db) ?? new Map<RegistryUid, Fold>();
  folds.set(db, known.set(uid, fold));
}

async function foldOf(ctx: Ctx, tx: RegistryTx, record: RegistryRecord): Promise<Fold> {
  const kept = folds.get(ctx.db)?.get(record.uid) ?? EMPTY_FOLD;
  if (kept.seq === record.seq && kept.head === record.head) return kept;
  const fold = await foldFurther(tx, record, kept);
  keepFold(ctx.db, record.uid, fold);
  return fold;
}

async function foldFurther(tx: RegistryTx, record: RegistryRecord, kept: Fold): Promise<Fold> {
  if (kept.head !== null && kept.seq < record.seq) {
    const [last, ...newer] = await readRows(tx, record, kept.seq);
    // Bringing in a file may have put other events into the places of those read.
    if (last?.digest === kept.head) return foldEvents(kept, newer);
  }
  return foldEvents(EMPTY_FOLD, await readRows(tx, record, 0));
}

/** Whether the head of a fold stands for all events in front of it, as one that breaks the chain doesn't. */
function isWhole({ faults }: Fold): boolean {
  return ![...faults.values()].some(({ kind }) => kind === "chain");
}

/** Events of a log from a place on. */
export function readRows(
  tx: RegistryTx,
  { uid, seq }: RegistryRecord,
  from: number,
): Promise<StoredRegistryEvent[]> {
  return tx.objectStore("registryEvents").getAll(IDBKeyRange.bound([uid, from], [uid, seq]));
}

/** Says that there is no such registry, and which there are [G1]. */
export async function throwMissing(ctx: Ctx, tx: RegistryTx, name: string): Promise<never> {
  const opens = await openRegistries(ctx, tx);
  const known = opens.filter(({ state }) => !state.isDeleted).map(({ record }) => record.name);
  throw new CairnError("no_registry", { registry: name, known });
}
