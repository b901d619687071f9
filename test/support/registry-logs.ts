// Three people who send each other the log of `models`, and what they do in it.
import type { CollectionName } from "../../src/core/registry/records.ts";
import { append } from "../../src/service/registry/append.ts";
import { Dice } from "../model/dice.ts";
import { linkNew, moveTo } from "../model/registry-people.ts";
import { aRegistry, cardOf, openActor, readRegistry, type Actor } from "./registry-actors.ts";

export const NET = "net" as CollectionName;

/** Ada, who made `models` and protects `prod`; Ben, an Admin; and Cyd, a Member: each with the log. */
export async function openThree(): Promise<readonly [Actor, Actor, Actor]> {
  const [ada, ben, cyd] = await Promise.all(["Ada", "Ben", "Cyd"].map((name) => openActor(name)));
  if (ada === undefined || ben === undefined || cyd === undefined)
    throw new Error("who is missing?");
  await ada.api.createRegistry(aRegistry());
  await ada.api.addMember("models", cardOf(ben.me), "admin");
  await ada.api.addMember("models", cardOf(cyd.me), "member");
  await ada.api.addProtection("models", "prod", "");
  await send(ada, ben);
  await send(ada, cyd);
  return [ada, ben, cyd];
}

/** Brings the log of one in at another's. */
export async function send(from: Actor, to: Actor): ReturnType<Actor["api"]["importRegistry"]> {
  return to.api.importRegistry(await from.api.exportRegistry("models"), null);
}

let seed = 0;

/** Links a new version to models/net; answers its number. */
export async function link(actor: Actor): Promise<number> {
  const dice = new Dice((seed += 1));
  const { acts } = await append(actor.ctx, "models", ({ state }) =>
    linkNew(dice, state.collections.get(NET), NET),
  );
  const linked = acts.find((act) => act.kind === "version-linked");
  if (linked === undefined) throw new Error("nothing was linked");
  return linked.number;
}

/** Puts an alias on a version of models/net. */
export async function put(actor: Actor, alias: string, number: number): Promise<void> {
  await append(actor.ctx, "models", ({ state }) => {
    const net = state.collections.get(NET);
    return net === undefined ? [] : moveTo(state, net, alias, number as never);
  });
}

/** Unlinks a version of models/net. */
export async function unlink(actor: Actor, number: number): Promise<void> {
  await actor.api.unlinkVersion("models", "net", number as never);
}

/** The version that each alias of models/net is with. */
export async function holders(actor: Actor): Promise<Readonly<Record<string, string | undefined>>> {
  const net = (await readRegistry(actor, "models")).state.collections.get(NET);
  return Object.fromEntries(
    [...(net?.aliases ?? [])].map(([alias, number]) => [
      alias,
      net?.links.get(number)?.source.version,
    ]),
  );
}

/** Where the log of `models` ends. */
export async function headOf(actor: Actor): Promise<string | null> {
  return (await readRegistry(actor, "models")).fold.head;
}

/** The lines of an exported log. */
export async function linesOf(actor: Actor): Promise<string[]> {
  return (await (await actor.api.exportRegistry("models")).text()).trimEnd().split("\n");
}

/** Lines as a file. */
export function fileOf(lines: readonly string[], end = "\n"): Blob {
  return new Blob([lines.join(end) + end]);
}
