// Three honest people, each at a device of their own, and the honest work they do in one registry.
import { isCairnError } from "../../src/core/errors.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../../src/core/names.ts";
import type {
  AliasPattern,
  CollectionName,
  LinkSource,
  RegistryAct,
  RequestUid,
} from "../../src/core/registry/records.ts";
import type { Role } from "../../src/core/registry/roles.ts";
import type { Collection, RegistryState } from "../../src/core/registry/state.ts";
import { aliasesOfLink, liveLinks, protectionOf } from "../../src/core/registry/views.ts";
import { nextVersion, type VersionNumber } from "../../src/core/version.ts";
import { append } from "../../src/service/registry/append.ts";
import type { IdentityRecord } from "../../src/store/schema.ts";
import {
  aRegistry,
  cardOf,
  makePerson,
  openActor,
  readRegistry,
  type Actor,
} from "../support/registry-actors.ts";
import type { Dice } from "./dice.ts";

export const REGISTRY = "models";

/** The honest three, and those who aren't: Mal has had rights and may lose them, Eve never had any. */
export interface World {
  readonly dice: Dice;
  readonly honest: readonly Actor[];
  readonly mal: IdentityRecord;
  readonly eve: IdentityRecord;
  /** Sources that honest people linked, as specs: none of them may be lost. */
  readonly linked: Set<string>;
  /** What people were told that came to nothing. */
  readonly told: string[];
}

/** Ada makes the registry and sends it to Ben, an Admin, and Cyd, a Member. Mal is an Admin at first. */
export async function openWorld(dice: Dice): Promise<World> {
  const [ada, ben, cyd, mal, eve] = await Promise.all([
    openActor("Ada"),
    openActor("Ben"),
    openActor("Cyd"),
    makePerson("Mal"),
    makePerson("Eve"),
  ]);
  await ada.api.createRegistry(aRegistry({ name: REGISTRY }));
  await ada.api.addMember(REGISTRY, cardOf(ben.me), "admin");
  await ada.api.addMember(REGISTRY, cardOf(cyd.me), "member");
  await ada.api.addMember(REGISTRY, cardOf(mal), "admin");
  await ada.api.addProtection(REGISTRY, "prod", "");
  const log = await ada.api.exportRegistry(REGISTRY);
  for (const other of [ben, cyd]) await other.api.importRegistry(log, null);
  return { dice, honest: [ada, ben, cyd], mal, eve, linked: new Set(), told: [] };
}

/** Lets somebody do something at random, if they may. */
export async function work(world: World, actor: Actor): Promise<void> {
  const { dice } = world;
  const isFounder = actor === world.honest[0];
  const name = dice.pick(["net", "cnn"]) as CollectionName;
  const kinds = ["link", "link", "put", "put", "prod", "unlink", "take", "card", "ask"] as const;
  const kind = dice.pick(isFounder ? [...kinds, "people", "people", "rule", "settings"] : kinds);
  try {
    const { acts } = await append(actor.ctx, REGISTRY, ({ state }) =>
      planWork(world, state, kind, name),
    );
    for (const act of acts) if (act.kind === "version-linked") world.linked.add(specOf(act.source));
  } catch (error) {
    // Who may not, may not: that is what the other tests are about.
    if (!isCairnError(error)) throw error;
  }
}

function planWork(
  world: World,
  state: RegistryState,
  kind: string,
  name: CollectionName,
): readonly RegistryAct[] {
  const { dice } = world;
  if (kind === "people") return changePerson(world, state);
  if (kind === "rule") return changeRule(world, state);
  if (kind === "settings") {
    const before = { description: state.description };
    return [{ kind: "registry-edited", before, after: { description: dice.word() } }];
  }
  const collection = state.collections.get(name);
  if (kind === "link" || collection === undefined) return linkNew(dice, collection, name);
  const number = dice.maybe(liveLinks(collection))?.number;
  if (number === undefined) return [];
  switch (kind) {
    case "put":
      return moveTo(state, collection, dice.pick(["staging", "prod-eu", "best"]), number);
    case "prod":
      return moveTo(state, collection, "prod", number);
    case "unlink":
      return [
        {
          kind: "version-unlinked",
          collection: name,
          number,
          aliases: aliasesOfLink(collection, number),
        },
      ];
    case "take": {
      const [alias, before] = dice.maybe([...collection.aliases]) ?? [];
      if (alias === undefined || before === undefined) return [];
      return [{ kind: "alias-removed", collection: name, alias, before }];
    }
    case "card": {
      const before = { card: collection.card };
      return [
        { kind: "collection-edited", collection: name, before, after: { card: dice.word() } },
      ];
    }
    default: {
      const source = collection.links.get(number)?.source.version;
      if (source === undefined) return [];
      const request = `request-${dice.word()}` as RequestUid;
      const ask = { request, collection: name, alias: "prod" as Alias, number, source, note: "" };
      return [{ kind: "promotion-requested", ...ask }];
    }
  }
}

