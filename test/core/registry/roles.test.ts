// Who may do what: each act by each role, on what is protected and what isn't.
import { describe, expect, test } from "vitest";
import { judge } from "../../../src/core/registry/judge.ts";
import type { RegistryAct } from "../../../src/core/registry/records.ts";
import {
  mayDo,
  PERMISSIONS,
  ROLES,
  type Permission,
  type Role,
} from "../../../src/core/registry/roles.ts";
import type { RegistryState } from "../../../src/core/registry/state.ts";
import { roleOf } from "../../../src/core/registry/views.ts";
import {
  after,
  ANN,
  askFor,
  collectionMade,
  collectionOf,
  created,
  DIGITS,
  linked,
  memberAdded,
  MO,
  moved,
  patternOf,
  PERSON_OF,
  protectedBy,
  removed,
  SAM,
  SAMPLE,
  settled,
  signedBy,
  sourceOf,
  unlinked,
  v,
  wordFor,
} from "./sample.ts";

const EMPTY = collectionOf("empty");
const withEmpty = after(SAMPLE, ANN, collectionMade(EMPTY));
const drafts = after(SAMPLE, ANN, moved("prod-eu", null, 2));

/** `am`: who may, from admin (a) over member (m) and viewer (v) to restricted (r); others get the code. */
type Row = readonly [
  what: string,
  state: RegistryState,
  act: RegistryAct,
  may: "a" | "am",
  refusal: string,
];

const ROWS: readonly Row[] = [
  ["edit the settings", SAMPLE, edited("new"), "a", "not_permitted"],
  ["delete the registry", SAMPLE, { kind: "registry-deleted" }, "a", "not_permitted"],
  [
    "restore the registry",
    after(SAMPLE, ANN, { kind: "registry-deleted" }),
    { kind: "registry-restored" },
    "a",
    "not_permitted",
  ],
  ["add a member", SAMPLE, memberAdded(SAM, "Sam", "viewer"), "a", "not_permitted"],
  ["make somebody admin", SAMPLE, roleChanged("admin"), "a", "not_permitted"],
  ["protect an alias", SAMPLE, protectedBy("best"), "a", "not_permitted"],
  [
    "change a condition",
    SAMPLE,
    { kind: "protection-changed", pattern: patternOf("production"), before: null, after: null },
    "a",
    "not_permitted",
  ],
  [
    "take a protection off",
    SAMPLE,
    { kind: "protection-removed", pattern: patternOf("production"), before: null },
    "a",
    "not_permitted",
  ],
  ["create a collection", SAMPLE, collectionMade(EMPTY), "am", "not_permitted"],
  [
    "edit a card",
    SAMPLE,
    { kind: "collection-edited", collection: DIGITS, before: { card: "" }, after: { card: "x" } },
    "am",
    "not_permitted",
  ],
  [
    "delete a collection",
    withEmpty,
    { kind: "collection-deleted", collection: EMPTY },
    "am",
    "not_permitted",
  ],
  [
    "restore a collection",
    after(withEmpty, ANN, { kind: "collection-deleted", collection: EMPTY }),
    { kind: "collection-restored", collection: EMPTY },
    "am",
    "not_permitted",
  ],
  ["link", SAMPLE, linked(3, sourceOf(3)), "am", "not_permitted"],
  ["unlink", SAMPLE, unlinked(1, "best"), "am", "not_permitted"],
  [
    "take an unlink back",
    after(SAMPLE, ANN, unlinked(2)),
    { kind: "version-restored", collection: DIGITS, number: v(2) },
    "am",
    "not_permitted",
  ],
  ["set an ordinary alias", SAMPLE, moved("staging", null, 1), "am", "not_permitted"],
  ["move an ordinary alias", SAMPLE, moved("best", 1, 2), "am", "not_permitted"],
  ["take off an ordinary alias", SAMPLE, removed("best", 1), "am", "not_permitted"],
  ["set a protected alias", SAMPLE, moved("prod-eu", null, 1), "a", "alias_protected"],
  ["move a protected alias", SAMPLE, moved("production", 0, 1), "a", "alias_protected"],
  ["take off a protected alias", SAMPLE, removed("production", 0), "a", "alias_protected"],
  ["move what a pattern protects", drafts, moved("prod-eu", 2, 1), "a", "alias_protected"],
  [
    "ask for a promotion",
    SAMPLE,
    { kind: "promotion-requested", ...askFor("production") },
    "am",
    "not_permitted",
  ],
  [
    "approve a protected alias",
    after(SAMPLE, MO, { kind: "promotion-requested", ...askFor("production") }),
    settled("approved"),
    "a",
    "alias_protected",
  ],
  [
    "decline a protected alias",
    after(SAMPLE, MO, { kind: "promotion-requested", ...askFor("production") }),
    settled("declined"),
    "a",
    "alias_protected",
  ],
  [
    "approve a protected alias asked for by file",
    SAMPLE,
    settled("approved", signedBy(MO, askFor("production"))),
    "a",
    "alias_protected",
  ],
  [
    "approve an ordinary alias",
    after(SAMPLE, MO, { kind: "promotion-requested", ...askFor("staging") }),
    settled("approved"),
    "am",
    "not_permitted",
  ],
];

