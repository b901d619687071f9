// Who may do what with links and protected aliases, and conditions, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../../src/core/errors.ts";
import type { Alias } from "../../src/core/names.ts";
import { ROLES, type Role } from "../../src/core/registry/roles.ts";
import { getLiveCollection } from "../../src/core/registry/views.ts";
import { parseTags } from "../../src/core/tags.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { readSource } from "../../src/service/registry/find-link.ts";
import { moveAct } from "../../src/service/registry/move-act.ts";
import { appendOn } from "../../src/service/registry/append-on.ts";
import { codeOf } from "../support/errors.ts";
import { aRegistry, openActor, readLog, shareLog, type Cast } from "../support/registry-actors.ts";
import {
  cleanCodeOf,
  holdersOf,
  link,
  netRef,
  refusalOf,
  setAlias,
  takeAlias,
  v,
  withLinks,
} from "../support/registry-links.ts";
import { log } from "../support/service-harness.ts";

const TAGS = parseTags(["audited", "more"]);

type Try = (api: StoreApi) => Promise<unknown>;
/** What is tried on `plain` or `prod`, both held by v0, each with what a role is told. */
const TRIES: readonly (readonly [string, Try, Readonly<Record<Role, ErrorCode | "no error">>])[] = [
  ["link", (api) => link(api, 3), only("member")],
  ["link with an ordinary alias", (api) => link(api, 1, ["new"]), only("member")],
  ["link with a protected alias", (api) => link(api, 1, ["prod"]), adminOnly("alias_protected")],
  ["move an ordinary alias", (api) => setAlias(api, 1, "plain"), only("member")],
  ["take off an ordinary alias", (api) => takeAlias(api, "plain"), only("member")],
  ["unlink", (api) => api.unlinkVersion("models", "net", v(1)), only("member")],
  ["set a protected alias", (api) => setAlias(api, 1, "prod-eu"), adminOnly("alias_protected")],
  ["move a protected alias", (api) => setAlias(api, 1, "prod"), adminOnly("alias_protected")],
  ["take off a protected alias", (api) => takeAlias(api, "prod"), adminOnly("alias_protected")],
  [
    "unlink what holds a protected alias",
    (api) => api.unlinkVersion("models", "net", v(0)),
    { ...adminOnly("not_permitted"), member: "protected_held" },
  ],
  [
    "ask for a promotion",
    (api) => api.requestPromotion("models", "net", v(1), "prod", ""),
    only("member"),
  ],
];

function only(least: Role): Readonly<Record<Role, ErrorCode | "no error">> {
  const told = ROLES.map((role) => [
    role,
    ROLES.indexOf(role) <= ROLES.indexOf(least) ? "no error" : "not_permitted",
  ]);
  return Object.fromEntries(told) as Record<Role, ErrorCode | "no error">;
}

function adminOnly(code: ErrorCode): Readonly<Record<Role, ErrorCode | "no error">> {
  return { admin: "no error", member: code, viewer: code, restricted: code };
}

/** As {@link withLinks}, `prod` and `prod-*` protected, and v0 with `prod` and `plain`. */
async function withProd(): Promise<Cast> {
  const cast = await withLinks();
  await log(cast.api, { a: "3" });
  await cast.api.addProtection("models", "prod", "");
  await cast.api.addProtection("models", "prod-*", "");
  await link(cast.api, 0, ["prod", "plain"]);
  return cast;
}

