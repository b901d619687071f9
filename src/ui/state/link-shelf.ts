// The collections a version can be dropped on, by registry.
import type { VersionRef } from "../../core/records.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import { fitting, registryChoices } from "./link-plan.ts";

export interface ShelfGroup {
  readonly registry: string;
  readonly collections: readonly ShelfCollection[];
}

export interface ShelfCollection {
  readonly name: string;
  /** What the version would be there, or is already. */
  readonly number: VersionNumber;
  readonly isLinked: boolean;
}

/** Registries the version may be linked to, with their collections of its type; those without any are left out. */
export async function readShelf(
  store: Pick<StoreApi, "listRegistries" | "getRegistry" | "linksOf">,
  version: VersionRef,
  type: string,
): Promise<readonly ShelfGroup[]> {
  const [registries, links] = await Promise.all([store.listRegistries(), store.linksOf(version)]);
  const open = registryChoices(registries, type).filter(({ reason }) => reason === "");
  const details = await Promise.all(open.map(({ name }) => store.getRegistry(name, null)));
  return details
    .map((detail) => ({
      registry: detail.name,
      collections: fitting(detail, type).map(({ name, next }) => {
        const link = links.find(
          ({ registry, collection }) => registry === detail.name && collection === name,
        );
        return { name, number: link?.number ?? next, isLinked: link !== undefined };
      }),
    }))
    .filter(({ collections }) => collections.length > 0);
}
