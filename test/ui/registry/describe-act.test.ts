import { expect, it } from "vitest";
import type {
  MemberKey,
  PromotionAsk,
  RegistryAct,
  RegistryActKind,
} from "../../../src/core/registry/records.ts";
import {
  ACT_NAMES,
  aliasOfAct,
  describeAct,
  type ActContext,
} from "../../../src/ui/screens/registry/audit/describe-act.ts";

const ask = {
  request: "request-1",
  collection: "net",
  alias: "prod",
  number: 2,
  source: "version-1",
  note: "please",
} as unknown as PromotionAsk;
const known: ActContext = {
  nameOf: (key) => (key === ("key-bo" as MemberKey) ? "Bo" : key),
  askOf: (request) => (request === ask.request ? ask : null),
};

const bo = { name: "Bo", role: "member" };
const condition = { metadata: [], tags: [], rules: [{ path: "a", comparison: ">=", value: 0.9 }] };

/** Acts as plain data, and how they read. */
const SENTENCES: readonly (readonly [
  { readonly kind: RegistryActKind; [field: string]: unknown },
  string,
])[] = [
  [{ kind: "registry-created", name: "models" }, "made the registry models"],
  [
    {
      kind: "registry-edited",
      before: { description: "", types: [], visibility: "open" },
      after: { description: "All", types: ["model"], visibility: "members" },
    },
    "changed description: none → “All”; types: all → model; visibility: open → members",
  ],
  [{ kind: "registry-deleted" }, "deleted the registry"],
  [{ kind: "registry-restored" }, "restored the registry"],
  [{ kind: "member-added", member: "key-bo", ...bo }, "added Bo as Member"],
  [
    { kind: "member-changed", before: bo, after: { name: "Bob", role: "admin" } },
    "changed name of Bo → Bob; role of Bob: Member → Admin",
  ],
  [{ kind: "member-removed", member: "key-bo", before: bo }, "removed Bo (Member)"],
  [
    { kind: "protection-added", pattern: "prod-*", condition },
    "protected prod-*, if metadata.a >= 0.9",
  ],
  [{ kind: "protection-added", pattern: "prod", condition: null }, "protected prod"],
  [
    { kind: "protection-changed", pattern: "prod", before: null, after: condition },
    "changed the condition of prod: none → metadata.a >= 0.9",
  ],
  [
    { kind: "protection-removed", pattern: "prod", before: null },
    "took prod off the protected aliases",
  ],
  [
    { kind: "collection-created", collection: "net", type: "model" },
    "made the collection net of type model",
  ],
  [
    {
      kind: "collection-edited",
      collection: "net",
      before: { tags: [], card: "" },
      after: { tags: ["a", "b"], card: "Hello" },
    },
    "edited net: tags: none → a, b; card: 0 → 5 characters",
  ],
  [{ kind: "collection-deleted", collection: "net" }, "deleted the collection net"],
  [{ kind: "collection-restored", collection: "net" }, "restored the collection net"],
  [
    {
      kind: "version-linked",
      collection: "net",
      number: 2,
      source: { project: "digits", name: "cnn", number: 7 },
    },
    "linked digits/cnn:v7 as net:v2",
  ],
  [
    { kind: "version-unlinked", collection: "net", number: 2, aliases: ["prod"] },
    "unlinked net:v2, and prod with it",
  ],
  [{ kind: "version-restored", collection: "net", number: 2 }, "linked net:v2 again"],
  [
    { kind: "alias-moved", collection: "net", alias: "prod", before: 1, after: 2 },
    "moved prod in net: v1 → v2",
  ],
  [
    { kind: "alias-moved", collection: "net", alias: "prod", before: null, after: 2 },
    "put prod on net:v2",
  ],
  [
    { kind: "alias-removed", collection: "net", alias: "prod", before: 2 },
    "removed prod from net:v2",
  ],
  [{ kind: "promotion-requested", ...ask }, "asked for prod on net:v2: “please”"],
  [
    {
      kind: "promotion-settled",
      request: "request-1",
      outcome: "declined",
      note: "no",
      signed: null,
    },
    "declined the request for prod on net:v2: “no”",
  ],
  [
    {
      kind: "promotion-settled",
      request: "request-2",
      outcome: "approved",
      note: "",
      signed: { actor: "key-bo", ask },
    },
    "approved the request for prod on net:v2 that Bo sent as a file",
  ],
];

it.each(SENTENCES)("[E1] says %o with the old and the new value", (act, sentence) => {
  expect(describeAct(act as unknown as RegistryAct, known)).toBe(sentence);
});

it("[E1] has words for every kind of act", () => {
  const told = new Set(SENTENCES.map(([{ kind }]) => kind));
  expect([...told].toSorted()).toEqual(Object.keys(ACT_NAMES).toSorted());
});

it("says so where nobody knows what a request asked for", () => {
  const act = {
    kind: "promotion-settled",
    request: "lost",
    outcome: "approved",
    note: "",
    signed: null,
  } as unknown as RegistryAct;
  expect(describeAct(act, known)).toBe("approved a request");
});

it("locks what is about an alias", () => {
  const act = { kind: "alias-removed", alias: "prod" } as unknown as RegistryAct;
  expect(aliasOfAct(act)).toBe("prod");
  expect(aliasOfAct({ kind: "registry-deleted" })).toBeNull();
});

it("says of what a newer Cairn did that it isn't known", () => {
  const act = { kind: "alias-frozen" } as unknown as RegistryAct;
  expect(describeAct(act, known)).toBe("did something that this Cairn doesn't know");
});
