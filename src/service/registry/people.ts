// Everybody known here: who stands in the lists of this browser's registries [G2].
import { CairnError, isCairnError } from "../../core/errors.ts";
import { parseCard, type Card } from "../../core/registry/people.ts";
import type { MemberKey } from "../../core/registry/records.ts";
import { compareUtf8 } from "../../core/utf8.ts";
import type { Person } from "../../protocol/registry-manage-api.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { openRegistries, REGISTRY_STORES, type OpenRegistry } from "./read-registry.ts";

/** Everybody that a registry here lists, by name. */
export async function listPeople(ctx: Ctx): Promise<readonly Person[]> {
  const registries = await withRead(ctx.db, [...REGISTRY_STORES], (tx) => openRegistries(ctx, tx));
  return peopleOf(registries).toSorted((a, b) => compareUtf8(a.name, b.name));
}

/** Who a card, a link with one, or a bare key is of. Throws `invalid_key`. */
export async function readCard(ctx: Ctx, text: string): Promise<Person> {
  return personOf(parseCard(text), await listPeople(ctx));
}

/**
 * Somebody by card, link or key, or by the name or user name of one known here.
 *
 * @throws CairnError `invalid_key`, also where several have the name
 */
export async function findPerson(ctx: Ctx, text: string): Promise<Person> {
  const people = await listPeople(ctx);
  // Keys before names: somebody may call themselves by another's key.
  try {
    return personOf(parseCard(text), people);
  } catch (error) {
    if (!isCairnError(error, "invalid_key")) throw error;
    const wanted = text.trim();
    const called = people.filter(({ name, hubUser }) => name === wanted || hubUser === wanted);
    const [person] = called;
    if (person === undefined) throw error;
    if (called.length === 1) return person;
    const reason = `${called.length} people here are called that, and only a key tells them apart`;
    throw new CairnError("invalid_key", { key: wanted, reason });
  }
}

/** What is known here of the one a card is of goes before what the card leaves open. */
function personOf({ key, name, hubUser }: Card, people: readonly Person[]): Person {
  const known = people.find((person) => person.key === key);
  return {
    key,
    name: name === "" ? (known?.name ?? "") : name,
    hubUser: hubUser ?? known?.hubUser ?? null,
    registries: known?.registries ?? [],
  };
}

function peopleOf(registries: readonly OpenRegistry[]): readonly Person[] {
  const people = new Map<MemberKey, Person>();
  for (const { record, state } of registries) {
    if (state.isDeleted) continue;
    for (const { key, name, hubUser } of state.members.values()) {
      const known = people.get(key);
      people.set(key, {
        key,
        name: known?.name ?? name,
        hubUser: known?.hubUser ?? hubUser,
        registries: [...(known?.registries ?? []), record.name],
      });
    }
  }
  return [...people.values()];
}
