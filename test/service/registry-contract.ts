// Registries, their rules and collections, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { append } from "../../src/service/registry/append.ts";
import { DIGITS, linked, moved, sourceOf } from "../core/registry/sample.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import {
  aRegistry,
  openActor,
  openCast,
  readKinds,
  readLog,
  readRegistry,
  shareLog,
} from "../support/registry-actors.ts";
import { openHarness } from "../support/service-harness.ts";
import { remoteRow } from "../support/remote-row.ts";

const digits = { name: "digits", type: "model", card: "", tags: [] };

export function registryContract(): void {
  describe("registries", () => {
    test("[G1 P7] one is made by name, and who makes it is its Admin", async () => {
      const actor = await openActor("Ada");
      const made = await actor.api.createRegistry(
        aRegistry({ description: "ours", types: ["model", "model"] }),
      );
      expect(made).toMatchObject({
        name: "models",
        description: "ours",
        types: ["model"],
        visibility: "open",
        role: "admin",
        members: 1,
        collections: 0,
        faults: 0,
      });
      const { state } = await readRegistry(actor, "models");
      expect([...state.members.values()]).toMatchObject([
        { key: actor.me.key, name: "Ada", role: "admin" },
      ]);
      expect(actor.notices.at(-1)).toEqual({ kind: "registry-changed", registry: "models" });
    });

    test.each([
      ["no name", "", "invalid_name"],
      ["a name with a slash", "a/b", "invalid_name"],
      ["a name with the prefix of specs", "registry-models", "invalid_name"],
      ["a name that is taken", "taken", "already_exists"],
    ])("[N1] %s is refused, and nothing is written", async (_, name, code) => {
      const { api, ctx } = await openActor("Ada");
      await api.createRegistry(aRegistry({ name: "taken" }));
      const before = await dump(ctx.db);
      expect(await codeOf(api.createRegistry(aRegistry({ name })))).toBe(code);
      expect(await dump(ctx.db)).toEqual(before);
    });

    test("[P8] who has no profile makes none and changes none", async () => {
      const ada = await openActor("Ada");
      await ada.api.createRegistry(aRegistry());
      const stranger = await openHarness();
      expect(await codeOf(stranger.api.createRegistry(aRegistry()))).toBe("no_profile");
      await shareLog(ada, stranger, "models");
      expect(await codeOf(stranger.api.createCollection("models", digits))).toBe("no_profile");
    });

    test("[G1] a registry that isn't there is named, and those that are", async () => {
      const { api } = await openActor("Ada");
      await api.createRegistry(aRegistry({ name: "models" }));
      await api.createRegistry(aRegistry({ name: "old" }));
      await api.deleteRegistry("old");
      await expect(api.createCollection("none", digits)).rejects.toMatchObject({
        code: "no_registry",
        data: { registry: "none", known: ["models"] },
      });
      expect(await codeOf(api.forgetRegistry("none"))).toBe("no_registry");
    });

    test("[G2] settings change by what is given; what is so already is no event", async () => {
      const actor = await openActor("Ada");
      await actor.api.createRegistry(aRegistry({ types: ["model"] }));
      const edit = { description: "new", types: ["model", "dataset"], visibility: "members" };
      await actor.api.editRegistry("models", edit as { visibility: "members" });
      await actor.api.editRegistry("models", { description: "new" });
      expect(await readKinds(actor, "models")).toEqual(["registry-created", "registry-edited"]);
      expect((await readRegistry(actor, "models")).state).toMatchObject(edit);
    });

    test("[G2] types can only grow", async () => {
      const { api } = await openActor("Ada");
      await api.createRegistry(aRegistry({ types: ["model"] }));
      const call = api.editRegistry("models", { types: ["dataset"] });
      await expect(call).rejects.toMatchObject({
        code: "types_can_only_grow",
        data: { registry: "models", missing: ["model"] },
      });
    });

    test.each([
      ["a description that is too long", { description: "x".repeat(20_001) }, "invalid_text"],
      ["a bad type", { types: ["a b"] }, "invalid_name"],
      ["too many types", { types: Array.from({ length: 101 }, (_, i) => `t${i}`) }, "invalid_text"],
    ])("[G2] %s is refused", async (_, edit, code) => {
      const { api } = await openActor("Ada");
      await api.createRegistry(aRegistry());
      expect(await codeOf(api.editRegistry("models", edit))).toBe(code);
      expect(await codeOf(api.createRegistry(aRegistry({ name: "new", ...edit })))).toBe(code);
    });

    test("[G7] a deleted registry takes nothing until it is restored, with all it had", async () => {
      const actor = await openActor("Ada");
      const { api } = actor;
      await api.createRegistry(aRegistry());
      await api.createCollection("models", digits);
      await api.deleteRegistry("models");
      await api.deleteRegistry("models");
      expect((await readRegistry(actor, "models")).state.isDeleted).toBe(true);
      const another = { ...digits, name: "letters" };
      expect(await codeOf(api.createCollection("models", another))).toBe("in_trash");
      expect(await codeOf(api.createRegistry(aRegistry()))).toBe("already_exists");
      await api.restoreRegistry("models");
      const { state } = await readRegistry(actor, "models");
      expect([state.isDeleted, [...state.collections.keys()]]).toEqual([false, ["digits"]]);
    });

    test("forgetting takes a registry out of this browser only, and frees its name", async () => {
      const ada = await openActor("Ada");
      await ada.api.createRegistry(aRegistry());
      await ada.api.createRegistry(aRegistry({ name: "others" }));
      const ben = await openActor("Ben");
      await shareLog(ada, ben, "models");
      await ada.api.forgetRegistry("models");
      expect(await codeOf(readRegistry(ada, "models"))).toBe("no_registry");
      expect(await ada.ctx.db.count("registryEvents")).toBe(1);
      expect((await readRegistry(ben, "models")).state.uid).toBeDefined();
      await ada.api.createRegistry(aRegistry());
      expect((await readRegistry(ada, "models")).fold.seq).toBe(0);
    });

    test("[S1] forgetting ends its syncing, which would bring it back", async () => {
      const ada = await openActor("Ada");
      const { uid } = await ada.api.createRegistry(aRegistry());
      const { uid: other } = await ada.api.createRegistry(aRegistry({ name: "others" }));
      const scope = { projects: [], registries: [uid, other] };
      await ada.ctx.db.put("remotes", remoteRow({ scope }));
      await ada.api.forgetRegistry("models");
      const [remote] = await ada.ctx.db.getAll("remotes");
      expect(remote?.scope.registries).toEqual([other]);
    });
  });

  describe("protected aliases", () => {
    test("[P1] names and patterns are put on the list, changed and taken off", async () => {
      const cast = await openCast();
      const { api } = cast;
      await api.addProtection("models", "production", "metadata.accuracy >= 0.9");
      await api.addProtection("models", "prod-*", "");
      await api.changeProtection("models", "prod-*", "tag: audited");
      await api.changeProtection("models", "prod-*", "tag: audited");
      const { protections } = (await readRegistry(cast, "models")).state;
      expect([...protections.values()]).toMatchObject([
        { pattern: "production", condition: { rules: [{ path: "accuracy", value: 0.9 }] } },
        { pattern: "prod-*", condition: { tags: ["audited"] } },
      ]);
      await api.removeProtection("models", "production");
      const kinds = (await readKinds(cast, "models")).slice(-4);
      expect(kinds).toEqual([
        "protection-added",
        "protection-added",
        "protection-changed",
        "protection-removed",
      ]);
    });

    test.each([
      ["latest", "latest", "", "alias_reserved"],
      ["a version's number", "V3", "", "alias_reserved"],
      ["no name", "", "", "invalid_name"],
      ["a pattern with a slash", "prod/*", "", "invalid_text"],
      ["what is on it", "production", "", "already_exists"],
      ["a condition nobody can read", "gold", "accuracy is good", "invalid_text"],
    ])("[P1] %s can't be put on the list", async (_, pattern, condition, code) => {
      const { api, ctx } = await openCast();
      await api.addProtection("models", "production", "");
      const before = await dump(ctx.db);
      expect(await codeOf(api.addProtection("models", pattern, condition))).toBe(code);
      expect(await dump(ctx.db)).toEqual(before);
    });

    test("[P1] what isn't on the list can't be changed or taken off", async () => {
      const { api } = await openCast();
      expect(await codeOf(api.removeProtection("models", "gold"))).toBe("not_found");
      expect(await codeOf(api.changeProtection("models", "gold", ""))).toBe("not_found");
    });
  });

  describe("collections", () => {
    test("[G3] one is made with its type, card and tags", async () => {
      const cast = await openCast();
      await cast.api.createCollection("models", { ...digits, card: "# Hi", tags: ["a", "a"] });
      const { collections } = (await readRegistry(cast, "models")).state;
      expect([...collections.values()]).toMatchObject([
        { name: "digits", type: "model", card: "# Hi", tags: ["a"], lastNumber: null },
      ]);
    });

    test.each([
      ["a bad name", { name: "a b" }, "invalid_name"],
      ["a type the registry doesn't take", { type: "dataset" }, "type_not_accepted"],
      ["a bad tag", { tags: ["a/b"] }, "invalid_tag"],
      ["a card that is too long", { card: "x".repeat(20_001) }, "invalid_text"],
      ["a name that is taken", { name: "taken" }, "already_exists"],
    ])("[G2 N1 N5] %s is refused", async (_, fields, code) => {
      const { api } = await openCast({ types: ["model"] });
      await api.createCollection("models", { ...digits, name: "taken" });
      expect(await codeOf(api.createCollection("models", { ...digits, ...fields }))).toBe(code);
    });

    test("[G9] card and tags are its own, and change unless somebody else changed them", async () => {
      const cast = await openCast();
      const { api } = cast;
      await api.createCollection("models", digits);
      await api.editCollection("models", "digits", { card: "one" });
      await api.editCollection("models", "digits", { card: "one" });
      await api.editCollection("models", "digits", { tags: ["a"] }, { card: "one", tags: [] });
      expect(await readLog(cast, "models").then((log) => log.at(-1)?.event.act)).toEqual({
        kind: "collection-edited",
        collection: "digits",
        before: { tags: [] },
        after: { tags: ["a"] },
      });
      const stale = api.editCollection("models", "digits", { card: "two" }, { card: "" });
      await expect(stale).rejects.toMatchObject({
        code: "changed_since",
        data: { what: "card of", name: "registry-models/digits" },
      });
      expect((await readKinds(cast, "models")).slice(-3)).toEqual([
        "collection-created",
        "collection-edited",
        "collection-edited",
      ]);
      expect(await codeOf(api.editCollection("models", "none", { card: "" }))).toBe("not_found");
    });

    test("[G7] one is deleted and restored; one made anew under its name has its own type", async () => {
      const cast = await openCast();
      const { api } = cast;
      await api.createCollection("models", { ...digits, card: "old" });
      await api.deleteCollection("models", "digits");
      expect(await codeOf(api.deleteCollection("models", "digits"))).toBe("not_found");
      await api.restoreCollection("models", "digits");
      await api.restoreCollection("models", "digits");
      const read = async (): Promise<unknown> =>
        (await readRegistry(cast, "models")).state.collections.get("digits" as never);
      expect(await read()).toMatchObject({ card: "old", isDeleted: false });
      await api.deleteCollection("models", "digits");
      await api.createCollection("models", { ...digits, type: "dataset" });
      expect(await read()).toMatchObject({ card: "", type: "dataset", isDeleted: false });
      expect(await codeOf(api.restoreCollection("models", "none"))).toBe("not_found");
    });
  });

  describe("what holds a protected alias", () => {
    test("[P3 P5] only an Admin deletes or restores its collection; the refusal says who", async () => {
      const cast = await openCast();
      await cast.api.createCollection("models", digits);
      await append(cast.ctx, "models", () => [
        linked(0, sourceOf(0)),
        { ...moved("production", null, 0), collection: DIGITS },
      ]);
      await cast.api.addProtection("models", "prod*", "");
      const api = await cast.as("member");
      await expect(api.deleteCollection("models", "digits")).rejects.toMatchObject({
        code: "protected_held",
        data: {
          name: "registry-models/digits",
          held: ["registry-models/digits:production"],
          who: ["admin"],
        },
      });
      await (await cast.as("admin")).deleteCollection("models", "digits");
      await cast.as("member");
      expect(await codeOf(api.restoreCollection("models", "digits"))).toBe("protected_held");
      await (await cast.as("admin")).removeProtection("models", "prod*");
      await cast.as("member");
      await api.restoreCollection("models", "digits");
      const collection = (await readRegistry(cast, "models")).state.collections.get(DIGITS);
      expect([...(collection?.aliases ?? [])]).toEqual([["production", 0]]);
    });
  });
}