describe.each(ROWS)("[P7] to %s", (_, state, act, may, refusal) => {
  test.each([
    ["admin", "a"],
    ["member", "m"],
    ["viewer", "v"],
    ["restricted", "r"],
    ["stranger", "v"],
  ] as const)("%s", (who, letter) => {
    const word = wordFor(judge(state, PERSON_OF[who], act));
    expect(word).toBe(may.includes(letter) ? "allowed" : refusal);
  });
});

describe("what holds a protected alias", () => {
  const held: readonly [string, RegistryState, RegistryAct][] = [
    ["unlink", SAMPLE, unlinked(0, "production")],
    ["unlink under a pattern", drafts, unlinked(2, "prod-eu")],
    ["delete its collection", SAMPLE, { kind: "collection-deleted", collection: DIGITS }],
    [
      "restore its collection",
      after(SAMPLE, ANN, { kind: "collection-deleted", collection: DIGITS }),
      { kind: "collection-restored", collection: DIGITS },
    ],
    [
      "put another in place of its deleted collection",
      after(SAMPLE, ANN, { kind: "collection-deleted", collection: DIGITS }),
      collectionMade(DIGITS),
    ],
  ];
  test.each(held)("[P3] only an admin may %s", (_, state, act) => {
    expect(wordFor(judge(state, PERSON_OF.admin, act))).toBe("allowed");
    expect(wordFor(judge(state, PERSON_OF.member, act))).toBe("protected_held");
    for (const who of ["viewer", "restricted", "stranger"] as const)
      expect(wordFor(judge(state, PERSON_OF[who], act))).toBe("not_permitted");
  });

  test("[P5] a name put on the list while it is held is protected from then on, and free again after", () => {
    const listed = after(SAMPLE, ANN, protectedBy("best"));
    expect(wordFor(judge(listed, MO, removed("best", 1)))).toBe("alias_protected");
    expect(listed.collections.get(DIGITS)?.aliases.get(moved("best", 1, 2).alias)).toBe(1);
    const off = { kind: "protection-removed", pattern: patternOf("best"), before: null } as const;
    const free = after(listed, ANN, off);
    expect(free.collections.get(DIGITS)?.aliases.get(moved("best", 1, 2).alias)).toBe(1);
    expect(wordFor(judge(free, MO, removed("best", 1)))).toBe("allowed");
  });

  test("[P3] an alias that was protected while its collection was deleted comes back by an admin only", () => {
    const gone = after(SAMPLE, ANN, removed("production", 0), {
      kind: "collection-deleted",
      collection: DIGITS,
    });
    const restored = { kind: "collection-restored", collection: DIGITS } as const;
    expect(wordFor(judge(gone, MO, restored))).toBe("allowed");
    const listed = after(gone, ANN, protectedBy("best"));
    expect(wordFor(judge(listed, MO, restored))).toBe("protected_held");
  });
});

describe("permissions", () => {
  /** Written out once more, so that a change of the table is noticed. */
  const LEAST: Readonly<Record<Permission, Role>> = {
    look: "restricted",
    use: "viewer",
    create_collection: "member",
    edit_collection: "member",
    delete_collection: "member",
    link: "member",
    unlink: "member",
    set_alias: "member",
    edit_tags: "member",
    ask_promotion: "member",
    set_protected_alias: "admin",
    unlink_protected: "admin",
    delete_protected_collection: "admin",
    manage_protection: "admin",
    manage_members: "admin",
    edit_settings: "admin",
    delete_registry: "admin",
  };
  test.each(Object.keys(PERMISSIONS) as Permission[])("[P7] %s", (permission) => {
    const least = ROLES.indexOf(LEAST[permission]);
    expect(ROLES.filter((role) => mayDo(role, permission))).toEqual(ROLES.slice(0, least + 1));
  });

  test("[G2] who isn't listed is a viewer in an open registry, a restricted viewer in one for members", () => {
    const closed = after(null, ANN, { ...created, visibility: "members" });
    expect([roleOf(SAMPLE, SAM), roleOf(SAMPLE, null)]).toEqual(["viewer", "viewer"]);
    expect([roleOf(closed, SAM), roleOf(closed, null)]).toEqual(["restricted", "restricted"]);
    expect(roleOf(closed, ANN)).toBe("admin");
  });
});

function edited(description: string): RegistryAct {
  return { kind: "registry-edited", before: { description: "" }, after: { description } };
}

function roleChanged(role: Role): RegistryAct {
  const before = { name: "Vi", role: "viewer" } as const;
  return { kind: "member-changed", member: PERSON_OF.viewer, before, after: { ...before, role } };
}
