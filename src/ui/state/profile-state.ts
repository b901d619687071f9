// People: who is meant by what was pasted or typed, and where they can be added.
import { problemOf, type Problem } from "../../core/errors.ts";
import { findNameProblem, parseCard, type Card } from "../../core/registry/people.ts";
import type { MemberKey } from "../../core/registry/records.ts";
import { mayDo } from "../../core/registry/roles.ts";
import type { RegistrySummary } from "../../protocol/registry-link-api.ts";
import type { Person } from "../../protocol/registry-manage-api.ts";
import { formatRoute } from "../router.ts";

/** Somebody found, or why nobody is. */
export type FoundPerson =
  | { readonly kind: "found"; readonly card: Card }
  | { readonly kind: "problem"; readonly problem: Problem };

/**
 * Who is meant: somebody known here by name, or by a card, a link with one, or a key. `null` for a blank
 * text. A key of somebody known gets the name they have here.
 */
export function findPerson(text: string, known: readonly Person[]): FoundPerson | null {
  const wanted = text.trim();
  if (wanted === "") return null;
  const named = known.filter(({ name, hubUser }) => name === wanted || hubUser === wanted);
  const [only] = named;
  if (only !== undefined && named.length === 1) return { kind: "found", card: cardOf(only) };
  if (only !== undefined)
    return problem({
      code: "invalid_key",
      data: { key: wanted, reason: `${named.length} people here have that name` },
    });
  try {
    const card = parseCard(wanted);
    const met = known.find(({ key }) => key === card.key);
    return { kind: "found", card: card.name === "" && met !== undefined ? cardOf(met) : card };
  } catch (error) {
    return problem(problemOf(error));
  }
}

/** The same person under the name given by hand, where their card has none. */
export function withName(card: Card, name: string): Card {
  return card.name === "" ? { ...card, name: name.trim() } : card;
}

/** Whether somebody can be added: they have a name that can be used. */
export function isNamed(card: Card): boolean {
  return findNameProblem(card.name) === null;
}

/** A link to this app that shows somebody's card, for them to be added. */
export function cardLink(card: string, appUrl: string): string {
  return appUrl.replace(/#.*$/, "") + formatRoute({ kind: "profile", add: card });
}

/** Registries where somebody may be added by the person using this browser. */
export function openTo(registries: readonly RegistrySummary[]): readonly RegistrySummary[] {
  return registries.filter(({ role, isDeleted }) => !isDeleted && mayDo(role, "manage_members"));
}

/** A key in groups of four: easier to compare by eye. */
export function fingerprint(key: MemberKey): string {
  return key.match(/.{1,4}/g)?.join(" ") ?? key;
}

function cardOf({ key, name, hubUser }: Person): Card {
  return { key, name, hubUser };
}

function problem(found: Problem): FoundPerson {
  return { kind: "problem", problem: found };
}
