// A registry's log looked through, newest first, by pages and filters [E1 E3].
import { happenedBy } from "../../core/alias-history.ts";
import type { Digest } from "../../core/digest.ts";
import { parseIsoTime } from "../../core/iso-time.ts";
import type { RegistryAct, RegistryUid } from "../../core/registry/records.ts";
import type { RegistryState } from "../../core/registry/state.ts";
import type { AuditQuery, AuditRow } from "../../protocol/registry-log-api.ts";
import type { Database } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { auditRows } from "./audit-rows.ts";
import { openRegistry, readRows, REGISTRY_STORES, type OpenRegistry } from "./read-registry.ts";

/** Events of a registry that fit a query, newest first. Throws `no_registry`, `invalid_text` for what is no time. */
export async function listAudit(
  ctx: Ctx,
  registry: string,
  query: AuditQuery,
): Promise<readonly AuditRow[]> {
  if (query.from !== undefined) parseIsoTime("start", query.from);
  if (query.to !== undefined) parseIsoTime("end", query.to);
  const { open, rows } = await readAudit(ctx, registry);
  const found: AuditRow[] = [];
  for (let place = rows.length - 1; place >= 0 && found.length < query.limit; place -= 1) {
    const row = rows[place];
    if (row !== undefined && fits(row, query, open.state)) found.push(row);
  }
  return found;
}

interface Kept {
  readonly head: Digest;
  readonly rows: readonly AuditRow[];
}

/** One registry is looked through at a time, and a page of it after the other. */
const kept = new WeakMap<Database, Map<RegistryUid, Kept>>();

async function readAudit(
  ctx: Ctx,
  registry: string,
): Promise<{ readonly open: OpenRegistry; readonly rows: readonly AuditRow[] }> {
  const read = await withRead(ctx.db, [...REGISTRY_STORES], async (tx) => {
    const open = await openRegistry(ctx, tx, registry);
    const { uid, head } = open.record;
    const known = kept.get(ctx.db)?.get(uid);
    if (known?.head === head) return { open, rows: known.rows };
    const events = (await readRows(tx, open.record, 0)).map(({ event }) => event);
    return { open, rows: auditRows(events, open.fold.faults) };
  });
  const { uid, head } = read.open.record;
  kept.set(ctx.db, new Map([[uid, { head, rows: read.rows }]]));
  return read;
}

function fits({ event, fault }: AuditRow, query: AuditQuery, state: RegistryState): boolean {
  const { before, kinds, actor, collection, isFaulty, from, to } = query;
  const { seq, act, at } = event;
  return (
    (before === null || seq < before) &&
    (kinds === undefined || kinds.includes(act.kind)) &&
    (actor === undefined || event.actor === actor) &&
    (collection === undefined || collectionOf(act, state) === collection) &&
    (isFaulty !== true || fault !== null) &&
    (from === undefined || Date.parse(at) >= Date.parse(from)) &&
    (to === undefined || happenedBy(at, to))
  );
}

/** The collection an act is about; that of the request it settles, too. */
function collectionOf(act: RegistryAct, state: RegistryState): string | null {
  if ("collection" in act) return act.collection;
  if (act.kind !== "promotion-settled") return null;
  return act.signed?.ask.collection ?? state.requests.get(act.request)?.collection ?? null;
}
