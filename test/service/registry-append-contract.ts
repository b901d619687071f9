// How a registry's log grows and is read, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { RegistryAct } from "../../src/core/registry/records.ts";
import { append, appendAll } from "../../src/service/registry/append.ts";
import {
  openRegistry,
  openRegistryAt,
  REGISTRY_STORES,
} from "../../src/service/registry/read-registry.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import {
  actAs,
  aRegistry,
  makePerson,
  newCollection,
  openActor,
  openAda,
  readLog,
  readRegistry,
  shareLog,
  type Actor,
} from "../support/registry-actors.ts";
import { openHarness } from "../support/service-harness.ts";

async function collectionsOf(actor: Actor): Promise<readonly string[]> {
  return [...(await readRegistry(actor, "models")).state.collections.keys()];
}

export function registryAppendContract(): void {
  describe("appending", () => {
    test("[V5 E2] two connections at once: nobody's act is lost, and there is one chain", async () => {
      const ada = await openAda();
      const other = await openHarness(ada.ctx.db.name);
      const names = Array.from({ length: 12 }, (_, i) => `c${i}`);
      await Promise.all(
        names.map((name, i) =>
          append((i % 2 === 0 ? ada : other).ctx, "models", () => [newCollection(name)]),
        ),
      );
      for (const tab of [ada, { ...other, me: ada.me }]) {
        expect((await collectionsOf(tab)).toSorted()).toEqual(names.toSorted());
        const { fold, record } = await readRegistry(tab, "models");
        expect([fold.faults.size, fold.seq, record.seq]).toEqual([0, 12, 12]);
        expect(record.head).toBe(fold.head);
      }
    });

    test("[P7] acts of one append are judged each after those in front, and all or none are written", async () => {
      const ada = await openAda();
      const ben = await makePerson("Ben");
      const added: RegistryAct = {
        kind: "member-added",
        member: ben.key,
        name: "Ben",
        role: "admin",
        hubUser: null,
      };
      const left: RegistryAct = {
        kind: "member-removed",
        member: ada.me.key,
        before: { name: "Ada", role: "admin" },
      };
      const before = await dump(ada.ctx.db);
      expect(await codeOf(append(ada.ctx, "models", () => [newCollection("a"), left]))).toBe(
        "last_admin",
      );
      expect(await dump(ada.ctx.db)).toEqual(before);
      const { registry } = await append(ada.ctx, "models", () => [added, left]);
      expect([...registry.state.members.keys()]).toEqual([ben.key]);
      expect((await readRegistry(ada, "models")).fold).toEqual(registry.fold);
    });

    test("[E3] nothing is written that others wouldn't take for an event", async () => {
      const ada = await openAda();
      const before = await dump(ada.ctx.db);
      const long = { ...newCollection("a"), card: "x".repeat(20_001) };
      expect(await codeOf(append(ada.ctx, "models", () => [long]))).toBe("internal");
      expect(await dump(ada.ctx.db)).toEqual(before);
    });

    test("no act is no event, and nobody is told", async () => {
      const ada = await openAda();
      const before = await dump(ada.ctx.db);
      const told = ada.notices.length;
      await append(ada.ctx, "models", () => []);
      expect([await dump(ada.ctx.db), ada.notices.length]).toEqual([before, told]);
    });

    test("[V4] a guard writes in the same transaction, and its refusal undoes everything", async () => {
      const ada = await openAda();
      const before = await dump(ada.ctx.db);
      const refusing = append(ada.ctx, "models", () => [newCollection("a")], {
        stores: ["settings"],
        check: async (tx) => {
          await tx.objectStore("settings").put("x", "device");
          throw new Error("no");
        },
      });
      await expect(refusing).rejects.toThrow("no");
      expect(await dump(ada.ctx.db)).toEqual(before);
      expect(await collectionsOf(ada)).toEqual([]);
      await append(ada.ctx, "models", () => [newCollection("a")], {
        stores: ["settings"],
        check: async (tx) => void (await tx.objectStore("settings").put("x", "device")),
      });
      expect([await collectionsOf(ada), await ada.ctx.db.get("settings", "device")]).toEqual([
        ["a"],
        "x",
      ]);
    });

    test("[V4] to several registries: all of them or none", async () => {
      const ada = await openAda();
      await ada.api.createRegistry(aRegistry({ name: "data", types: ["dataset"] }));
      const before = await dump(ada.ctx.db);
      const intents = ["models", "data"].map((registry) => ({
        registry,
        plan: () => [newCollection("a")],
      }));
      expect(await codeOf(appendAll(ada.ctx, intents))).toBe("type_not_accepted");
      expect(await dump(ada.ctx.db)).toEqual(before);
      await ada.api.editRegistry("data", { types: ["dataset", "model"] });
      const appended = await appendAll(ada.ctx, intents);
      expect(appended.map(({ registry }) => [...registry.state.collections.keys()])).toEqual([
        ["a"],
        ["a"],
      ]);
    });

    test("[E1] a clock that was set back writes the time of the event in front", async () => {
      let now = "2026-03-02T00:00:00.000Z";
      const ada = await openAda(undefined, { ctx: { now: () => now } });
      now = "2026-03-01T00:00:00.000Z";
      await append(ada.ctx, "models", () => [newCollection("a")]);
      const times = (await readLog(ada, "models")).map(({ event }) => event.at);
      expect(times).toEqual(["2026-03-02T00:00:00.000Z", "2026-03-02T00:00:00.000Z"]);
      expect((await readRegistry(ada, "models")).fold.faults.size).toBe(0);
    });
  });

  describe("reading", () => {
    test("[E4] a registry is as it was at a time; before it was made there is none", async () => {
      let now = "2026-03-01T12:00:00.000Z";
      const ada = await openAda(undefined, { ctx: { now: () => now } });
      now = "2026-03-03T12:00:00.000Z";
      await append(ada.ctx, "models", () => [newCollection("a")]);
      const at = (time: string): Promise<readonly string[]> =>
        withRead(ada.ctx.db, [...REGISTRY_STORES], async (tx) => [
          ...(await openRegistryAt(ada.ctx, tx, "models", time)).state.collections.keys(),
        ]);
      expect(await at("2026-03-02")).toEqual([]);
      expect(await at("2026-03-03")).toEqual(["a"]);
      expect(await codeOf(at("2026-02-28"))).toBe("not_found");
      expect(await collectionsOf(ada)).toEqual(["a"]);
    });

    test("[E3] an event that isn't its actor's has no effect, and is among the faults", async () => {
      const ada = await openAda();
      const ben = await openActor("Ben");
      await shareLog(ada, ben, "models");
      await append(ada.ctx, "models", () => [newCollection("a")]);
      const [, last] = await readLog(ada, "models");
      if (last === undefined) throw new Error("nothing was appended");
      await ada.ctx.db.put("registryEvents", { ...last, isSigned: false }, [
        last.event.registry,
        1,
      ]);
      await shareLog(ada, ben, "models");
      const { fold, state } = await readRegistry(ben, "models");
      expect([...fold.faults.values()]).toEqual([{ kind: "signature" }]);
      expect(state.collections.size).toBe(0);
    });

    test("[V4] what a transaction read that was undone is not what counts", async () => {
      const ada = await openAda();
      const copy = await openActor("Ben");
      await shareLog(ada, copy, "models");
      await actAs(copy, ada.me);
      const { registry } = await append(copy.ctx, "models", () => [newCollection("never")]);
      const [, row] = await readLog(copy, "models");
      if (row === undefined) throw new Error("nothing was appended");
      const seen: unknown[] = [];
      const undone = withWrite(ada.ctx.db, [...REGISTRY_STORES], async (tx) => {
        await tx.objectStore("registryEvents").put(row, [row.event.registry, 1]);
        await tx.objectStore("registries").put(registry.record);
        const { state } = await openRegistry(ada.ctx, tx, "models");
        seen.push(...state.collections.keys());
        throw new Error("undone");
      });
      await expect(undone).rejects.toThrow("undone");
      expect([seen, await collectionsOf(ada)]).toEqual([["never"], []]);
      await append(ada.ctx, "models", () => [newCollection("real")]);
      await append(ada.ctx, "models", () => [newCollection("more")]);
      expect(await collectionsOf(ada)).toEqual(["real", "more"]);
    });

    test("[E3] events that came into the places of others are what counts", async () => {
      const ada = await openAda();
      const ben = await openActor("Ben");
      await shareLog(ada, ben, "models");
      await actAs(ben, ada.me);
      await append(ada.ctx, "models", () => [newCollection("mine")]);
      await append(ben.ctx, "models", () => [newCollection("theirs")]);
      expect(await collectionsOf(ada)).toEqual(["mine"]);
      await shareLog(ben, ada, "models");
      expect(await collectionsOf(ada)).toEqual(["theirs"]);
      await append(ada.ctx, "models", () => [newCollection("mine")]);
      for (const name of ["too", "more"])
        await append(ben.ctx, "models", () => [newCollection(name)]);
      await shareLog(ben, ada, "models");
      expect(await collectionsOf(ada)).toEqual(["theirs", "too", "more"]);
      await append(ada.ctx, "models", () => [newCollection("next")]);
      expect(await collectionsOf(ada)).toEqual(["theirs", "too", "more", "next"]);
    });
  });
}
