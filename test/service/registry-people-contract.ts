// Who is in a registry, and what each may do there, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { PERMISSIONS, ROLES, roleName, type Role } from "../../src/core/registry/roles.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import type { IdentityRecord } from "../../src/store/schema.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import {
  actAs,
  aRegistry,
  cardOf,
  makePerson,
  openActor,
  openCast,
  readLog,
  readRegistry,
  shareLog,
  type Cast,
} from "../support/registry-actors.ts";

const digits = { name: "digits", type: "model", card: "", tags: [] };

export function registryPeopleContract(): void {
  describe("people", () => {
    test.each([
      ["a card", cardOf],
      [
        "a link with one",
        (ben: IdentityRecord) => `https://x.test/#/profile?add=${encodeURIComponent(cardOf(ben))}`,
      ],
    ])("[G2] somebody is added by %s", async (_, textOf) => {
      const { api } = await openActor("Ada");
      await api.createRegistry(aRegistry());
      const ben = await makePerson("Ben", "ben-hf");
      expect(await api.addMember("models", textOf(ben), "member")).toMatchObject({
        key: ben.key,
        name: "Ben",
        hubUser: "ben-hf",
        role: "member",
      });
    });

    test("[G2] a bare key stands for its name, until somebody gives one", async () => {
      const { api } = await openActor("Ada");
      await api.createRegistry(aRegistry());
      const ben = await makePerson("Ben");
      const { name } = await api.addMember("models", ben.key, "viewer");
      expect(ben.key.startsWith(name)).toBe(true);
      await api.changeMember("models", ben.key, { name: " Ben " });
      expect((await api.listPeople()).map((person) => person.name)).toEqual(["Ada", "Ben"]);
    });

    test("[G2] who is known here is added by name or user name", async () => {
      const { api } = await openActor("Ada");
      for (const name of ["models", "data", "more"]) await api.createRegistry(aRegistry({ name }));
      const ben = await makePerson("Ben", "ben-hf");
      await api.addMember("models", cardOf(ben), "member");
      expect((await api.addMember("data", " Ben ", "viewer")).key).toBe(ben.key);
      expect((await api.addMember("more", "ben-hf", "viewer")).hubUser).toBe("ben-hf");
      expect((await api.listPeople())[1]).toEqual({
        key: ben.key,
        name: "Ben",
        hubUser: "ben-hf",
        registries: ["data", "models", "more"],
      });
    });

    test("[G2] a name that two people have, or nobody, is refused", async () => {
      const { api } = await openActor("Ada");
      await api.createRegistry(aRegistry());
      await api.createRegistry(aRegistry({ name: "data" }));
      for (const ben of [await makePerson("Ben"), await makePerson("Ben")])
        await api.addMember("models", cardOf(ben), "member");
      await expect(api.addMember("data", "Ben", "member")).rejects.toMatchObject({
        code: "invalid_key",
        data: { key: "Ben", reason: expect.stringContaining("2 people") },
      });
      expect(await codeOf(api.addMember("data", "Eve", "member"))).toBe("invalid_key");
    });

    test("[P8] a name that is another's key doesn't get added for them", async () => {
      const { api } = await openActor("Ada");
      await api.createRegistry(aRegistry());
      await api.createRegistry(aRegistry({ name: "data" }));
      const ben = await makePerson("Ben");
      const mallory = await makePerson(ben.key);
      await api.addMember("models", cardOf(mallory), "viewer");
      expect((await api.addMember("data", ben.key, "admin")).key).toBe(ben.key);
    });

    test("a card is read with what is known here of its person", async () => {
      const { api } = await openActor("Ada");
      await api.createRegistry(aRegistry());
      const ben = await makePerson("Ben");
      await api.addMember("models", cardOf(ben), "member");
      expect(await api.readCard(ben.key)).toMatchObject({ name: "Ben", registries: ["models"] });
      expect(await codeOf(api.readCard("Ben"))).toBe("invalid_key");
    });

    test("[P7] roles change; the same again is no event", async () => {
      const cast = await openCast();
      const { api, people } = cast;
      const count = (await readLog(cast, "models")).length;
      await api.changeMember("models", people.member.key, { role: "admin" });
      await api.changeMember("models", people.member.key, { role: "admin", name: "member" });
      expect((await readLog(cast, "models")).length).toBe(count + 1);
      expect(await codeOf(api.addMember("models", cardOf(people.member), "viewer"))).toBe(
        "already_exists",
      );
      const stranger = await makePerson("Eve");
      expect(await codeOf(api.changeMember("models", stranger.key, { role: "admin" }))).toBe(
        "not_found",
      );
      expect(await codeOf(api.changeMember("models", people.viewer.key, { name: "" }))).toBe(
        "invalid_text",
      );
    });

    test("[P7] the last Admin neither leaves nor steps down; one of two may", async () => {
      const { api, people } = await openCast();
      const { admin, member } = people;
      expect(await codeOf(api.removeMember("models", admin.key))).toBe("last_admin");
      expect(await codeOf(api.changeMember("models", admin.key, { role: "viewer" }))).toBe(
        "last_admin",
      );
      await api.changeMember("models", member.key, { role: "admin" });
      await api.removeMember("models", admin.key);
      expect(await codeOf(api.removeMember("models", member.key))).toBe("not_permitted");
    });

    test("[P7] anybody may leave, and say what they are called there, but not what they may", async () => {
      const cast = await openCast();
      const { key } = cast.people.viewer;
      const api = await cast.as("viewer");
      await api.changeMember("models", key, { name: "Vera" });
      expect((await readRegistry(cast, "models")).state.members.get(key)?.name).toBe("Vera");
      expect(await codeOf(api.changeMember("models", key, { role: "admin" }))).toBe(
        "not_permitted",
      );
      await api.removeMember("models", key);
      expect((await readRegistry(cast, "models")).state.members.has(key)).toBe(false);
    });
  });

  describe("roles", () => {
    const eve = makePerson("Eve");
    /** One act for each permission that this file's services ask for. */
    const acts: readonly (readonly [
      keyof typeof PERMISSIONS,
      (api: StoreApi) => Promise<unknown>,
    ])[] = [
      ["create_collection", (api) => api.createCollection("models", { ...digits, name: "new" })],
      ["edit_collection", (api) => api.editCollection("models", "digits", { card: "x" })],
      ["delete_collection", (api) => api.deleteCollection("models", "digits")],
      ["delete_collection", (api) => api.restoreCollection("models", "gone")],
      ["edit_settings", (api) => api.editRegistry("models", { description: "x" })],
      ["manage_protection", (api) => api.addProtection("models", "gold", "")],
      ["manage_protection", (api) => api.changeProtection("models", "production", "tag: x")],
      ["manage_protection", (api) => api.removeProtection("models", "production")],
      ["manage_members", async (api) => api.addMember("models", cardOf(await eve), "viewer")],
      ["delete_registry", (api) => api.deleteRegistry("models")],
    ];

    const tried = ROLES.flatMap((role) =>
      acts.map(([permission, act], i) => ({ role, permission, act, i })),
    );
    const isAllowed = ({ role, permission }: (typeof tried)[number]): boolean =>
      ROLES.indexOf(role) <= ROLES.indexOf(PERMISSIONS[permission]);

    /** Something to do each act on, with one of this role at the device. */
    async function openTrial(role: Role): Promise<Cast> {
      const cast = await openCast();
      await cast.api.createCollection("models", digits);
      await cast.api.createCollection("models", { ...digits, name: "gone" });
      await cast.api.deleteCollection("models", "gone");
      await cast.api.addProtection("models", "production", "");
      await cast.as(role);
      return cast;
    }

    test.each(tried.filter(isAllowed))(
      "[P7] $role may: $permission ($i)",
      async ({ role, act }) => {
        const cast = await openTrial(role);
        const { seq } = (await readRegistry(cast, "models")).fold;
        await act(cast.api);
        const { fold } = await readRegistry(cast, "models");
        expect([fold.seq, fold.faults.size]).toEqual([seq + 1, 0]);
      },
    );

    test.each(tried.filter((trial) => !isAllowed(trial)))(
      "[P7 P8] $role may not: $permission ($i)",
      async ({ role, permission, act }) => {
        const cast = await openTrial(role);
        const before = await dump(cast.ctx.db);
        await expect(act(cast.api)).rejects.toMatchObject({
          code: "not_permitted",
          data: {
            registry: "models",
            role: roleName(role),
            needed: roleName(PERMISSIONS[permission]),
            who: ["admin"],
          },
        });
        expect(await dump(cast.ctx.db)).toEqual(before);
      },
    );

    test.each([
      ["open", "Viewer"],
      ["members", "Restricted Viewer"],
    ] as const)("[G2] in a registry that is %s, strangers are %s", async (visibility, role) => {
      const cast = await openCast({ visibility });
      const api = await actAs(cast, await eve);
      await expect(api.createCollection("models", digits)).rejects.toMatchObject({
        code: "not_permitted",
        data: { role },
      });
    });

    test("[P6] a refusal says the name that the registry has here", async () => {
      const cast = await openCast();
      const ben = await openActor("Ben");
      await shareLog(cast, ben, "models");
      const { record } = await readRegistry(ben, "models");
      await ben.ctx.db.put("registries", { ...record, name: "theirs" as typeof record.name });
      await expect(ben.api.createCollection("theirs", digits)).rejects.toMatchObject({
        data: { registry: "theirs" },
      });
    });
  });
}
