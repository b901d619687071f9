// Links: pointers from collections to versions, made, taken away and taken back [G1 G3 G5 G6 G7].
import type { AliasMove } from "../../core/alias.ts";
import { CairnError } from "../../core/errors.ts";
import { LATEST, parseAlias, type Alias } from "../../core/names.ts";
import { formatPlace, parseTarget } from "../../core/registry/names.ts";
import type { VersionRecord } from "../../core/records.ts";
import { isSourceOf } from "../../core/registry/link-source.ts";
import type { CollectionName, LinkSource, RegistryAct } from "../../core/registry/records.ts";
import type { Collection, RegistryState } from "../../core/registry/state.ts";
import { aliasesOfLink, getLiveCollection, liveLinks } from "../../core/registry/views.ts";
import { formatSpec } from "../../core/spec.ts";
import { formatVersion, nextVersion, type VersionNumber } from "../../core/version.ts";
import type { Linked, Unlinked } from "../../protocol/registry-link-api.ts";
import { idsOf } from "../../store/by-uid.ts";
import { withRead } from "../../store/transaction.ts";
import { FIND_STORES, findVersion, specOf, type FoundVersion } from "../browse/find-version.ts";
import { openReadCtx } from "../browse/read-ctx.ts";
import type { Ctx } from "../context.ts";
import { append, type Appended } from "./append.ts";
import { appendOn, type Source } from "./append-on.ts";
import { getLink, readSource } from "./find-link.ts";
import { moveAct, movesIn } from "./move-act.ts";
import { openRegistry } from "./read-registry.ts";

/**
 * Links a version to a collection, which is made when it is new. A source that is linked there
 * already, by any id it has or had, keeps its number, and the aliases given move to it [G5 S3].
 *
 * @param text a spec; of a link, its source is linked
 * @param project the project of a spec that names none
 * @param target `wandb-registry-r/c`, `registry-r/c` or `r/c`
 */
export async function linkVersion(
  ctx: Ctx,
  text: string,
  project: string | null,
  target: string,
  aliases: readonly string[],
): Promise<Linked> {
  const { registry, collection } = parseTarget(target);
  const wanted = [...new Set(aliases.map(parseAlias))];
  const spec = specOf(text, project);
  const reading = await openReadCtx(ctx);
  const found = await withRead(ctx.db, [...FIND_STORES], async (tx) => {
    await openRegistry(ctx, tx, registry);
    const version = await findVersion(reading, tx, spec);
    // Linked elsewhere, it could be used by whoever may not use it there [P7].
    if (spec.kind === "collection") await reading.registries.checkMayUse(tx, spec.registry);
    return version;
  });
  const on: Source = { source: sourceOf(found), judged: found.version };
  const appended = await appendOn(ctx, registry, on, ({ state }) =>
    planLink(state, collection, on, found.version, wanted),
  );
  return {
    registry,
    collection,
    ...whatChanged(appended, collection, found.version),
    followedLink: spec.kind === "collection" ? formatSpec(spec) : null,
    source: on.source,
  };
}

/**
 * Takes a pointer and its aliases away; the source stays [G7 P3].
 *
 * @throws CairnError `not_a_link`, `protected_held`, `not_permitted`, `no_registry`, `not_found`
 */
export async function unlinkVersion(
  ctx: Ctx,
  registry: string,
  collection: string,
  number: VersionNumber,
): Promise<Unlinked> {
  let aliases: readonly Alias[] = [];
  await append(ctx, registry, ({ state }) => {
    const place = getLiveCollection(state, collection);
    if (place.links.get(number)?.isLive !== true)
      throw new CairnError("not_a_link", {
        name: formatPlace(registry, collection, formatVersion(number)),
      });
    aliases = aliasesOfLink(place, number);
    return [{ kind: "version-unlinked", collection: place.name, number, aliases }];
  });
  return { aliases };
}

/**
 * Takes an unlink back, with those of the aliases that are still free. Answers these; none where it
 * is linked.
 */
export async function restoreLink(
  ctx: Ctx,
  registry: string,
  collection: string,
  number: VersionNumber,
  aliases: readonly string[],
): Promise<readonly Alias[]> {
  const wanted = [...new Set(aliases.map(parseAlias))];
  const on = await readSource(ctx, registry, collection, number);
  const { acts } = await appendOn(ctx, registry, on, ({ state }) => {
    const place = getLiveCollection(state, collection);
    const { isLive, source } = getLink(state, place, number);
    if (isLive) return [];
    // Linked anew since, under a number of its own.
    if (place.liveNumbers.has(source.version))
      throw new CairnError("changed_since", {
        what: "link",
        name: formatPlace(registry, collection, formatVersion(number)),
      });
    const free = wanted.filter((alias) => !place.aliases.has(alias));
    return [
      { kind: "version-restored", collection: place.name, number },
      ...free.flatMap((alias) => moveAct(state, place, alias, number, on.judged)),
    ];
  });
  return movesIn(acts).map(({ alias }) => alias);
}

function planLink(
  state: RegistryState,
  name: CollectionName,
  { source, judged }: Source,
  version: VersionIds,
  aliases: readonly Alias[],
): readonly RegistryAct[] {
  const before = state.collections.get(name);
  const live = before?.isDeleted === false ? before : null;
  const known = live === null ? undefined : numberOf(live, version);
  const number = known ?? nextVersion(before?.lastNumber ?? null);
  const acts: RegistryAct[] = [];
  if (live === null)
    acts.push({
      kind: "collection-created",
      collection: name,
      type: source.type,
      card: "",
      tags: [],
    });
  if (known === undefined) acts.push({ kind: "version-linked", collection: name, number, source });
  const holders = live ?? { name, aliases: new Map<Alias, VersionNumber>() };
  return [...acts, ...aliases.flatMap((alias) => moveAct(state, holders, alias, number, judged))];
}

/** What a link did, as its acts and the collection after them tell it. */
function whatChanged(
  { registry, acts }: Appended,
  name: CollectionName,
  version: VersionIds,
): Pick<Linked, "number" | "isNew" | "isNewCollection" | "moves"> {
  const collection = getLiveCollection(registry.state, name);
  const number = numberOf(collection, version);
  if (number === undefined) throw new CairnError("internal", { reason: "a new link is missing" });
  const isNew = acts.some(({ kind }) => kind === "version-linked");
  const from = liveLinks(collection)[1]?.number ?? null;
  const latest: AliasMove[] = isNew ? [{ alias: LATEST, from, to: number }] : [];
  const isNewCollection = acts.some(({ kind }) => kind === "collection-created");
  return { number, isNew, isNewCollection, moves: [...movesIn(acts), ...latest] };
}

type VersionIds = Pick<VersionRecord, "uid" | "twins" | "digest">;

/** The number under which a version is linked. */
function numberOf(
  { liveNumbers, links }: Collection,
  version: VersionIds,
): VersionNumber | undefined {
  const own = liveNumbers.get(version.uid);
  if (own !== undefined) return own;
  for (const id of idsOf(version)) {
    const number = liveNumbers.get(id);
    const link = number === undefined ? undefined : links.get(number);
    if (link !== undefined && isSourceOf(link.source, version)) return number;
  }
  return undefined;
}

function sourceOf({ artifact, version }: FoundVersion): LinkSource {
  const { project, name, type } = artifact;
  const { uid, number, digest, sizeBytes, fileCount } = version;
  return { version: uid, project, name, number, type, digest, sizeBytes, fileCount };
}
