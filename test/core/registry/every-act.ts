// One act of each kind.
import type { RegistryAct, RegistryActKind } from "../../../src/core/registry/records.ts";
import type { Tag } from "../../../src/core/tags.ts";
import {
  askFor,
  collectionMade,
  created,
  DIGITS,
  linked,
  memberAdded,
  MO,
  moved,
  patternOf,
  protectedBy,
  removed,
  settled,
  signedBy,
  sourceOf,
  typeOf,
  unlinked,
  v,
} from "./sample.ts";

const AUDITED = "audited" as Tag;
export const CONDITION = {
  metadata: ["eval.set"],
  tags: [AUDITED],
  rules: [{ path: "accuracy", comparison: ">=", value: 0.9 }],
} as const;
const production = patternOf("production");
export const MO_FIELDS = { name: "Mo", role: "member" } as const;

/** One act of each kind. A new kind doesn't compile until it is here. */
export const ACTS: { readonly [Kind in RegistryActKind]: RegistryAct & { readonly kind: Kind } } = {
  "registry-created": { ...created, types: [typeOf("model")], hubUser: "ann" },
  "registry-edited": {
    kind: "registry-edited",
    before: { description: "", visibility: "open" },
    after: { description: "new", visibility: "members" },
  },
  "registry-deleted": { kind: "registry-deleted" },
  "registry-restored": { kind: "registry-restored" },
  "member-added": of("member-added", memberAdded(MO, "", "viewer")),
  "member-changed": {
    kind: "member-changed",
    member: MO,
    before: MO_FIELDS,
    after: { ...MO_FIELDS, name: "M" },
  },
  "member-removed": { kind: "member-removed", member: MO, before: MO_FIELDS },
  "protection-added": of("protection-added", protectedBy("prod-*")),
  "protection-changed": {
    kind: "protection-changed",
    pattern: production,
    before: null,
    after: CONDITION,
  },
  "protection-removed": { kind: "protection-removed", pattern: production, before: CONDITION },
  "collection-created": of("collection-created", collectionMade(DIGITS)),
  "collection-edited": {
    kind: "collection-edited",
    collection: DIGITS,
    before: { tags: [] },
    after: { tags: [AUDITED] },
  },
  "collection-deleted": { kind: "collection-deleted", collection: DIGITS },
  "collection-restored": { kind: "collection-restored", collection: DIGITS },
  "version-linked": of("version-linked", linked(0, sourceOf(0))),
  "version-unlinked": of("version-unlinked", unlinked(0, "best", "prod")),
  "version-restored": { kind: "version-restored", collection: DIGITS, number: v(0) },
  "alias-moved": moved("production", null, 1, {
    evidence: { metadata: { "eval.set": "x", accuracy: 0.95, n: null, b: true }, tags: [AUDITED] },
    request: askFor("production").request,
  }),
  "alias-removed": of("alias-removed", removed("best", 1)),
  "promotion-requested": { kind: "promotion-requested", ...askFor("production") },
  "promotion-settled": of(
    "promotion-settled",
    settled("approved", signedBy(MO, askFor("production"))),
  ),
};

function of<Kind extends RegistryActKind>(
  kind: Kind,
  act: RegistryAct,
): RegistryAct & { readonly kind: Kind } {
  if (act.kind !== kind) throw new Error(`that is ${act.kind}`);
  return act as RegistryAct & { readonly kind: Kind };
}
