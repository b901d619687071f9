// The rules of links and their aliases, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { CollectionDetail } from "../../src/protocol/registry-link-api.ts";
import { codeOf } from "../support/errors.ts";
import { aRegistry, openActor, readKinds, readLog } from "../support/registry-actors.ts";
import {
  cleanCodeOf,
  holdersOf,
  link,
  netRef,
  refusalOf,
  trash,
  v,
  withLinks,
  withNet,
} from "../support/registry-links.ts";
import { log, openHarness } from "../support/service-harness.ts";

/** Where every delete came first, there is no collection. */
const NO_LINKS: Pick<CollectionDetail, "linkList"> = { linkList: [] };

export function linksContract(): void {
  describe("linking", () => {
    test("[G1] a registry that isn't there is not made, and those there are named", async () => {
      const { api } = await withNet();
      const linking = api.linkVersion("digits/net", null, "modles/net", []);
      expect(await refusalOf(linking)).toEqual({
        code: "no_registry",
        data: { registry: "modles", known: ["models"] },
      });
      expect(await api.listRegistries()).toHaveLength(1);
    });

    test.each(["models/net", "registry-models/net", "wandb-registry-models/net"])(
      "[N7] %s names the collection",
      async (target) => {
        const { api } = await withNet();
        const linked = await api.linkVersion("net:v1", "digits", target, ["best"]);
        expect(linked).toMatchObject({
          registry: "models",
          collection: "net",
          number: 0,
          isNew: true,
          isNewCollection: true,
          followedLink: null,
          source: { project: "digits", name: "net", number: 1 },
          moves: [
            { alias: "best", from: null, to: 0 },
            { alias: "latest", from: null, to: 0 },
          ],
        });
      },
    );

    test("[G3] the first link fixes the type, and another is refused by both names", async () => {
      const { api, ...cast } = await withLinks();
      await log(api, { d: "1" }, { name: "data", type: "dataset" });
      expect(
        await cleanCodeOf({ api, ...cast }, () =>
          api.linkVersion("digits/data", null, "models/net", ["best"]),
        ),
      ).toBe("type_mismatch");
      const refusal = await refusalOf(api.linkVersion("digits/data", null, "models/net", []));
      expect(refusal.data).toMatchObject({ existing: "model", given: "dataset" });
      expect((await api.getCollection("models", "net", null)).type).toBe("model");
    });

    test("[G2] a type that the registry doesn't take makes no collection", async () => {
      const cast = await withNet({ types: ["dataset"] });
      expect(await cleanCodeOf(cast, () => link(cast.api, 0))).toBe("type_not_accepted");
    });

    test("[G4] numbers count from v0, and none is given out twice", async () => {
      const cast = await withNet();
      const { api } = cast;
      expect((await link(api, 2)).number).toBe(0);
      expect((await link(api, 1)).number).toBe(1);
      await api.unlinkVersion("models", "net", v(1));
      expect((await link(api, 1)).number).toBe(2);
      await api.deleteCollection("models", "net");
      expect(await link(api, 0)).toMatchObject({ number: 3, isNewCollection: true });
      const { linkList } = await api.getCollection("models", "net", null);
      expect(linkList.map(({ number }) => number)).toEqual([3]);
    });

    test("[G5] linked again, a source keeps its number and the aliases move", async () => {
      const { api, ...cast } = await withNet();
      await link(api, 0, ["best"]);
      await link(api, 1, ["prod"]);
      expect(await link(api, 0, ["prod", "best"])).toMatchObject({
        number: 0,
        isNew: false,
        isNewCollection: false,
        moves: [{ alias: "prod", from: 1, to: 0 }],
      });
      expect(await holdersOf(api)).toEqual({ best: 0, prod: 0, latest: 1 });
      expect(await readKinds({ api, ...cast }, "models")).toHaveLength(4 + 3 + 2 + 1);
    });

    test("[A7] linked again without more aliases, nothing is recorded or told", async () => {
      const cast = await withNet();
      await link(cast.api, 0, ["best"]);
      const before = [await readLog(cast, "models"), cast.notices.length];
      expect((await link(cast.api, 0, ["best"])).moves).toEqual([]);
      expect([await readLog(cast, "models"), cast.notices.length]).toEqual(before);
    });

    test("[G5] of a link, its source is linked, and the answer says so", async () => {
      const { api } = await withLinks();
      await api.setLinkAlias("models", "net", v(1), "prod");
      const linked = await api.linkVersion("registry-models/net:prod", null, "models/best", []);
      expect(linked).toMatchObject({
        collection: "best",
        number: 0,
        followedLink: "registry-models/net:prod",
        source: { project: "digits", name: "net", number: 1 },
      });
    });

    test("a version in the trash, or none, can't be linked", async () => {
      const cast = await withNet();
      await trash(cast.api, 0);
      expect(await cleanCodeOf(cast, () => link(cast.api, 0))).toBe("in_trash");
      expect(await cleanCodeOf(cast, () => link(cast.api, 9))).toBe("not_found");
    });

    test("nothing is written when one part is refused", async () => {
      const { as, ...cast } = await withNet();
      await cast.api.addProtection("models", "prod", "");
      const member = await as("member");
      expect(await cleanCodeOf(cast, () => link(member, 0, ["best", "prod"]))).toBe(
        "alias_protected",
      );
      expect(await cleanCodeOf(cast, () => link(member, 0, ["best", "v7"]))).toBe("alias_reserved");
      expect(await cleanCodeOf(cast, () => link(member, 0, ["best", "a/b"]))).toBe("invalid_name");
      expect((await member.getRegistry("models", null)).collectionList).toEqual([]);
    });

    test("without a profile nothing is linked", async () => {
      const { api, ctx } = await withNet();
      await ctx.db.delete("identity", "self");
      expect(await codeOf(link(api, 0))).toBe("no_profile");
    });

    test("two tabs that link at once get a number each", async () => {
      const name = crypto.randomUUID();
      const one = await openActor("Ada", name);
      const other = await openHarness(name);
      await one.api.createRegistry(aRegistry());
      for (const content of ["0", "1", "2", "3"]) await log(one.api, { a: content });
      await link(one.api, 0);
      const linked = await Promise.all([
        link(one.api, 1, ["best"]),
        link(other.api, 2, ["best"]),
        link(one.api, 3),
      ]);
      expect(new Set(linked.map(({ number }) => number))).toEqual(new Set([1, 2, 3]));
      expect((await one.api.getRegistry("models", null)).faults).toBe(0);
      expect(await holdersOf(other.api)).toEqual(await holdersOf(one.api));
    });
  });

  test("[G8] of a link and a delete at once, one is refused", async () => {
    const name = crypto.randomUUID();
    const one = await openActor("Ada", name);
    const other = await openHarness(name);
    await one.api.createRegistry(aRegistry());
    for (const content of ["0", "1", "2"]) await log(one.api, { a: content });
    for (const number of [0, 1, 2]) {
      const codes = await Promise.all([
        codeOf(link(one.api, number)),
        codeOf(trash(other.api, number)),
      ]);
      expect([
        ["no error", "version_linked"],
        ["in_trash", "no error"],
      ]).toContainEqual(codes);
    }
    const { linkList } = await one.api.getCollection("models", "net", null).catch(() => NO_LINKS);
    expect(linkList.every(({ here }) => here?.state === "live")).toBe(true);
  });

  describe("unlinking", () => {
    test("[G6] latest goes to the highest left, and to nobody without one", async () => {
      const { api } = await withLinks();
      await api.unlinkVersion("models", "net", v(2));
      expect(await holdersOf(api)).toEqual({ latest: 1 });
      await api.unlinkVersion("models", "net", v(0));
      await api.unlinkVersion("models", "net", v(1));
      expect(await api.getCollection("models", "net", null)).toMatchObject({
        links: 0,
        latest: null,
        // None of theirs is given out again [G4].
        next: 3,
        linkList: [],
      });
    });

    test("[G7] the pointer and its aliases go, the source and its aliases stay", async () => {
      const { api } = await withLinks();
      await api.setAlias(netRef(1), "mine");
      await api.setLinkAlias("models", "net", v(1), "prod");
      expect(await api.unlinkVersion("models", "net", v(1))).toEqual({ aliases: ["prod"] });
      expect(await holdersOf(api)).toEqual({ latest: 2 });
      expect((await api.getVersion("digits", "net", "mine")).version.number).toBe(1);
      expect(await codeOf(api.unlinkVersion("models", "net", v(1)))).toBe("not_a_link");
      expect(await codeOf(api.unlinkVersion("models", "net", v(9)))).toBe("not_a_link");
    });

    test("taken back, a link has its number and the aliases that are still free", async () => {
      const { api } = await withLinks();
      await api.setLinkAlias("models", "net", v(1), "prod");
      await api.setLinkAlias("models", "net", v(1), "best");
      const { aliases } = await api.unlinkVersion("models", "net", v(1));
      await api.setLinkAlias("models", "net", v(0), "best");
      expect(await api.restoreLink("models", "net", v(1), aliases)).toEqual(["prod"]);
      expect(await holdersOf(api)).toEqual({ best: 0, prod: 1, latest: 2 });
      expect(await api.restoreLink("models", "net", v(1), aliases)).toEqual([]);
    });

    test("an unlink is not taken back over a newer link of the same source", async () => {
      const { api } = await withLinks();
      await api.unlinkVersion("models", "net", v(1));
      await link(api, 1);
      expect(await codeOf(api.restoreLink("models", "net", v(1), []))).toBe("changed_since");
    });

    test("an unlink is not taken back when the source went into the trash", async () => {
      const { api } = await withLinks();
      await api.unlinkVersion("models", "net", v(0));
      await trash(api, 0);
      expect(await codeOf(api.restoreLink("models", "net", v(0), []))).toBe("in_trash");
    });
  });

  describe("aliases of links", () => {
    test("[A1 G4] one holder at a time, apart from the source's and other collections'", async () => {
      const { api } = await withLinks();
      await api.linkVersion("digits/net:v0", null, "models/other", ["prod"]);
      expect(await api.setLinkAlias("models", "net", v(0), "prod")).toEqual({
        alias: "prod",
        from: null,
        to: 0,
      });
      expect(await api.setLinkAlias("models", "net", v(1), "prod")).toEqual({
        alias: "prod",
        from: 0,
        to: 1,
      });
      expect(await holdersOf(api)).toEqual({ prod: 1, latest: 2 });
      expect((await api.getCollection("models", "other", null)).aliases).toEqual([
        { alias: "prod", number: 0, isProtected: false },
      ]);
      expect(await codeOf(api.getVersion("digits", "net", "prod"))).toBe("not_found");
    });

    test("[A4] the history tells each move by the name of who did it; rolling back is one more", async () => {
      const { api, as } = await withLinks();
      await api.setLinkAlias("models", "net", v(0), "prod");
      const member = await as("member");
      await member.setLinkAlias("models", "net", v(1), "prod");
      await member.setLinkAlias("models", "net", v(0), "prod");
      await member.removeLinkAlias("models", "net", "prod");
      await member.unlinkVersion("models", "net", v(2));
      const history = await api.linkAliasHistory("models", "net");
      const movesOf = (name: string) =>
        history
          .filter(({ alias }) => alias === name)
          .map(({ from, to, actor }) => [from, to, actor]);
      expect(movesOf("prod")).toEqual([
        [null, 0, "admin"],
        [0, 1, "member"],
        [1, 0, "member"],
        [0, null, "member"],
      ]);
      expect(movesOf("latest")).toEqual([
        [null, 0, "admin"],
        [0, 1, "admin"],
        [1, 2, "admin"],
        [2, 1, "member"],
      ]);
      expect(await codeOf(api.linkAliasHistory("models", "nothing"))).toBe("not_found");
    });

    test("[A7] set where it is, nothing is recorded", async () => {
      const cast = await withLinks();
      await cast.api.setLinkAlias("models", "net", v(0), "prod");
      const before = await readLog(cast, "models");
      expect(await cast.api.setLinkAlias("models", "net", v(0), "prod")).toBeNull();
      expect(await readLog(cast, "models")).toEqual(before);
    });

    test.each(["latest", "LATEST", "v1", "V7"])("[N3] nobody sets or removes %s", async (alias) => {
      const cast = await withLinks();
      const { api } = cast;
      expect(await cleanCodeOf(cast, () => api.setLinkAlias("models", "net", v(0), alias))).toBe(
        "alias_reserved",
      );
      expect(await cleanCodeOf(cast, () => api.removeLinkAlias("models", "net", alias))).toBe(
        "alias_reserved",
      );
    });

    test("a move or removal that expects another holder overwrites nothing", async () => {
      const cast = await withLinks();
      const { api } = cast;
      await api.setLinkAlias("models", "net", v(0), "prod", null);
      expect(
        await cleanCodeOf(cast, () => api.setLinkAlias("models", "net", v(1), "prod", null)),
      ).toBe("changed_since");
      expect(
        await cleanCodeOf(cast, () => api.removeLinkAlias("models", "net", "prod", v(1))),
      ).toBe("changed_since");
      expect(await api.removeLinkAlias("models", "net", "prod", v(0))).toBe(0);
      expect(await codeOf(api.removeLinkAlias("models", "net", "prod"))).toBe("not_found");
    });

    test("what isn't there has no aliases", async () => {
      const cast = await withLinks();
      const { api } = cast;
      await api.unlinkVersion("models", "net", v(0));
      for (const call of [
        () => api.setLinkAlias("models", "net", v(0), "prod"),
        () => api.setLinkAlias("models", "net", v(9), "prod"),
        () => api.setLinkAlias("models", "nothing", v(1), "prod"),
      ])
        expect(await cleanCodeOf(cast, call)).toBe("not_found");
      expect(await codeOf(api.setLinkAlias("nothing", "net", v(1), "prod"))).toBe("no_registry");
    });
  });
}
