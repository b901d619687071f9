// How a collection's aliases came and went, as a registry's events tell it [A4 G6].
import type { AliasChange } from "../alias.ts";
import { LATEST, type Alias } from "../names.ts";
import type { VersionNumber } from "../version.ts";
import type { CollectionName, RegistryAct, RegistryEvent } from "./records.ts";

/**
 * The changes of a collection's aliases, `latest` among them, oldest first. Aliases go with an
 * unlinked version and with a deleted collection, and come back with a restored one. Actors are keys.
 *
 * @param events those with effect, in order; of other collections too
 */
export function linkAliasChanges(
  collection: CollectionName,
  events: Iterable<RegistryEvent>,
): readonly AliasChange[] {
  const line = new AliasLine();
  for (const event of events)
    if ("collection" in event.act && event.act.collection === collection) line.read(event);
  return line.changes;
}

type Change = (alias: Alias, from: VersionNumber | null, to: VersionNumber | null) => void;

class AliasLine {
  readonly changes: AliasChange[] = [];
  #holders = new Map<Alias, VersionNumber>();
  #live = new Set<VersionNumber>();
  #latest: VersionNumber | null = null;
  /** While the collection is deleted nobody holds anything. */
  #isDeleted = false;

  read({ act, at, actor, seq }: RegistryEvent): void {
    const change: Change = (alias, from, to) => {
      if (from !== to) this.changes.push({ alias, at, actor, from, to, seq });
    };
    const former = this.#isDeleted ? null : this.#latest;
    this.#apply(act, change);
    change(LATEST, former, this.#isDeleted ? null : this.#latest);
  }

  #apply(act: RegistryAct, change: Change): void {
    switch (act.kind) {
      case "collection-created":
        this.#holders = new Map();
        this.#live = new Set();
        this.#latest = null;
        this.#isDeleted = false;
        return;
      case "collection-deleted":
        for (const [alias, holder] of this.#holders) change(alias, holder, null);
        this.#isDeleted = true;
        return;
      case "collection-restored":
        for (const [alias, holder] of this.#holders) change(alias, null, holder);
        this.#isDeleted = false;
        return;
      case "version-linked":
      case "version-restored":
        this.#live.add(act.number);
        if (this.#latest === null || act.number > this.#latest) this.#latest = act.number;
        return;
      case "version-unlinked":
        this.#live.delete(act.number);
        if (act.number === this.#latest) this.#latest = this.#highestBelow(act.number);
        for (const alias of act.aliases) this.#move(alias, null, change);
        return;
      case "alias-moved":
        this.#move(act.alias, act.after, change);
        return;
      case "alias-removed":
        this.#move(act.alias, null, change);
        return;
      default:
    }
  }

  #move(alias: Alias, to: VersionNumber | null, change: Change): void {
    change(alias, this.#holders.get(alias) ?? null, to);
    if (to === null) this.#holders.delete(alias);
    else this.#holders.set(alias, to);
  }

  #highestBelow(number: VersionNumber): VersionNumber | null {
    for (let below = number - 1; below >= 0; below--)
      if (this.#live.has(below as VersionNumber)) return below as VersionNumber;
    return null;
  }
}