export function protectionContract(): void {
  describe("roles and protected aliases", () => {
    test.each(TRIES)("[P2 P3 P7] who may %s", async (_name, run, told) => {
      const cast = await withProd();
      const found: [Role, string][] = [];
      for (const role of ROLES.toReversed()) {
        const api = await cast.as(role);
        const code = await cleanCodeOf(cast, () => run(api));
        found.push([role, code]);
        // Done once, it can't be done again.
        if (code === "no error") break;
      }
      const able = ROLES.findLastIndex((role) => told[role] === "no error");
      expect(found).toEqual(
        ROLES.slice(able)
          .toReversed()
          .map((role) => [role, told[role]]),
      );
    });

    test("[P2] an unknown alias that a member gives becomes an ordinary one", async () => {
      const cast = await withProd();
      await link(await cast.as("member"), 1, ["canary"]);
      const { linkList } = await cast.api.getCollection("models", "net", null);
      expect(linkList.find(({ number }) => number === 1)?.aliases).toEqual([
        { alias: "canary", number: 1, isProtected: false },
      ]);
    });

    test("[P2] taking an unlink back is no way around the rule", async () => {
      const cast = await withProd();
      await cast.api.unlinkVersion("models", "net", v(1));
      const member = await cast.as("member");
      const restore = (aliases: readonly string[]): Promise<unknown> =>
        member.restoreLink("models", "net", v(1), aliases);
      expect(await cleanCodeOf(cast, () => restore(["prod-eu"]))).toBe("alias_protected");
      expect(await restore(["canary"])).toEqual(["canary"]);
    });

    test("[P7] who may not use what a registry links can't link it elsewhere", async () => {
      const cast = await withLinks();
      const restricted = await cast.as("restricted");
      await restricted.createRegistry(aRegistry({ name: "mine" }));
      const linkOn = (): Promise<unknown> =>
        restricted.linkVersion("registry-models/net:v0", null, "mine/net", []);
      expect(await codeOf(linkOn())).toBe("not_permitted");
      await cast.as("viewer");
      await cast.api.createRegistry(aRegistry({ name: "theirs" }));
      const linked = cast.api.linkVersion("registry-models/net:v0", null, "theirs/net", []);
      expect(await linked).toMatchObject({ number: 0, followedLink: "registry-models/net:v0" });
    });

    test("[P6] a refusal names alias, rule, role and who could do it", async () => {
      const cast = await withProd();
      const member = await cast.as("member");
      expect(await refusalOf(setAlias(member, 1, "prod-eu"))).toEqual({
        code: "alias_protected",
        data: {
          registry: "models",
          alias: "prod-eu",
          pattern: "prod-*",
          act: "set",
          role: "Member",
          who: ["admin"],
        },
      });
    });

    test("[P5] an alias held while its name is put on the list is protected from then on, and stays when it is taken off", async () => {
      const { api, as } = await withProd();
      await api.addProtection("models", "plain", "");
      const member = await as("member");
      expect(await codeOf(takeAlias(member, "plain"))).toBe("alias_protected");
      await as("admin");
      await api.removeProtection("models", "plain");
      expect((await holdersOf(api))["plain"]).toBe(0);
      await as("member");
      expect(await codeOf(takeAlias(member, "plain"))).toBe("no error");
    });

    test("[P3] a refused unlink names what is held and who may; an admin may", async () => {
      const { api, as } = await withProd();
      const member = await as("member");
      expect(await refusalOf(member.unlinkVersion("models", "net", v(0)))).toMatchObject({
        code: "protected_held",
        data: { held: ["registry-models/net:prod"], who: ["admin"] },
      });
      await as("admin");
      expect(await api.unlinkVersion("models", "net", v(0))).toEqual({
        aliases: ["plain", "prod"],
      });
    });
  });

  describe("conditions", () => {
    /** As {@link withLinks}, `good` protected with a condition that v1 meets. */
    async function withCondition(): Promise<Cast> {
      const cast = await withLinks();
      await cast.api.addProtection("models", "good", "metadata.accuracy >= 0.9\ntag: audited");
      await cast.api.editVersion(netRef(1), { metadata: { accuracy: 0.95, x: 1 } });
      await cast.api.editVersion(netRef(1), { tags: TAGS });
      return cast;
    }

    test("[P9] what doesn't meet it is refused with the reasons, admins' moves too", async () => {
      const cast = await withCondition();
      const refusal = await refusalOf(setAlias(cast.api, 0, "good"));
      expect(refusal).toMatchObject({
        code: "condition_failed",
        data: { alias: "good", version: "registry-models/net:v0" },
      });
      expect((refusal.data as { reasons: readonly string[] }).reasons).toHaveLength(2);
      expect(await cleanCodeOf(cast, () => link(cast.api, 2, ["good"]))).toBe("condition_failed");
    });

    test("[P9 E3] what meets it is written with just the evidence that was judged", async () => {
      const cast = await withCondition();
      await setAlias(cast.api, 1, "good");
      const last = (await readLog(cast, "models")).at(-1)?.event.act;
      expect(last).toMatchObject({ kind: "alias-moved", after: 1 });
      const evidence = last?.kind === "alias-moved" ? last.evidence : null;
      expect(evidence?.tags).toEqual(["audited"]);
      expect(JSON.stringify(evidence?.metadata)).toContain("0.95");
      expect(JSON.stringify(evidence?.metadata)).not.toContain("x");
    });

    test("[P9] what was judged must still be so when it is written", async () => {
      const cast = await withCondition();
      const { api, ctx } = cast;
      const on = await readSource(ctx, "models", "net", v(1));
      const before = await readLog(cast, "models");
      await api.editVersion(netRef(1), { metadata: { accuracy: 0.1 } });
      const late = appendOn(ctx, "models", on, ({ state }) =>
        moveAct(state, getLiveCollection(state, "net"), "good" as Alias, v(1), on.judged),
      );
      expect(await codeOf(late)).toBe("changed_since");
      expect(await readLog(cast, "models")).toEqual(before);
    });

    test("[P9] of a source that isn't here nothing can be judged, and it is said so", async () => {
      const cast = await withCondition();
      const other = await openActor("elsewhere");
      await shareLog(cast, other, "models");
      await other.ctx.db.put("identity", cast.people.admin, "self");
      const refusal = await refusalOf(setAlias(other.api, 1, "good"));
      expect(refusal.code).toBe("condition_failed");
      expect(JSON.stringify(refusal.data)).toContain("isn't in this browser");
      expect(await codeOf(setAlias(other.api, 1, "ordinary"))).toBe("no error");
    });
  });
}
