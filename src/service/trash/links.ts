// Links to what is to be deleted: told beforehand, refused, or taken away with it [G8 P4 D2].
import { CairnError } from "../../core/errors.ts";
import type { VersionUid } from "../../core/records.ts";
import { formatPlace } from "../../core/registry/names.ts";
import type { RegistryAct, RegistryName } from "../../core/registry/records.ts";
import type { RegistryState } from "../../core/registry/state.ts";
import { aliasesOfLink, linksTo } from "../../core/registry/views.ts";
import { formatVersion } from "../../core/version.ts";
import type { DeleteImpact, DeleteTarget } from "../../protocol/trash-api.ts";
import { idsOf } from "../../store/by-uid.ts";
import type { ReaderTx } from "../browse/registry-reader.ts";
import type { Ctx } from "../context.ts";
import { subjectOf } from "../journal.ts";
import type { Intent } from "../registry/append.ts";
import { placesOf } from "../registry/places.ts";
import type { Loss } from "./target.ts";

/** A place that links a version of a delete. */
export type LostLink = DeleteImpact["links"][number];

/** The places that link what would go, version by version. */
export async function linksOf(
  ctx: Ctx,
  tx: ReaderTx,
  losses: readonly Loss[],
): Promise<readonly LostLink[]> {
  const places = await placesOf(ctx, tx, uidsOf(losses));
  return losses.flatMap(({ artifact: { project, name }, versions }) =>
    versions.flatMap((version) =>
      idsOf(version)
        .flatMap((id) => places.get(id) ?? [])
        .map((place) => ({ ...place, version: { project, name, number: version.number } })),
    ),
  );
}

/** Throws `version_linked` when there is a link [G8]. */
export function checkUnlinked(target: DeleteTarget, links: readonly LostLink[]): void {
  if (links.length > 0)
    throw new CairnError("version_linked", {
      name: nameOf(target, links),
      links: links.map(specOf),
    });
}

/** Throws `protected_held` when a link holds a protected alias: then nobody may, admins included [P4]. */
export function checkUnprotected(target: DeleteTarget, links: readonly LostLink[]): void {
  const holding = links.filter(({ aliases }) => aliases.some(({ isProtected }) => isProtected));
  if (holding.length === 0) return;
  const held = holding.flatMap(({ registry, collection, aliases }) =>
    aliases
      .filter(({ isProtected }) => isProtected)
      .map(({ alias }) => formatPlace(registry, collection, alias)),
  );
  const name = nameOf(target, holding);
  throw new CairnError("protected_held", { name, act: "delete", held, who: [] });
}

/** How each registry loses its links to what goes. */
export function unlinkIntents(
  losses: readonly Loss[],
  links: readonly LostLink[],
): readonly Intent[] {
  const uids = uidsOf(losses);
  const registries = new Set<RegistryName>(links.map(({ registry }) => registry));
  return Array.from(registries, (registry) => ({
    registry,
    plan: ({ state }) => uids.flatMap((uid) => unlinkActs(state, uid)),
  }));
}

function unlinkActs(state: RegistryState, version: VersionUid): readonly RegistryAct[] {
  return linksTo(state, version).map(({ collection, link: { number } }) => ({
    kind: "version-unlinked",
    collection: collection.name,
    number,
    aliases: aliasesOfLink(collection, number),
  }));
}

/** Those that are not among the ones known before. */
export function newLinks(
  links: readonly LostLink[],
  before: readonly LostLink[],
): readonly LostLink[] {
  const known = new Set(before.map(specOf));
  return links.filter((link) => !known.has(specOf(link)));
}

/** Every id of what goes. */
function uidsOf(losses: readonly Loss[]): readonly VersionUid[] {
  return losses.flatMap(({ versions }) => versions.flatMap(idsOf));
}

function specOf({ registry, collection, number }: LostLink): string {
  return formatPlace(registry, collection, formatVersion(number));
}

/** What is deleted, as narrowly as the links name it. */
function nameOf(target: DeleteTarget, links: readonly LostLink[]): string {
  const names = new Set(links.map(({ version }) => subjectOf(version, version.number)));
  const [only] = names;
  if (only !== undefined && names.size === 1) return only;
  return target.kind === "project" ? target.project : subjectOf(target);
}
