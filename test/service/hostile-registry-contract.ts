// Registries that somebody means ill with, or that have odd names, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { eventText, signedText } from "../../src/core/registry/event-text.ts";
import { formatLogHead } from "../../src/core/registry/log-file.ts";
import type { LinkSource, RegistryAct } from "../../src/core/registry/records.ts";
import { formatCard } from "../../src/core/registry/people.ts";
import { append } from "../../src/service/registry/append.ts";
import { sign } from "../../src/service/registry/signing.ts";
import { codeOf } from "../support/errors.ts";
import {
  aRegistry,
  cardOf,
  makePerson,
  openActor,
  readLog,
  readRegistry,
  type Cast,
} from "../support/registry-actors.ts";
import { holdersOf, netRef, setAlias, v, withLinks } from "../support/registry-links.ts";
import { log } from "../support/service-harness.ts";

/** Names that objects have members of, and that the grammar of names takes [N1]. */
const ODD_NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty"];

/** Links what says that it is one version, and has the id of another: v3 of models/net. */
async function linkForged(cast: Cast, lie: Partial<LinkSource>): Promise<void> {
  await append(cast.ctx, "models", ({ state }) => {
    const net = [...state.collections.values()][0];
    const source = net?.links.get(v(1))?.source;
    if (net === undefined || source === undefined) throw new Error("v1 is not linked");
    return [
      { kind: "version-unlinked", collection: net.name, number: v(1), aliases: [] },
      {
        kind: "version-linked",
        collection: net.name,
        number: v(3),
        source: { ...source, ...lie },
      },
    ];
  });
}

/** The log of `models` with one more act of its admin's, as a file that nobody sealed. */
async function fileWith(cast: Cast, act: object): Promise<Blob> {
  const { key, privateKey } = cast.people.admin;
  const { record, fold } = await readRegistry(cast, "models");
  const unsigned = {
    registry: record.uid,
    seq: record.seq + 1,
    uid: cast.ctx.newUid<"RegistryEvent">(),
    at: fold.lastAt,
    actor: key,
    act: act as RegistryAct,
    previous: record.head,
  };
  const event = { ...unsigned, signature: await sign(privateKey, signedText(unsigned)) };
  const events = [...(await readLog(cast, "models")).map((row) => row.event), event];
  const head = formatLogHead({
    registry: record.uid,
    name: record.name,
    events: events.length,
    head: cast.ctx.hasher.hashText([eventText(event)]),
    exportedAt: fold.lastAt,
    by: null,
    byName: "",
    signature: null,
  });
  return new Blob([[head, ...events.map(eventText), ""].join("\n")]);
}

