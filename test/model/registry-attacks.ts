// What somebody who means ill makes of a registry's log before they send it on.
import type { Digest } from "../../src/core/digest.ts";
import { canonicalJson, type Json } from "../../src/core/json.ts";
import { signedText } from "../../src/core/registry/event-text.ts";
import { formatLogHead, sealText } from "../../src/core/registry/log-file.ts";
import type { RegistryAct, RegistryEvent } from "../../src/core/registry/records.ts";
import { roleOf } from "../../src/core/registry/views.ts";
import { foldEvents, EMPTY_FOLD } from "../../src/core/registry/fold.ts";
import type { RegistryState } from "../../src/core/registry/state.ts";
import { mayDo } from "../../src/core/registry/roles.ts";
import { sign } from "../../src/service/registry/signing.ts";
import type { IdentityRecord, StoredRegistryEvent } from "../../src/store/schema.ts";
import { readLog, readRegistry, type Actor } from "../support/registry-actors.ts";
import { moveTo, REGISTRY, type World } from "./registry-people.ts";

/** A file, and what to expect of it. */
export interface Attack {
  readonly name: string;
  readonly file: Blob;
  /** It must be refused as a whole. */
  readonly isRefused: boolean;
}

type Unchained = Omit<RegistryEvent, "seq" | "previous">;
type Make = (lab: Lab) => Promise<Attack | null>;

/** The log of whoever is to be deceived, with what it takes to write another. */
interface Lab extends World {
  readonly rows: readonly StoredRegistryEvent[];
  readonly events: readonly RegistryEvent[];
  readonly state: RegistryState;
  readonly hash: (text: string) => Digest;
}

/** An attack on somebody, made from their own log: whatever it changes there is the attack's doing. */
export async function makeAttack(world: World, victim: Actor): Promise<Attack | null> {
  const rows = await readLog(victim, REGISTRY);
  const { state } = await readRegistry(victim, REGISTRY);
  const hash = (text: string): Digest => victim.ctx.hasher.hashText([text]);
  const events = rows.map(({ event }) => event);
  return world.dice.pick(ATTACKS)({ ...world, rows, events, state, hash });
}

const ATTACKS: readonly Make[] = [
  signAsAnother,
  actWithoutRight,
  changeField,
  changeFieldAndChain,
  takeOver,
  reorder,
  reorderAndChain,
  replay,
  replayAndChain,
  truncate,
  truncateAndSeal,
  extendOldPoint,
  extendOldPoint,
  backdate,
  swapBeginning,
  inventKind,
  inventField,
  writeHugely,
  liftSeal,
];

async function signAsAnother(lab: Lab): Promise<Attack> {
  const { eve, honest, dice } = lab;
  const event = await signedBy(lab, eve, evilAct(lab));
  const actor = dice.pick(honest).me.key;
  return taken("sign as another", await fileOf(lab, [...lab.events, { ...event, actor }]));
}

async function actWithoutRight(lab: Lab): Promise<Attack> {
  const event = await signedBy(lab, lab.eve, evilAct(lab));
  return taken("act without right", await fileOf(lab, [...lab.events, event]));
}

