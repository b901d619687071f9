import { expect, it } from "vitest";
import type { PromotionPlan } from "../../../src/protocol/registry-link-api.ts";
import { describeError } from "../../../src/core/errors.ts";
import { roleName, ROLES } from "../../../src/core/registry/roles.ts";
import type { Tag } from "../../../src/core/tags.ts";
import { whyNot } from "../../../src/ui/screens/collection/access.ts";
import { offersFor } from "../../../src/ui/screens/collection/alias-offers.ts";
import {
  findLink,
  matchesLink,
  snippetOf,
  specIn,
  stateOfSource,
} from "../../../src/ui/screens/collection/place-text.ts";
import { refusalOf, requestFileName } from "../../../src/ui/screens/collection/promotion-text.ts";
import { heldAlias, linkView, PLACE, protection } from "../../support/registry-views.ts";

const NOW = { name: "models", isDeleted: false } as Parameters<typeof whyNot>[0]["registry"];

it.each(ROLES)("[P7] lets %s do what the role allows, and says otherwise what it takes", (role) => {
  const shown = { registry: { ...NOW, role }, asOf: null };
  expect(whyNot(shown, "look")).toBe("");
  expect(whyNot(shown, "set_protected_alias")).toBe(
    role === "admin" ? "" : `You are ${roleName(role)} in models; this takes Admin.`,
  );
});

it("[E4] lets nobody change the past, nor a deleted registry", () => {
  const registry = { ...NOW, role: "admin" as const };
  expect(whyNot({ registry, asOf: "2026-03-01" }, "unlink")).toContain("Go back to now");
  expect(whyNot({ registry: { ...registry, isDeleted: true }, asOf: null }, "unlink")).toContain(
    "Restore it",
  );
});

it("[P1] offers protected names first, then what stands on other versions, never its own or latest", () => {
  const detail = {
    aliases: [
      heldAlias("latest", 2),
      heldAlias("best", 1),
      heldAlias("prod", 0, true),
      heldAlias("mine", 2),
    ],
    protectionList: [protection("prod"), protection("live-*"), protection("staging")],
  };
  const link = linkView(2, { aliases: [heldAlias("latest", 2), heldAlias("mine", 2)] });
  expect(offersFor(detail, link)).toEqual([
    { alias: "prod", isProtected: true, holder: 0 },
    { alias: "staging", isProtected: true, holder: null },
    { alias: "best", isProtected: false, holder: 1 },
  ]);
});

it("[N7] writes a place as a spec, and code that uses it", () => {
  const spec = specIn(PLACE, "prod");
  expect(spec).toBe("registry-models/net:prod");
  expect(snippetOf(spec)).toContain('useArtifact("registry-models/net:prod")');
});

it("finds a version by its number, an alias, a tag, its source, who linked it", () => {
  const link = linkView(12, {
    aliases: [heldAlias("prod", 12, true)],
    here: { state: "live", tags: ["audited" as Tag], description: "" },
  });
  for (const typed of ["v12", "V1", "PRO", "audit", "digits/cnn", "ada", " "])
    expect(matchesLink(link, typed)).toBe(true);
  for (const typed of ["v2", "staging"]) expect(matchesLink(link, typed)).toBe(false);
});

it("finds the version that an address names", () => {
  const links = [linkView(3, { aliases: [heldAlias("latest", 3)] }), linkView(1)];
  expect(findLink(links, "latest")?.number).toBe(3);
  expect(findLink(links, "v1")?.number).toBe(1);
  expect(findLink(links, "v2")).toBeNull();
});

it("says what of a source is here", () => {
  expect(stateOfSource(linkView(0))).toBe("");
  expect(stateOfSource({ here: null })).toBe("Not in this browser");
  expect(stateOfSource({ here: { state: "in_trash", tags: [], description: "" } })).toBe(
    "In the trash",
  );
  expect(stateOfSource({ here: { state: "deleted", tags: [], description: "" } })).toBe("Deleted");
});

const plan = (fields: Partial<PromotionPlan>): PromotionPlan =>
  ({
    alias: "prod",
    from: null,
    to: linkView(1),
    pattern: "prod",
    condition: null,
    unmet: [],
    role: "member",
    isAllowed: false,
    who: ["Ada"],
    request: null,
    ...fields,
  }) as PromotionPlan;

it("[P6] names the alias, the rule, the role and who can do it", () => {
  const text = describeError(refusalOf("models", plan({ pattern: "p*" as never })));
  for (const word of ["prod", "p*", "Admin", "Member", "Ada"]) expect(text).toContain(word);
});

it("[P7] names the role an ordinary alias takes", () => {
  const text = describeError(refusalOf("models", plan({ pattern: null, role: "viewer" })));
  for (const word of ["Viewer", "Member", "Ada"]) expect(text).toContain(word);
});

it("names a request's file by what it asks for", () => {
  expect(requestFileName(PLACE, linkView(2).number, "prod")).toBe(
    "models-net-v2-prod.request.json",
  );
});
