import { describe, expect, it } from "vitest";
import { formatCard, parseCard } from "../../../src/core/registry/people.ts";
import type { MemberKey } from "../../../src/core/registry/records.ts";
import type { Role } from "../../../src/core/registry/roles.ts";
import type { RegistrySummary } from "../../../src/protocol/registry-link-api.ts";
import type { Person } from "../../../src/protocol/registry-manage-api.ts";
import { parseRoute } from "../../../src/ui/parse-route.ts";
import {
  cardLink,
  findPerson,
  fingerprint,
  isNamed,
  openTo,
  withName,
} from "../../../src/ui/state/profile-state.ts";

const keyOf = (letter: string): MemberKey => `${letter.repeat(42)}A` as MemberKey;
const person = (name: string, letter: string, hubUser: string | null = null): Person => ({
  key: keyOf(letter),
  name,
  hubUser,
  registries: [],
});

const KNOWN = [person("Ada", "a", "countess"), person("Twin", "b"), person("Twin", "c")];

describe("who is meant", () => {
  it("nobody by a blank text", () => {
    expect(findPerson("  ", KNOWN)).toBeNull();
  });

  it("somebody known, by name or user name", () => {
    const ada = { key: keyOf("a"), name: "Ada", hubUser: "countess" };
    expect(findPerson(" Ada ", KNOWN)).toEqual({ kind: "found", card: ada });
    expect(findPerson("countess", KNOWN)).toEqual({ kind: "found", card: ada });
  });

  it("nobody by a name that two have: their keys tell them apart", () => {
    expect(findPerson("Twin", KNOWN)).toMatchObject({
      kind: "problem",
      problem: { code: "invalid_key", data: { reason: "2 people here have that name" } },
    });
    expect(findPerson(keyOf("c"), KNOWN)).toMatchObject({ card: { name: "Twin" } });
  });

  it("somebody new by their card, whose name counts", () => {
    const card = { key: keyOf("a"), name: "Ada King", hubUser: null };
    expect(findPerson(formatCard(card), KNOWN)).toEqual({ kind: "found", card });
  });

  it("a bare key has no name until one is given", () => {
    const found = findPerson(keyOf("z"), KNOWN);
    expect(found).toEqual({ kind: "found", card: { key: keyOf("z"), name: "", hubUser: null } });
    const card = parseCard(keyOf("z"));
    expect(isNamed(withName(card, "  "))).toBe(false);
    expect(isNamed(withName(card, " Grace "))).toBe(true);
    expect(withName(card, " Grace ").name).toBe("Grace");
    expect(withName({ ...card, name: "Own" }, "Other").name).toBe("Own");
  });

  it("a text that is nothing of these is a problem with its reason", () => {
    expect(findPerson("nobody", KNOWN)).toMatchObject({ problem: { code: "invalid_key" } });
  });
});

it("a link to a card leads to the profile page of the same app, and is read as the card", () => {
  const card = { key: keyOf("q"), name: "Zoë & Søn #1", hubUser: "zoe" };
  const link = cardLink(formatCard(card), "https://example.org/apps/cairn/#/r/models?tab=audit");
  expect(link).toMatch(/^https:\/\/example\.org\/apps\/cairn\/#\/profile\?add=/);
  expect(parseCard(link)).toEqual(card);
  const route = parseRoute(new URL(link).hash);
  expect(route.kind === "profile" && parseCard(route.add)).toEqual(card);
});

it("[P7] people can be added where one is Admin, and the registry isn't deleted", () => {
  const registry = (name: string, role: Role, isDeleted = false): RegistrySummary =>
    ({ name, role, isDeleted }) as RegistrySummary;
  const open = openTo([
    registry("own", "admin"),
    registry("gone", "admin", true),
    registry("other", "member"),
  ]);
  expect(open.map(({ name }) => name)).toEqual(["own"]);
});

it("a fingerprint is the whole key in groups", () => {
  const shown = fingerprint(keyOf("k"));
  expect(shown.startsWith("kkkk kkkk ")).toBe(true);
  expect(shown.replaceAll(" ", "")).toBe(keyOf("k"));
});