export function hostileRegistryContract(): void {
  describe("an act of a kind that only a newer Cairn knows", () => {
    test("[E3 E3a] comes in without effect, is shown, and the log goes on behind it", async () => {
      const cast = await withLinks();
      const file = await fileWith(cast, { kind: "alias-frozen", aliases: ["prod"] });
      expect(await cast.api.importRegistry(file, null)).toMatchObject({ kind: "forward" });
      const [row] = await cast.api.listAudit("models", { before: null, limit: 1 });
      expect(row).toMatchObject({ event: { act: { kind: "alias-frozen" } }, actorName: "admin" });
      expect(row?.faultText).toMatch(/doesn't know, “alias-frozen”; reload/);
      await setAlias(cast.api, 1, "prod");
      expect(await holdersOf(cast.api)).toEqual({ latest: 2, prod: 1 });
      const other = await openActor("bob");
      const sent = await cast.api.exportRegistry("models");
      expect((await other.api.importRegistry(sent, null)).verdict.faults).toHaveLength(1);
      expect(await holdersOf(other.api)).toEqual({ latest: 2, prod: 1 });
    });
  });

  describe("a link that says one version and names the id of another", () => {
    test("[G5 E3] leads nowhere", async () => {
      const cast = await withLinks();
      const { digest } = (await cast.api.resolve("digits/net:v2", null)).version;
      await linkForged(cast, { digest, number: v(2) });
      expect(await codeOf(cast.api.resolve("registry-models/net:v3", null))).toBe("not_found");
      const { linkList } = await cast.api.getCollection("models", "net", null);
      expect(linkList.map(({ number, here }) => [number, here?.state ?? null])).toEqual([
        [3, null],
        [2, "live"],
        [0, "live"],
      ]);
    });

    test("[P9] proves nothing by that one's metadata", async () => {
      const cast = await withLinks();
      await cast.api.editVersion(netRef(1), { metadata: { accuracy: 0.99 } });
      await cast.api.addProtection("models", "prod", "metadata.accuracy >= 0.9");
      const { digest } = (await cast.api.resolve("digits/net:v2", null)).version;
      await linkForged(cast, { digest, number: v(2) });
      const plan = await cast.api.planPromotion("models", "net", v(3), "prod");
      expect(plan.unmet).toHaveLength(1);
      const moving = cast.api.setLinkAlias("models", "net", v(3), "prod");
      expect(await codeOf(moving)).toBe("condition_failed");
    });
  });

  describe("a clock that ran ahead", () => {
    test("[E3a] is no more in the log once own work was put behind that of others", async () => {
      let now = "2026-03-01T12:00:00.000Z";
      const clock = { ctx: { now: () => now } };
      const [ada, bob] = [
        await openActor("ada", undefined, clock),
        await openActor("bob", undefined, clock),
      ];
      await ada.api.createRegistry(aRegistry());
      await ada.api.addMember("models", cardOf(bob.me), "member");
      await bob.api.importRegistry(await ada.api.exportRegistry("models"), null);
      const fields = { type: "model", card: "", tags: [] };
      now = "2028-01-01T00:00:00.000Z";
      await bob.api.createCollection("models", { ...fields, name: "ahead" });
      now = "2026-03-01T13:00:00.000Z";
      const tooNew = ada.api.importRegistry(await bob.api.exportRegistry("models"), null);
      expect(await codeOf(tooNew)).toBe("invalid_log");
      await ada.api.createCollection("models", { ...fields, name: "now" });
      await bob.api.importRegistry(await ada.api.exportRegistry("models"), null);
      await ada.api.importRegistry(await bob.api.exportRegistry("models"), null);
      const last = (await readLog(ada, "models")).at(-1)?.event;
      expect(last).toMatchObject({ at: now, act: { collection: "ahead" } });
    });
  });

  describe("names that objects have members of", () => {
    test.each(ODD_NAMES)("[N1 N7] %s is a name as any other, everywhere", async (name) => {
      const { api } = await openActor(name);
      await api.createRegistry(aRegistry({ name, types: [name] }));
      await log(api, { a: "1" }, { name, type: name, metadata: `{"${name}": 1}` });
      const mo = await makePerson(name, name);
      await api.addMember(name, formatCard(mo), "member");
      await api.addProtection(name, name, `metadata.${name} >= 1\nmetadata.${name}`);
      await api.linkVersion(`digits/${name}`, null, `${name}/${name}`, [name]);
      await api.editCollection(name, name, { tags: [name] });
      const spec = `registry-${name}/${name}:${name}`;
      const { version, via } = await api.resolve(spec, null);
      expect([version.number, via?.aliases.map(({ alias }) => alias)]).toEqual([
        0,
        ["latest", name],
      ]);
      expect(await api.findByTags([name])).toMatchObject([{ kind: "collection", registry: name }]);
      expect(await api.verifyRegistry(name)).toMatchObject({ faults: [] });
      expect((await api.linkAliasHistory(name, name)).map(({ alias }) => alias)).toEqual([
        "latest",
        name,
      ]);
      const file = await api.exportRegistry(name);
      const other = await openActor("bob");
      expect(await other.api.importRegistry(file, null)).toMatchObject({ name, kind: "new" });
      const moved = (await other.api.listAudit(name, { before: null, limit: 9 })).find(
        ({ event }) => event.act.kind === "alias-moved",
      );
      expect(moved?.event.act).toMatchObject({ evidence: { metadata: { [name]: 1 } } });
      expect(moved?.fault).toBeNull();
    });
  });
}
