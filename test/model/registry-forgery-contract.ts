// Random honest work of three devices that send each other their logs, and forged ones in between [E3 P8 S4].
import { deleteDB } from "idb";
import { describe, expect, test } from "vitest";
import { problemOf } from "../../src/core/errors.ts";
import { readRegistry, type Actor } from "../support/registry-actors.ts";
import { Dice } from "./dice.ts";
import { makeAttack } from "./registry-attacks.ts";
import { guarded, openWorld, pass, REGISTRY, specOf, work, type World } from "./registry-people.ts";

const STEPS = 16;

/** @param rounds worlds, each with a seed of its own */
export function registryForgeryContract(rounds: number): void {
  describe("a registry sent to and fro", () => {
    test(
      "[E3 P2 P8 S4] no forged log changes what is guarded, nothing honest is lost, and all come to one state",
      { timeout: 240_000 },
      async () => {
        for (let seed = 1; seed <= rounds; seed += 1) {
          const world = await playRound(new Dice(seed));
          expect(await lostLinks(world), `seed ${seed}`).toEqual([]);
          await closeWorld(world);
        }
      },
    );
  });
}

async function playRound(dice: Dice): Promise<World> {
  const world = await openWorld(dice);
  for (let step = 0; step < STEPS; step += 1) {
    const actor = dice.pick(world.honest);
    const chance = dice.next();
    if (chance < 0.55) await work(world, actor);
    else if (chance < 0.75) await pass(world, dice.pick(world.honest), actor);
    else await attack(world, actor);
  }
  await exchangeAll(world);
  const [first, ...others] = await Promise.all(
    world.honest.map((actor) => readRegistry(actor, REGISTRY)),
  );
  for (const other of others) expect(other.state, `seed ${dice.seed}`).toEqual(first?.state);
  return world;
}

async function closeWorld({ honest }: World): Promise<void> {
  for (const { ctx } of honest) {
    ctx.db.close();
    await deleteDB(ctx.db.name);
  }
}

/** Sends somebody a forged log; it may change nothing that is guarded. */
async function attack(world: World, victim: Actor): Promise<void> {
  const forged = await makeAttack(world, victim);
  if (forged === null) return;
  const before = await guarded(victim);
  const label = `seed ${world.dice.seed}: ${forged.name}`;
  const problem = await victim.api.importRegistry(forged.file, null).then(
    () => null,
    (error: unknown) => problemOf(error),
  );
  expect(["invalid_log", "log_forked", undefined], label).toContain(problem?.code);
  if (forged.isRefused) expect(problem?.code, label).toBe("invalid_log");
  expect(await guarded(victim), label).toEqual(before);
}

/** Everybody sends their log to everybody until it brings nothing new. */
async function exchangeAll(world: World): Promise<void> {
  for (let isNews = true, turns = 0; isNews; turns += 1) {
    expect(turns, `seed ${world.dice.seed}: they never come to an end`).toBeLessThan(20);
    isNews = false;
    for (const from of world.honest)
      for (const to of world.honest)
        if (from !== to && (await pass(world, from, to))) isNews = true;
  }
}

/** Sources that somebody linked, and that are nowhere now, though nobody was told. */
async function lostLinks({ honest, linked, told }: World): Promise<readonly string[]> {
  const [someone] = honest;
  if (someone === undefined) throw new Error("nobody is honest");
  const { state } = await readRegistry(someone, REGISTRY);
  const links = [...state.collections.values()].flatMap((collection) => [
    ...collection.links.values(),
  ]);
  const kept = new Set(links.map(({ source }) => specOf(source)));
  return [...linked].filter(
    (spec) => !kept.has(spec) && !told.some((text) => text.includes(`“${spec}”`)),
  );
}