/** An alias put on a version. */
export function moveTo(
  state: RegistryState,
  { name: collection, aliases }: Collection,
  alias: string,
  after: VersionNumber,
): readonly RegistryAct[] {
  const before = aliases.get(alias as Alias) ?? null;
  if (before === after) return [];
  const isJudged = protectionOf(state, alias)?.condition ?? null;
  const evidence = isJudged === null ? null : { metadata: {}, tags: [] };
  return [
    {
      kind: "alias-moved",
      collection,
      alias: alias as Alias,
      before,
      after,
      evidence,
      request: null,
    },
  ];
}

/** A version that nobody linked before, linked. */
export function linkNew(
  dice: Dice,
  collection: Collection | undefined,
  name: CollectionName,
): readonly RegistryAct[] {
  const made: RegistryAct[] =
    collection === undefined
      ? [
          {
            kind: "collection-created",
            collection: name,
            type: "model" as ArtifactType,
            card: "",
            tags: [],
          },
        ]
      : [];
  const number = nextVersion(collection?.lastNumber ?? null);
  return [...made, { kind: "version-linked", collection: name, number, source: newSource(dice) }];
}

function newSource(dice: Dice): LinkSource {
  const name = dice.word();
  return {
    version: `version-${name}` as LinkSource["version"],
    project: "digits" as ProjectName,
    name: name as ArtifactName,
    number: 0 as VersionNumber,
    type: "model" as ArtifactType,
    digest: `blake3:${"0".repeat(64)}` as LinkSource["digest"],
    sizeBytes: 1,
    fileCount: 1,
  };
}

/** How a source is called in messages. */
export function specOf({ project, name, number }: LinkSource): string {
  return `${project}/${name}:v${number}`;
}

function changePerson({ dice, honest, mal }: World, state: RegistryState): readonly RegistryAct[] {
  const key = dice.pick([mal.key, mal.key, honest[2]?.me.key ?? mal.key]);
  const person = state.members.get(key);
  const role = dice.pick<Role>([
    "member",
    "viewer",
    ...(key === mal.key ? ["admin" as const] : []),
  ]);
  if (person === undefined)
    return [{ kind: "member-added", member: key, hubUser: null, name: "Mal", role }];
  const before = { name: person.name, role: person.role };
  if (key === mal.key && dice.isLucky(0.3))
    return [{ kind: "member-removed", member: key, before }];
  return [{ kind: "member-changed", member: key, before, after: { ...before, role } }];
}

function changeRule({ dice }: World, state: RegistryState): readonly RegistryAct[] {
  const pattern = dice.pick(["prod-*", "best"]) as AliasPattern;
  const entry = state.protections.get(pattern);
  if (entry === undefined) return [{ kind: "protection-added", pattern, condition: null }];
  return [{ kind: "protection-removed", pattern, before: entry.condition }];
}

/** What no attack may ever change: where protected aliases are, who is listed as what, the settings. */
export async function guarded(actor: Actor): Promise<unknown> {
  const { state } = await readRegistry(actor, REGISTRY);
  const holders = [...state.collections.values()].flatMap((collection) =>
    [...collection.aliases]
      .filter(([alias]) => protectionOf(state, alias) !== null)
      .map(([alias, number]) => [
        collection.name,
        alias,
        collection.isDeleted,
        collection.links.get(number)?.source.version,
      ]),
  );
  const members = [...state.members.values()].map(({ key, name, role }) => [key, name, role]);
  const { description, types, visibility, isDeleted } = state;
  return {
    holders: new Set(holders.map(String)),
    members: new Set(members.map(String)),
    protections: [...state.protections.values()],
    settings: { description, types, visibility, isDeleted },
  };
}

/** Passes a log from one to another; says whether it was taken. */
export async function pass(world: World, from: Actor, to: Actor): Promise<boolean> {
  try {
    const { kind, dropped } = await to.api.importRegistry(
      await from.api.exportRegistry(REGISTRY),
      null,
    );
    world.told.push(...dropped);
    return kind === "forward" || kind === "rebase";
  } catch (error) {
    if (isCairnError(error, "log_forked") || isCairnError(error, "invalid_log")) return false;
    throw error;
  }
}
