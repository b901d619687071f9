// Deleting what registries link, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { ROLES } from "../../src/core/registry/roles.ts";
import type { DeleteTarget } from "../../src/protocol/trash-api.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import { linkNet, openLinkedNet, v } from "../support/linked-net.ts";
import { aRegistry, actAs, cardOf, readKinds, type Cast } from "../support/registry-actors.ts";
import { log } from "../support/service-harness.ts";

function versions(...numbers: number[]): DeleteTarget {
  return { kind: "versions", project: "digits", name: "net", numbers: numbers.map(v) };
}
const NET: DeleteTarget = { kind: "artifact", project: "digits", name: "net" };
const DIGITS: DeleteTarget = { kind: "project", project: "digits" };

/** Everything that a delete may change. */
async function stateOf({ ctx: { db } }: Cast): Promise<unknown> {
  const stores = ["versions", "deletedVersions", "trash", "aliases", "registryEvents"] as const;
  return Promise.all([db.getAll("events"), ...stores.map((store) => db.getAll(store))]);
}

/** Runs a call that must be refused, and sees that nothing was written. */
async function expectRefusal(cast: Cast, call: () => Promise<unknown>) {
  const before = await stateOf(cast);
  const problem = await refusalOf(call());
  expect(await stateOf(cast)).toEqual(before);
  return problem;
}

