// Acts of kinds that only a newer Cairn knows: kept as they are, so that the chain goes on [E3].
import { canonicalJson, findNonJson, type JsonObject } from "../json.ts";
import { plainObject, unreadable } from "./reader.ts";
import type { RegistryAct } from "./records.ts";

/** Written as all kinds are, so that it can be shown. */
const KIND = /^(?=.{3,60}$)[a-z]+(-[a-z]+)+$/;
/** A description, its former text, and as much again. */
const ACT_MAX_LENGTH = 100_000;

/**
 * An act of another kind, within bounds; `judge` gives it no effect. Throws as readers do.
 *
 * Whoever adds a kind: an older Cairn kept such acts without reading them, and so they have to be
 * read when its log is folded, before they are judged.
 */
export function newerAct(value: unknown, at: string): RegistryAct {
  const act = plainObject(value, at);
  const { kind } = act;
  if (typeof kind !== "string" || !KIND.test(kind)) {
    const shown = typeof kind === "string" ? kind.slice(0, 60) : typeof kind;
    return unreadable(at, `is of a kind that this Cairn doesn't know: “${shown}”`);
  }
  const reason = findNonJson(act);
  if (reason !== null) return unreadable(at, `can't be kept: ${reason}`);
  const { length } = canonicalJson(act as JsonObject);
  if (length > ACT_MAX_LENGTH) return unreadable(at, `has more than ${ACT_MAX_LENGTH} characters`);
  return { ...act, kind } as RegistryAct;
}
