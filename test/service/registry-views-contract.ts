// Registries, collections and places as people look at them, now and as of a time.
import { describe, expect, test } from "vitest";
import type { VersionRef } from "../../src/core/records.ts";
import { parseTags } from "../../src/core/tags.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { codeOf } from "../support/errors.ts";
import {
  actAs,
  aRegistry,
  cardOf,
  makePerson,
  openActor,
  openCast,
  shareLog,
  type Actor,
  type Cast,
} from "../support/registry-actors.ts";
import { log, openHarness } from "../support/service-harness.ts";

function v(number: number): VersionNumber {
  return number as VersionNumber;
}

function refOf(number: number): VersionRef {
  return { project: "digits", name: "net", number: v(number) } as VersionRef;
}

function link(api: StoreApi, number: number, target: string, aliases: readonly string[] = []) {
  return api.linkVersion(`digits/net:v${number}`, null, target, aliases);
}

/** digits/net with v0 and v1; v0 linked in models/net with `prod`, both in models/best. */
async function withPlaces(): Promise<Cast> {
  const cast = await openCast();
  const { api } = cast;
  for (const content of ["0", "1"]) await log(api, { a: content });
  await link(api, 0, "models/net", ["prod"]);
  await link(api, 1, "models/best");
  await link(api, 0, "models/best", ["old"]);
  return cast;
}

/** A device whose clock says what it is told. */
async function withClock(): Promise<Actor & { setClock(time: string): void }> {
  let time = "2026-01-01T00:00:00.000Z";
  const actor = await openActor("Ada", undefined, { ctx: { now: () => time } });
  return { ...actor, setClock: (next) => (time = next) };
}