export function linkedDeletesContract(): void {
  describe("deleting linked versions", () => {
    test("[D2] the plan names every link, with its aliases and whether one may take it away", async () => {
      const cast = await openLinkedNet();
      await linkNet(cast.api, 1, [], "models/all");
      const { links } = await (await cast.as("member")).planDelete(versions(0, 1));
      expect(links).toMatchObject([
        { version: { project: "digits", name: "net", number: 1 }, collection: "all" },
        { version: { number: 1 }, collection: "net", number: 0, mayUnlink: true },
      ]);
      expect(links[1]?.aliases.map(({ alias }) => alias)).toEqual(["prod"]);
      expect((await cast.api.planDelete(DIGITS)).links).toHaveLength(3);
      expect((await cast.api.planDelete(versions(0))).links).toEqual([]);
    });

    test.each([
      ["a version", versions(1), "digits/net:v1", ["registry-models/net:v0"]],
      ["an artifact", NET, "digits/net", ["registry-models/net:v0", "registry-models/net:v1"]],
      ["a project", DIGITS, "digits", ["registry-models/net:v0", "registry-models/net:v1"]],
    ])("[G8] %s that is linked is refused, with the links", async (_what, target, name, links) => {
      const cast = await openLinkedNet();
      const problem = await expectRefusal(cast, () => cast.api.deleteVersions(target, true));
      expect(problem).toEqual({ code: "version_linked", data: { name, links } });
    });

    test("[G8] what no registry links is deleted as ever", async () => {
      const { api } = await openLinkedNet();
      expect(await api.deleteVersions(versions(0, 3), true)).toMatchObject({ versions: 2 });
      expect(await api.deleteVersions(versions(0), true, "unlink").catch(() => "gone")).toBe(
        "gone",
      );
      await log(api, { a: "9" });
      expect(await api.deleteVersions(versions(4), true, "unlink")).toMatchObject({ versions: 1 });
    });

    test("[G8] unlinked with it, it goes from all its registries, with its aliases there", async () => {
      const cast = await openLinkedNet();
      await cast.api.createRegistry(aRegistry({ name: "more" }));
      await cast.api.addMember("more", cardOf(cast.people.member), "member");
      await linkNet(cast.api, 1, ["best"], "more/net");
      const api = await cast.as("member");
      expect(await api.deleteVersions(versions(1), true, "unlink")).toMatchObject({ versions: 1 });
      expect(await codeOf(api.getVersion("digits", "net", "v1"))).toBe("in_trash");
      const { linkList, aliases } = await api.getCollection("models", "net", null);
      expect(linkList.map(({ number }) => number)).toEqual([1]);
      expect(aliases).toEqual([]);
      expect((await api.getCollection("more", "net", null)).linkList).toEqual([]);
      expect((await readKinds(cast, "models")).at(-1)).toBe("version-unlinked");
      expect(cast.notices.slice(-3)).toEqual(
        expect.arrayContaining([
          { kind: "changed", project: "digits" },
          { kind: "registry-changed", registry: "models" },
          { kind: "registry-changed", registry: "more" },
        ]),
      );
    });

    test("[G8] a whole project goes with all its links, and its log still holds", async () => {
      const { api } = await openLinkedNet();
      expect(await api.deleteVersions(DIGITS, true, "unlink")).toMatchObject({ versions: 4 });
      expect((await api.getCollection("models", "net", null)).linkList).toEqual([]);
      expect(await api.listProjects()).toEqual([]);
      expect(await api.verifyLog()).toMatchObject({ brokenAt: null });
    });

    test("[D1] restoring doesn't link again", async () => {
      const { api } = await openLinkedNet();
      const { trash } = await api.deleteVersions(versions(1), true, "unlink");
      await api.restore(trash);
      expect((await api.getVersion("digits", "net", "v1")).links).toEqual([]);
      expect((await linkNet(api, 1)).number).toBe(2);
    });

    test.each(["admin", "member"] as const)(
      "[G8 P7] a %s may unlink as they delete",
      async (role) => {
        const api = await (await openLinkedNet()).as(role);
        expect(await api.deleteVersions(versions(1), true, "unlink")).toMatchObject({
          versions: 1,
        });
      },
    );

    test.each(["viewer", "restricted"] as const)(
      "[G8 P7] a %s may not, and is told who may",
      async (role) => {
        const cast = await openLinkedNet();
        const api = await cast.as(role);
        const remove = () => api.deleteVersions(versions(1), true, "unlink");
        expect(await expectRefusal(cast, remove)).toMatchObject({
          code: "not_permitted",
          data: { registry: "models", who: ["admin"] },
        });
      },
    );

    test("[G8 P7] one registry that forbids it keeps the links of all", async () => {
      const cast = await openLinkedNet();
      await actAs(cast, cast.people.viewer);
      await cast.api.createRegistry(aRegistry({ name: "mine" }));
      await linkNet(cast.api, 1, [], "mine/net");
      const problem = await expectRefusal(cast, () =>
        cast.api.deleteVersions(versions(1), true, "unlink"),
      );
      expect(problem).toMatchObject({ code: "not_permitted", data: { registry: "models" } });
    });

    test("[A6] an alias of the version that wasn't confirmed keeps version and links", async () => {
      const cast = await openLinkedNet();
      const { artifact } = await cast.api.getVersion("digits", "net", "v1");
      await cast.api.setAlias({ ...artifact, number: v(1) }, "best");
      const problem = await expectRefusal(cast, () =>
        cast.api.deleteVersions(versions(1), [], "unlink"),
      );
      expect(problem).toMatchObject({ code: "aliases_held", data: { aliases: ["best"] } });
    });

    test.each(ROLES)("[P4] not even a %s deletes what holds a protected alias", async (role) => {
      const cast = await openLinkedNet();
      await cast.api.addProtection("models", "pro*", "");
      const api = await cast.as(role);
      for (const links of [undefined, "unlink"] as const)
        for (const target of [versions(0, 1), NET, DIGITS])
          expect(await expectRefusal(cast, () => api.deleteVersions(target, true, links))).toEqual({
            code: "protected_held",
            data: {
              name: "digits/net:v1",
              act: "delete",
              held: ["registry-models/net:prod"],
              who: [],
            },
          });
    });

    test("[P4 P5] once the alias is off, or no longer protected, it can go", async () => {
      const { api } = await openLinkedNet();
      await api.addProtection("models", "prod", "");
      await api.removeLinkAlias("models", "net", "prod");
      expect(await codeOf(api.deleteVersions(versions(1), true, "unlink"))).toBe("no error");
      await api.setLinkAlias("models", "net", v(1), "prod");
      expect(await codeOf(api.deleteVersions(versions(2), true, "unlink"))).toBe("protected_held");
      await api.removeProtection("models", "prod");
      expect(await codeOf(api.deleteVersions(versions(2), true, "unlink"))).toBe("no error");
    });

    test("[G7 G8] links of deleted collections and registries hold nothing back", async () => {
      const { api } = await openLinkedNet();
      await api.deleteCollection("models", "net");
      expect(await codeOf(api.deleteVersions(versions(1), true))).toBe("no error");
      await linkNet(api, 2);
      await api.deleteRegistry("models");
      expect(await codeOf(api.deleteVersions(versions(2), true))).toBe("no error");
    });

    test("[G8] of a delete and a link at once, one is refused", async () => {
      const { api } = await openLinkedNet();
      const codes = await Promise.all([
        codeOf(api.deleteVersions(versions(3), true)),
        codeOf(linkNet(api, 3)),
      ]);
      const isThere = (await codeOf(api.getVersion("digits", "net", "v3"))) === "no error";
      const { linkList } = await api.getCollection("models", "net", null);
      const isLinked = linkList.some(({ source }) => source.number === 3);
      expect(codes).toEqual(isThere ? ["version_linked", "no error"] : ["no error", "in_trash"]);
      expect(isLinked).toBe(isThere);
    });

    test("[G8] a link made while others are taken away keeps the version, and all its links", async () => {
      const { api } = await openLinkedNet();
      await api.createRegistry(aRegistry({ name: "more" }));
      const codes = await Promise.all([
        codeOf(api.deleteVersions(versions(1), true, "unlink")),
        codeOf(linkNet(api, 1, [], "more/net")),
      ]);
      const links = await api.getVersion("digits", "net", "v1").then(
        (detail) => detail.links.length,
        () => null,
      );
      expect([...codes, links]).toEqual(
        links === null ? ["no error", "in_trash", null] : ["version_linked", "no error", 2],
      );
    });
  });

  describe("keep rules", () => {
    test("[D4] spare what a registry links, and say so", async () => {
      const { api } = await openLinkedNet();
      const rule = { lastN: 1, olderThanDays: null };
      expect(await api.planKeep("digits", "net", rule)).toEqual({
        goes: [0],
        spared: [
          { number: 1, because: "linked" },
          { number: 2, because: "linked" },
        ],
      });
      expect(await api.setKeep("digits", "net", rule)).toMatchObject({ versions: 1 });
      await api.unlinkVersion("models", "net", v(1));
      expect((await api.planKeep("digits", "net", rule)).goes).toEqual([2]);
    });
  });
}