async function changeField(lab: Lab): Promise<Attack> {
  const lines = await linesOf(lab, lab.events);
  const at = 1 + lab.dice.below(lines.length - 1);
  const line = lines[at] ?? "";
  lines[at] = line.replace(/"uid":"./, (start) => `${start}X`);
  return refused("change a field", lines);
}

async function changeFieldAndChain(lab: Lab): Promise<Attack> {
  const at = lab.dice.below(lab.events.length - 1) + 1;
  const events = lab.events.map((event, i) =>
    i === at ? { ...event, act: evilAct(lab), actor: lab.state.createdBy } : event,
  );
  return taken("change a field, and chain anew", await fileOf(lab, events));
}

async function takeOver(lab: Lab): Promise<Attack> {
  const at = 1 + lab.dice.below(lab.events.length - 1);
  const { act } = lab.events[at] ?? { act: evilAct(lab) };
  const events = [...lab.events.slice(0, at), await signedBy(lab, lab.eve, act, at)];
  return taken("re-sign with an own key", await fileOf(lab, [...events, ...lab.events.slice(at)]));
}

function swapped(lab: Lab): readonly RegistryEvent[] {
  const at = 1 + lab.dice.below(lab.events.length - 2);
  const [a, b] = lab.events.slice(at, at + 2);
  if (a === undefined || b === undefined) throw new Error("the log is too short");
  return [...lab.events.slice(0, at), b, a, ...lab.events.slice(at + 2)];
}

async function reorder(lab: Lab): Promise<Attack> {
  return refused("reorder", await linesOf(lab, swapped(lab)));
}

async function reorderAndChain(lab: Lab): Promise<Attack> {
  return taken("reorder, and chain anew", await fileOf(lab, swapped(lab)));
}

async function replay(lab: Lab): Promise<Attack> {
  const again = lab.dice.pick(lab.events);
  const at = lab.dice.below(lab.events.length + 1);
  const events = [...lab.events.slice(0, at), again, ...lab.events.slice(at)];
  return refused("replay", await linesOf(lab, events));
}

async function replayAndChain(lab: Lab): Promise<Attack> {
  const again = lab.dice.pick(lab.events.slice(1));
  const at = 1 + lab.dice.below(lab.events.length);
  const events = [...lab.events.slice(0, at), again, ...lab.events.slice(at)];
  return taken("replay, and chain anew", await fileOf(lab, events));
}

async function truncate(lab: Lab): Promise<Attack> {
  const lines = await linesOf(lab, lab.events);
  return refused("truncate", lines.slice(0, -1 - lab.dice.below(lab.events.length - 1)));
}

async function truncateAndSeal(lab: Lab): Promise<Attack> {
  const events = lab.events.slice(0, 1 + lab.dice.below(lab.events.length - 1));
  return taken("truncate, and seal anew", await fileOf(lab, events));
}

/** Goes on from a point where Mal was an Admin or Member, though the victim knows that he is less by now. */
async function extendOldPoint(lab: Lab): Promise<Attack | null> {
  const { dice, mal, rows, state } = lab;
  const now = roleOf(state, mal.key);
  let fold = EMPTY_FOLD;
  const points = rows.flatMap((row, i) => {
    fold = foldEvents(fold, [row]);
    const then = fold.state;
    const role = then === null ? "restricted" : roleOf(then, mal.key);
    const isMore = mayDo(role, "link") && !mayDo(now, role === "admin" ? "edit_settings" : "link");
    return then !== null && isMore && i < rows.length - 1 ? [{ at: i + 1, state: then }] : [];
  });
  const point = dice.maybe(points);
  if (point === undefined) return null;
  const act = evilAct({ ...lab, state: point.state });
  const event = await signedBy(lab, mal, act, point.at);
  const file = await fileOf(lab, [...lab.events.slice(0, point.at), event], mal);
  return taken("go on from where one had rights", file);
}

async function backdate(lab: Lab): Promise<Attack> {
  const event = await signedBy(lab, lab.mal, evilAct(lab));
  // He still is an Admin perhaps: then it is only the date that is wrong.
  const at = "2020-01-01T00:00:00.000Z";
  const { signature: _, ...unsigned } = { ...event, at };
  const signature = await sign(lab.mal.privateKey, signedText(unsigned));
  const events = [...lab.events, { ...unsigned, signature }];
  return taken("backdate", await fileOf(lab, events));
}

async function swapBeginning(lab: Lab): Promise<Attack> {
  const [first] = lab.events;
  if (first === undefined) throw new Error("the log is empty");
  const begin = await signedBy(lab, lab.eve, first.act, 0);
  return refused(
    "begin otherwise",
    await linesOf(lab, [begin, ...lab.events.slice(1)], lab.eve, true),
  );
}

async function inventKind(lab: Lab): Promise<Attack> {
  const act = { kind: "registry-given-to-eve" } as unknown as RegistryAct;
  const event = await signedBy(lab, lab.eve, act);
  return taken("an unknown kind", await fileOf(lab, [...lab.events, event]));
}

async function inventField(lab: Lab): Promise<Attack> {
  const event = await signedBy(lab, lab.eve, evilAct(lab));
  const more = { ...event, isAdmin: true } as RegistryEvent;
  return refused("an unknown field", await linesOf(lab, [...lab.events, more], lab.eve, true));
}

async function writeHugely(lab: Lab): Promise<Attack> {
  const before = { description: lab.state.description };
  const after = { description: "x".repeat(30_000) };
  const event = await signedBy(lab, lab.eve, { kind: "registry-edited", before, after });
  return refused("a huge value", await linesOf(lab, [...lab.events, event], lab.eve, true));
}

async function liftSeal(lab: Lab): Promise<Attack> {
  const [head = "", ...lines] = await linesOf(lab, lab.events, lab.eve, true);
  const forged = JSON.parse(head) as { by: string };
  forged.by = lab.dice.pick(lab.honest).me.key;
  return refused("seal as another", [JSON.stringify(forged), ...lines]);
}

/** Something that Eve and Mal would like to see done. */
function evilAct({ state, eve, dice }: Pick<Lab, "state" | "eve" | "dice">): RegistryAct {
  const wishes: RegistryAct[] = [
    { kind: "member-added", member: eve.key, hubUser: null, name: "Eve", role: "admin" },
    {
      kind: "registry-edited",
      before: { description: state.description },
      after: { description: "Eve was here" },
    },
    { kind: "registry-deleted" },
    ...[...state.members.values()].map(({ key, name, role }): RegistryAct => ({
      kind: "member-removed",
      member: key,
      before: { name, role },
    })),
    ...[...state.protections.values()].map(({ pattern, condition }): RegistryAct => ({
      kind: "protection-removed",
      pattern,
      before: condition,
    })),
    ...[...state.collections.values()].flatMap((collection) =>
      [...collection.links.values()].flatMap(({ number, isLive }) =>
        isLive ? moveTo(state, collection, "prod", number) : [],
      ),
    ),
  ];
  return dice.pick(wishes);
}

/** An event properly signed by somebody, to stand at a place of the log, or behind it. */
async function signedBy(
  { events, hash }: Lab,
  who: IdentityRecord,
  act: RegistryAct,
  seq = events.length,
): Promise<RegistryEvent> {
  const before = events[seq - 1];
  const unsigned = {
    registry: events[0]?.registry ?? ("" as RegistryEvent["registry"]),
    seq,
    uid: `evil-${seq}-${hash(JSON.stringify(act)).slice(7, 20)}` as RegistryEvent["uid"],
    at: before?.at ?? "2026-01-01T00:00:00.000Z",
    actor: who.key,
    act,
    previous: before === undefined ? null : hash(canonicalJson(before as unknown as Json)),
  };
  return { ...unsigned, signature: await sign(who.privateKey, signedText(unsigned)) };
}

/** A file of events put into one chain, sealed by whoever sends it. */
async function fileOf(
  lab: Lab,
  events: readonly RegistryEvent[],
  by: IdentityRecord = lab.eve,
): Promise<Blob> {
  return blobOf(await linesOf(lab, events, by, true));
}

/** A file's lines. Unless they are chained anew, the head is that of the log as it was. */
async function linesOf(
  { events: before, hash, state }: Lab,
  events: readonly Unchained[],
  by: IdentityRecord | null = null,
  isChained = false,
): Promise<string[]> {
  const texts: string[] = [];
  let previous: Digest | null = null;
  for (const [seq, event] of events.entries()) {
    const text = canonicalJson(
      (isChained ? { ...event, seq, previous } : event) as unknown as Json,
    );
    texts.push(text);
    previous = hash(text);
  }
  const last = canonicalJson(before.at(-1) as unknown as Json);
  const unsigned = {
    registry: state.uid,
    name: state.name,
    events: isChained ? events.length : before.length,
    head: isChained && previous !== null ? previous : hash(last),
    exportedAt: "2026-01-01T00:00:00.000Z",
    by: by?.key ?? null,
    byName: by?.name ?? "",
  };
  const signature = by === null ? null : await sign(by.privateKey, sealText(unsigned));
  return [formatLogHead({ ...unsigned, signature }), ...texts];
}

function blobOf(lines: readonly string[]): Blob {
  return new Blob([`${lines.join("\n")}\n`]);
}

function taken(name: string, file: Blob): Attack {
  return { name, file, isRefused: false };
}

function refused(name: string, lines: readonly string[]): Attack {
  return { name, file: blobOf(lines), isRefused: true };
}