export function registryViewsContract(): void {
  describe("lists", () => {
    test("registries come by name, deleted ones at the end, each with its counts and one's role", async () => {
      const cast = await withPlaces();
      const { api, as } = cast;
      await api.createRegistry(aRegistry({ name: "zoo", visibility: "members" }));
      await api.createRegistry(aRegistry({ name: "attic" }));
      await api.deleteRegistry("attic");
      await api.unlinkVersion("models", "best", v(0));
      const member = await as("member");
      await member.requestPromotion("models", "net", v(0), "gold", "");
      expect(await member.listRegistries()).toMatchObject([
        {
          name: "models",
          collections: 2,
          links: 2,
          members: 4,
          role: "member",
          openRequests: 1,
          faults: 0,
          isDeleted: false,
        },
        { name: "zoo", collections: 0, links: 0, members: 1, role: "restricted" },
        { name: "attic", isDeleted: true, role: "viewer" },
      ]);
    });

    test("a browser without registries or a profile lists none", async () => {
      const { api } = await openHarness();
      expect(await api.listRegistries()).toEqual([]);
      expect(await codeOf(api.getRegistry("models", null))).toBe("no_registry");
    });

    test("a registry shows its live collections, people, rules and requests in order", async () => {
      const { api, as, people } = await withPlaces();
      await api.addProtection("models", "prod-*", "");
      await api.addProtection("models", "prod", "tag: audited");
      await api.createCollection("models", { name: "gone", type: "model", card: "", tags: [] });
      await api.deleteCollection("models", "gone");
      const member = await as("member");
      const first = await member.requestPromotion("models", "net", v(0), "prod", "one");
      await member.settleRequest("models", first.request, "withdrawn", "");
      await member.requestPromotion("models", "best", v(0), "prod", "two");
      const detail = await member.getRegistry("models", null);
      expect([detail.asOf, detail.ownKey]).toEqual([null, people.member.key]);
      expect(detail.collectionList).toMatchObject([
        {
          name: "best",
          links: 2,
          latest: 1,
          aliases: [{ alias: "old", number: 1, isProtected: false }],
        },
        {
          name: "net",
          links: 1,
          latest: 0,
          aliases: [{ alias: "prod", number: 0, isProtected: true }],
        },
      ]);
      expect(detail.memberList.map(({ name }) => name)).toEqual([
        "admin",
        "member",
        "restricted",
        "viewer",
      ]);
      expect(detail.protectionList.map(({ pattern }) => pattern)).toEqual(["prod", "prod-*"]);
      expect(detail.requestList.map(({ note, settled }) => [note, settled?.outcome])).toEqual([
        ["two", undefined],
        ["one", "withdrawn"],
      ]);
    });
  });

  describe("collections", () => {
    test("[G9 R5] links come newest first, each with what is known of its source here", async () => {
      const cast = await withPlaces();
      const { api } = cast;
      await api.editVersion(refOf(1), { description: "good", tags: parseTags(["audited"]) });
      const { linkList, registry } = await api.getCollection("models", "best", null);
      expect(registry).toMatchObject({ name: "models", role: "admin" });
      expect(linkList).toMatchObject([
        {
          number: 1,
          source: { name: "net", number: 0 },
          linkedByName: "admin",
          aliases: [{ alias: "latest" }, { alias: "old" }],
          here: { state: "live", tags: [], description: "" },
        },
        {
          number: 0,
          source: { name: "net", number: 1 },
          aliases: [],
          here: { state: "live", tags: ["audited"], description: "good" },
        },
      ]);
      const other = await openHarness();
      await shareLog(cast, other, "models");
      const elsewhere = await other.api.getCollection("models", "best", null);
      expect(elsewhere.linkList.map(({ here }) => here)).toEqual([null, null]);
    });

    test("a source that was deleted while its registry was is shown as such", async () => {
      const { api } = await withPlaces();
      await api.deleteRegistry("models");
      await api.deleteVersions({ kind: "versions", ...refOf(0), numbers: [v(0)] }, true);
      await api.restoreRegistry("models");
      const states = async (): Promise<readonly unknown[]> =>
        (await api.getCollection("models", "best", null)).linkList.map(({ here }) => here?.state);
      expect(await states()).toEqual(["in_trash", "live"]);
      await api.emptyTrash(null);
      expect(await states()).toEqual(["deleted", "live"]);
    });

    test("many links among many other versions are each found", async () => {
      const { api } = await openCast();
      for (let i = 0; i < 24; i++) await log(api, { a: `${i}` });
      for (const number of [0, 11, 23]) await link(api, number, "models/net");
      const { linkList } = await api.getCollection("models", "net", null);
      expect(linkList.map(({ source, here }) => [source.number, here?.state])).toEqual([
        [23, "live"],
        [11, "live"],
        [0, "live"],
      ]);
    });

    test("what isn't there is named", async () => {
      const { api } = await withPlaces();
      expect(await codeOf(api.getCollection("models", "nothing", null))).toBe("not_found");
      expect(await codeOf(api.getCollection("nothing", "net", null))).toBe("no_registry");
      await api.deleteCollection("models", "best");
      expect(await codeOf(api.getCollection("models", "best", null))).toBe("not_found");
    });
  });

  describe("as of a time", () => {
    test("[E4] registry, collection and aliases are shown as they were", async () => {
      const { api, setClock } = await withClock();
      setClock("2026-02-01T10:00:00.000Z");
      await api.createRegistry(aRegistry());
      for (const content of ["0", "1"]) await log(api, { a: content });
      await link(api, 0, "models/net", ["prod"]);
      setClock("2026-03-02T10:00:00.000Z");
      await link(api, 1, "models/net", ["prod"]);
      await api.unlinkVersion("models", "net", v(0));
      await api.createCollection("models", { name: "late", type: "model", card: "", tags: [] });
      const then = await api.getCollection("models", "net", "2026-03-01");
      expect(then).toMatchObject({ asOf: "2026-03-01", links: 1, latest: 0 });
      expect(then.linkList).toMatchObject([
        { number: 0, aliases: [{ alias: "latest" }, { alias: "prod" }], here: { state: "live" } },
      ]);
      expect(await api.getCollection("models", "net", "2026-03-02")).toMatchObject({
        latest: 1,
        links: 1,
      });
      const registry = await api.getRegistry("models", "2026-03-01");
      expect(registry.collectionList.map(({ name }) => name)).toEqual(["net"]);
      expect(registry.asOf).toBe("2026-03-01");
      expect(await codeOf(api.getRegistry("models", "2026-01-31"))).toBe("not_found");
      expect(await codeOf(api.getCollection("models", "late", "2026-03-01"))).toBe("not_found");
    });

    test.each(["", "yesterday", "2026-02-31", "2026-03-01T12:00"])(
      "[E4 N7] %j is no time, and said to be none",
      async (time) => {
        const { api } = await withPlaces();
        expect(await codeOf(api.getRegistry("models", time))).toBe("invalid_text");
        expect(await codeOf(api.getCollection("models", "net", time))).toBe("invalid_text");
        const query = { before: null, limit: 1, from: time };
        expect(await codeOf(api.listAudit("models", query))).toBe("invalid_text");
      },
    );
  });

  describe("places", () => {
    test("[G8] a version's links come by registry and collection, with their aliases", async () => {
      const { api } = await withPlaces();
      await api.createRegistry(aRegistry({ name: "archive" }));
      await link(api, 0, "archive/net");
      await api.addProtection("models", "prod", "");
      expect(await api.linksOf(refOf(0))).toMatchObject([
        { registry: "archive", collection: "net", number: 0, aliases: [{ alias: "latest" }] },
        {
          registry: "models",
          collection: "best",
          number: 1,
          aliases: [{ alias: "latest" }, { alias: "old", isProtected: false }],
          mayUnlink: true,
        },
        {
          registry: "models",
          collection: "net",
          number: 0,
          aliases: [{ alias: "latest" }, { alias: "prod", isProtected: true }],
          mayUnlink: true,
        },
      ]);
      expect(await codeOf(api.linksOf(refOf(9)))).toBe("not_found");
    });

    test("[P3] who may unlink depends on the role and on what is held", async () => {
      const cast = await withPlaces();
      await cast.api.addProtection("models", "prod", "");
      const mayUnlink = async (api: StoreApi): Promise<readonly boolean[]> =>
        (await api.linksOf(refOf(0))).map((place) => place.mayUnlink);
      expect(await mayUnlink(await cast.as("admin"))).toEqual([true, true]);
      expect(await mayUnlink(await cast.as("member"))).toEqual([true, false]);
      expect(await mayUnlink(await cast.as("viewer"))).toEqual([false, false]);
      await cast.ctx.db.delete("identity", "self");
      expect(await mayUnlink(cast.api)).toEqual([false, false]);
    });

    test("[G7] what was unlinked, or went with its collection or registry, is no place", async () => {
      const { api } = await withPlaces();
      const collections = async (): Promise<readonly string[]> =>
        (await api.linksOf(refOf(0))).map(({ collection }) => collection);
      await api.unlinkVersion("models", "best", v(1));
      expect(await collections()).toEqual(["net"]);
      await api.deleteCollection("models", "net");
      expect(await collections()).toEqual([]);
      await api.restoreCollection("models", "net");
      expect(await collections()).toEqual(["net"]);
      await api.deleteRegistry("models");
      expect(await collections()).toEqual([]);
    });
  });

  test("[P7] somebody's role follows who is at the device", async () => {
    const cast = await openCast({ visibility: "members" });
    const stranger = await makePerson("stranger");
    const api = await actAs(cast, stranger);
    expect((await api.getRegistry("models", null)).role).toBe("restricted");
    const admin = await cast.as("admin");
    await admin.addMember("models", cardOf(stranger), "viewer");
    await actAs(cast, stranger);
    expect((await api.getRegistry("models", null)).role).toBe("viewer");
  });
}
