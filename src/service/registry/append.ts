// Appends signed events to registries' logs: plan on what is there, sign, write if it is still so [E3].
import { CairnError, errorOf } from "../../core/errors.ts";
import { readEvent } from "../../core/registry/event-reader.ts";
import { eventText, signedText } from "../../core/registry/event-text.ts";
import { EMPTY_FOLD, foldEvents, type CheckedEvent, type Fold } from "../../core/registry/fold.ts";
import { judge } from "../../core/registry/judge.ts";
import type { RegistryAct, RegistryEvent, RegistryUid } from "../../core/registry/records.ts";
import { StateDraft } from "../../core/registry/state-draft.ts";
import type { RegistryState } from "../../core/registry/state.ts";
import type { IdentityRecord, RegistryRecord, StoreName } from "../../store/schema.ts";
import { withRead, withWrite, type WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { getIdentity } from "./identity.ts";
import {
  findRecord,
  keepFold,
  opened,
  openRegistry,
  REGISTRY_STORES,
  type OpenRegistry,
} from "./read-registry.ts";
import { registryUidOf, sign } from "./signing.ts";

/** What must hold in other stores at the moment the events are written. */
export interface Guard<Names extends StoreName> {
  readonly stores: readonly Names[];
  /** Throws when it doesn't. May write, too. */
  check(tx: WriteTx<Names>): Promise<void>;
}

/** What was appended: the registry after it, and the acts. */
export interface Appended {
  readonly registry: OpenRegistry;
  readonly acts: readonly RegistryAct[];
}

/** What is to be done in one registry. */
export interface Intent {
  /** Its name here. */
  readonly registry: string;
  /** The acts, from what is there. Asked again when somebody else appended meanwhile. */
  plan(open: OpenRegistry, me: IdentityRecord): readonly RegistryAct[];
}

/** Each loser of a race lost to somebody who got on, so this many tries end only in a storm. */
const MOST_TRIES = 100;

/**
 * Appends what `plan` answers, each act judged after the ones in front of it. When somebody else
 * appended meanwhile, it plans and signs anew. No act is no event, and then the guard isn't asked.
 *
 * @param registry its name here
 * @throws CairnError `no_registry`, `no_profile`, `signing_unavailable`, and what `judge` finds
 */
export async function append<Names extends StoreName = never>(
  ctx: Ctx,
  registry: string,
  plan: Intent["plan"],
  guard?: Guard<Names>,
): Promise<Appended> {
  const [appended] = await appendAll(ctx, [{ registry, plan }], guard);
  if (appended === undefined) throw new CairnError("internal", { reason: "nothing was appended" });
  return appended;
}

/** As {@link append}, to several registries, each named once: all of it or nothing. */
export async function appendAll<Names extends StoreName = never>(
  ctx: Ctx,
  intents: readonly Intent[],
  guard?: Guard<Names>,
): Promise<readonly Appended[]> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const drafts = await draftAll(ctx, intents);
    const grown = drafts.filter(({ rows }) => rows.length > 0);
    if (grown.length === 0 || (await write(ctx, grown, guard))) {
      for (const { open } of grown) notifyChanged(ctx, open.record.name);
      return drafts.map(({ open, acts }) => ({ registry: open, acts }));
    }
  }
  throw new CairnError("changed_since", {
    what: "registry",
    name: intents.map(({ registry }) => registry).join(", "),
  });
}

/** Begins a registry's log. Throws `already_exists`, `no_profile`, `signing_unavailable`. */
export async function startLog(
  ctx: Ctx,
  begin: (me: IdentityRecord) => RegistryAct & { readonly kind: "registry-created" },
): Promise<OpenRegistry> {
  const me = await withRead(ctx.db, ["identity"], getIdentity);
  const act = begin(me);
  const uid = await registryUidOf(me.key, ctx.newUid());
  const draft = await draftOn(ctx, me, { uid, name: act.name }, EMPTY_FOLD, null, [act]);
  await withWrite(ctx.db, [...REGISTRY_STORES], async (tx) => {
    if ((await findRecord(tx, act.name)) !== undefined) {
      const { state } = await openRegistry(ctx, tx, act.name);
      const what = state.isDeleted ? "deleted registry" : "registry";
      throw new CairnError("already_exists", { what, name: act.name });
    }
    await putDraft(tx, draft);
  });
  keepFold(ctx.db, uid, draft.open.fold);
  notifyChanged(ctx, act.name);
  return draft.open;
}

