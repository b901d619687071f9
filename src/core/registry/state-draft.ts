// A registry's state while events are applied to it: what is touched is copied once, however many follow.
import { assertNever } from "../brand.ts";
import type { Alias } from "../names.ts";
import type { VersionUid } from "../records.ts";
import type { VersionNumber } from "../version.ts";
import type { ActOf, CollectionName, LinkSource, PromotionAsk, RegistryEvent } from "./records.ts";
import type { Collection, Link, PromotionRequest, RegistryState } from "./state.ts";

/** As much of an event as its effect takes. */
export type Applied = Pick<RegistryEvent, "registry" | "at" | "actor" | "act">;

type Open<Value> = Value extends ReadonlyMap<infer Key, infer Entry> ? Map<Key, Entry> : Value;
type Draft<Shape> = { -readonly [Field in keyof Shape]: Open<Shape[Field]> };

/** Applies events that were judged. The state given stays as it was. */
export class StateDraft {
  #state: RegistryState | Draft<RegistryState> | null;
  #own: Draft<RegistryState> | null = null;
  readonly #ownCollections = new Map<CollectionName, Draft<Collection>>();

  constructor(state: RegistryState | null) {
    this.#state = state;
  }

  /** It changes with the next event that is applied. */
  get state(): RegistryState | null {
    return this.#state;
  }

  /** The state after an event. */
  apply(event: Applied): RegistryState {
    if (event.act.kind === "registry-created") this.#state = created(event, event.act);
    const state = this.#open();
    this.#change(state, event);
    state.updatedAt = event.at;
    return state;
  }

  #change(state: Draft<RegistryState>, { at, actor, act }: Applied): void {
    switch (act.kind) {
      case "registry-created":
        return;
      case "registry-edited":
        Object.assign(state, act.after);
        return;
      case "registry-deleted":
        state.isDeleted = true;
        return;
      case "registry-restored":
        state.isDeleted = false;
        return;
      case "member-added": {
        const { member: key, name, role, hubUser } = act;
        state.members.set(key, { key, name, role, hubUser, addedAt: at });
        return;
      }
      case "member-changed": {
        const member = got(state.members, act.member);
        state.members.set(act.member, { ...member, ...act.after });
        return;
      }
      case "member-removed":
        state.members.delete(act.member);
        return;
      case "protection-added": {
        const { pattern, condition } = act;
        state.protections.set(pattern, { pattern, condition, addedAt: at, addedBy: actor });
        return;
      }
      case "protection-changed": {
        const entry = got(state.protections, act.pattern);
        state.protections.set(act.pattern, { ...entry, condition: act.after });
        return;
      }
      case "protection-removed":
        state.protections.delete(act.pattern);
        return;
      case "promotion-requested": {
        const { kind: _, ...ask } = act;
        state.requests.set(ask.request, asked(ask, at, actor));
        return;
      }
      case "promotion-settled": {
        const { request, outcome, note, signed } = act;
        const made =
          signed === null
            ? got(state.requests, request)
            : asked(signed.ask, signed.at, signed.actor);
        state.requests.set(request, { ...made, settled: { outcome, at, by: actor, note } });
        return;
      }
      case "collection-created":
        this.#create(state, at, act);
        return;
      default: {
        const collection = this.#openCollection(state, act.collection);
        collection.updatedAt = at;
        changeCollection(collection, { at, actor, act });
      }
    }
  }

  #open(): Draft<RegistryState> {
    if (this.#own !== null) return this.#own;
    if (this.#state === null) throw new Error("an event before the one that makes the registry");
    this.#own = {
      ...this.#state,
      members: new Map(this.#state.members),
      protections: new Map(this.#state.protections),
      collections: new Map(this.#state.collections),
      requests: new Map(this.#state.requests),
    };
    this.#state = this.#own;
    return this.#own;
  }

  #openCollection(state: Draft<RegistryState>, name: CollectionName): Draft<Collection> {
    const own = this.#ownCollections.get(name);
    if (own !== undefined) return own;
    const collection = got(state.collections, name);
    return this.#keep(state, {
      ...collection,
      links: new Map(collection.links),
      liveNumbers: new Map(collection.liveNumbers),
      aliases: new Map(collection.aliases),
    });
  }

  /** Numbers go on where a deleted collection of that name stopped [G4]. */
  #create(state: Draft<RegistryState>, at: string, act: ActOf<"collection-created">): void {
    const { collection: name, type, card, tags } = act;
    const former = state.collections.get(name);
    const links = [...(former?.links.values() ?? [])].map((link) => ({ ...link, isLive: false }));
    this.#keep(state, {
      name,
      type,
      card,
      tags,
      createdAt: at,
      updatedAt: at,
      isDeleted: false,
      lastNumber: former?.lastNumber ?? null,
      links: new Map(links.map((link) => [link.number, link])),
      liveNumbers: new Map<VersionUid, VersionNumber>(),
      aliases: new Map<Alias, VersionNumber>(),
    });
  }

  #keep(state: Draft<RegistryState>, collection: Draft<Collection>): Draft<Collection> {
    state.collections.set(collection.name, collection);
    this.#ownCollections.set(collection.name, collection);
    return collection;
  }
}

type InCollection = Extract<Applied["act"], { readonly collection: CollectionName }>;
type Change = Exclude<InCollection, ActOf<"collection-created" | "promotion-requested">>;

function changeCollection(
  collection: Draft<Collection>,
  { at, actor, act }: Pick<Applied, "at" | "actor"> & { readonly act: Change },
): void {
  switch (act.kind) {
    case "collection-edited":
      Object.assign(collection, act.after);
      return;
    case "collection-deleted":
      collection.isDeleted = true;
      return;
    case "collection-restored":
      collection.isDeleted = false;
      return;
    case "version-linked": {
      const { number, source } = act;
      collection.lastNumber = number;
      putLink(collection, { number, source, linkedAt: at, linkedBy: actor, isLive: true });
      return;
    }
    case "version-unlinked":
      putLink(collection, { ...got(collection.links, act.number), isLive: false });
      for (const alias of act.aliases) collection.aliases.delete(alias);
      return;
    case "version-restored":
      putLink(collection, { ...got(collection.links, act.number), isLive: true });
      return;
    case "alias-moved":
      collection.aliases.set(act.alias, act.after);
      return;
    case "alias-removed":
      collection.aliases.delete(act.alias);
      return;
    default:
      assertNever(act);
  }
}

function putLink(collection: Draft<Collection>, link: Link): void {
  const { version }: LinkSource = link.source;
  collection.links.set(link.number, link);
  if (link.isLive) collection.liveNumbers.set(version, link.number);
  else collection.liveNumbers.delete(version);
}

function created(
  { registry: uid, at, actor: key }: Applied,
  { name, by, hubUser, description, types, visibility }: ActOf<"registry-created">,
): RegistryState {
  return {
    uid,
    name,
    description,
    types,
    visibility,
    isDeleted: false,
    createdAt: at,
    createdBy: key,
    updatedAt: at,
    members: new Map([[key, { key, name: by, hubUser, role: "admin", addedAt: at }]]),
    protections: new Map(),
    collections: new Map(),
    requests: new Map(),
  };
}

function asked(
  ask: PromotionAsk,
  askedAt: string,
  askedBy: PromotionRequest["askedBy"],
): PromotionRequest {
  return { ...ask, askedAt, askedBy, settled: null };
}

/** What an act that was judged speaks of is there. */
function got<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error("an act on something that isn't there was applied");
  return value;
}