/** Tells everybody that a registry has changed. */
export function notifyChanged(ctx: Ctx, registry: string): void {
  ctx.notify({ kind: "registry-changed", registry });
}

/** What would be appended to one registry, signed. */
interface Draft {
  /** Its head when this was planned. */
  readonly head: RegistryRecord["head"] | null;
  readonly rows: readonly CheckedEvent[];
  readonly acts: readonly RegistryAct[];
  /** The registry with the events. */
  readonly open: OpenRegistry;
}

async function draftAll(ctx: Ctx, intents: readonly Intent[]): Promise<readonly Draft[]> {
  const { me, opens } = await withRead(ctx.db, [...REGISTRY_STORES, "identity"], async (tx) => ({
    me: await getIdentity(tx),
    opens: await Promise.all(
      intents.map(async ({ registry, plan }) => ({
        open: await openRegistry(ctx, tx, registry),
        plan,
      })),
    ),
  }));
  return Promise.all(
    opens.map(({ open, plan }) =>
      draftOn(ctx, me, open.record, open.fold, open.state, plan(open, me)),
    ),
  );
}

async function draftOn(
  ctx: Ctx,
  me: IdentityRecord,
  { uid, name }: Pick<RegistryRecord, "uid" | "name">,
  fold: Fold,
  state: RegistryState | null,
  acts: readonly RegistryAct[],
): Promise<Draft> {
  const now = ctx.now();
  const at = now > fold.lastAt ? now : fold.lastAt;
  checkAllowed(state, me, uid, at, acts);
  const { hashText } = ctx.hasher;
  const rows: CheckedEvent[] = [];
  let { head, seq } = fold;
  for (const act of acts) {
    seq += 1;
    const place = { registry: uid, seq, uid: ctx.newUid<"RegistryEvent">(), previous: head };
    const unsigned = { ...place, at, actor: me.key, act };
    const event = { ...unsigned, signature: await sign(me.privateKey, signedText(unsigned)) };
    checkReadable(event);
    head = hashText([eventText(event)]);
    rows.push({ event, digest: head, isSigned: true });
  }
  const after = foldEvents(fold, rows);
  const open = head === null ? null : opened({ uid, name, seq, head }, after);
  if (open === null)
    throw new CairnError("internal", { reason: "the log doesn't make a registry" });
  return { head: fold.head, rows, acts, open };
}

/** Throws what forbids one of the acts, each judged after those in front of it. */
function checkAllowed(
  before: RegistryState | null,
  me: IdentityRecord,
  registry: RegistryUid,
  at: string,
  acts: readonly RegistryAct[],
): void {
  const draft = new StateDraft(before);
  for (const act of acts) {
    const fault = judge(draft.state, me.key, act);
    if (fault?.kind === "rule") throw errorOf(fault.problem);
    if (fault !== null)
      throw new CairnError("internal", { reason: `a ${act.kind} event would be ${fault.kind}` });
    draft.apply({ registry, at, actor: me.key, act });
  }
}

/** Throws unless whoever gets the event will take it for one: a log can't be mended later. */
function checkReadable(event: RegistryEvent): void {
  const read = readEvent(event);
  if ("reason" in read)
    throw new CairnError("internal", { reason: `a ${event.act.kind} event: ${read.reason}` });
}

/** Writes drafts if every registry is still as it was; answers whether it did. */
async function write<Names extends StoreName>(
  ctx: Ctx,
  drafts: readonly Draft[],
  guard: Guard<Names> | undefined,
): Promise<boolean> {
  type Stores = Names | (typeof REGISTRY_STORES)[number];
  const stores: Stores[] = [...REGISTRY_STORES, ...(guard?.stores ?? [])];
  const isWritten = await withWrite<Stores, boolean>(ctx.db, stores, async (tx) => {
    for (const { head, open } of drafts) {
      const record = await tx.objectStore("registries").get(open.record.uid);
      if (record?.head !== head || record.name !== open.record.name) return false;
    }
    await guard?.check(tx);
    for (const draft of drafts) await putDraft(tx, draft);
    return true;
  });
  if (isWritten) for (const { open } of drafts) keepFold(ctx.db, open.record.uid, open.fold);
  return isWritten;
}

async function putDraft(
  tx: WriteTx<(typeof REGISTRY_STORES)[number]>,
  { rows, open }: Draft,
): Promise<void> {
  const store = tx.objectStore("registryEvents");
  for (const row of rows) await store.put(row, [row.event.registry, row.event.seq]);
  await tx.objectStore("registries").put(open.record);
}
