// The rules of aliases after the fact and of edits, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { VersionRef } from "../../src/core/records.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import { log, openHarness, refOf, type Harness } from "../support/service-harness.ts";

/** A store with net:v0 and net:v1. */
async function withTwo(): Promise<Harness & { readonly v0: VersionRef; readonly v1: VersionRef }> {
  const harness = await openHarness();
  const v0 = refOf(await log(harness.api, { a: "1" }));
  const v1 = refOf(await log(harness.api, { a: "2" }));
  return { ...harness, v0, v1 };
}

export function editContract(): void {
  describe("aliases", () => {
    test("[A1] set elsewhere, an alias moves: one holder at a time", async () => {
      const { api, v0, v1 } = await withTwo();
      expect(await api.setAlias(v0, "prod")).toEqual({ alias: "prod", from: null, to: 0 });
      expect(await api.setAlias(v1, "prod")).toEqual({ alias: "prod", from: 0, to: 1 });
      const { versions } = await api.getArtifact("digits", "net");
      expect(versions.map(({ aliases }) => aliases)).toEqual([["latest", "prod"], []]);
    });

    test("[A4] the history tells every move with time, actor, from and to, and rolling back is one more", async () => {
      const { api, v0, v1 } = await withTwo();
      await api.setAlias(v0, "prod");
      await api.setAlias(v1, "prod");
      await api.setAlias(v0, "prod");
      await api.removeAlias("digits", "net", "prod");
      const history = await api.aliasHistory("digits", "net");
      const prod = history.filter(({ alias }) => alias === "prod");
      expect(prod.map(({ from, to }) => [from, to])).toEqual([
        [null, 0],
        [0, 1],
        [1, 0],
        [0, null],
      ]);
      expect(prod.every(({ at, actor }) => at !== "" && actor === "device:test")).toBe(true);
      const latest = history.filter(({ alias }) => alias === "latest");
      expect(latest.map(({ from, to }) => [from, to])).toEqual([
        [null, 0],
        [0, 1],
      ]);
    });

    test("[A4] the history tells of aliases that went with their version and came back", async () => {
      const { api, v0 } = await withTwo();
      await api.setAlias(v0, "prod");
      const { trash } = await api.deleteVersions(
        { kind: "versions", ...v0, numbers: [v0.number] },
        true,
      );
      await api.restore(trash);
      const history = await api.aliasHistory("digits", "net");
      expect(
        history.filter(({ alias }) => alias === "prod").map(({ from, to }) => [from, to]),
      ).toEqual([
        [null, 0],
        [0, null],
        [null, 0],
      ]);
    });

    test("[A5] an alias is removed without moving", async () => {
      const { api, v0 } = await withTwo();
      await api.setAlias(v0, "prod");
      await api.removeAlias("digits", "net", "prod");
      expect(await codeOf(api.getVersion("digits", "net", "prod"))).toBe("not_found");
      expect(await codeOf(api.removeAlias("digits", "net", "prod"))).toBe("not_found");
    });

    test("[A7] setting an alias where it is changes nothing and records nothing", async () => {
      const { api, ctx, v0 } = await withTwo();
      await api.setAlias(v0, "prod");
      const before = await dump(ctx.db);
      expect(await api.setAlias(v0, "prod")).toBeNull();
      expect(await dump(ctx.db)).toEqual(before);
    });

    test.each(["latest", "LATEST", "v1", "V7"])(
      "[N3] nobody sets or removes %s by hand",
      async (alias) => {
        const { api, v0 } = await withTwo();
        expect(await codeOf(api.setAlias(v0, alias))).toBe("alias_reserved");
        expect(await codeOf(api.removeAlias("digits", "net", alias))).toBe("alias_reserved");
      },
    );
  });

  describe("edits", () => {
    test("[V3] description, metadata, tags and pin change by recorded edits, never the identity", async () => {
      const { api, v0 } = await withTwo();
      const before = (await api.getVersion("digits", "net", "v0")).version;
      const edit = { description: "good", metadata: { acc: 0.9 }, tags: ["a b"], pinned: true };
      const edited = await api.editVersion(v0, edit);
      expect(edited).toEqual({ ...before, ...edit });
      expect((await api.getVersion("digits", "net", "v0")).version).toEqual(edited);
      const [event] = await api.listEvents({ subject: "digits/net:v0", limit: 1 });
      expect(event).toMatchObject({
        kind: "version-edited",
        before: { description: "", metadata: {}, tags: [], pinned: false },
        after: edit,
      });
    });

    test("[V3] fields left out stay, and an edit that changes nothing is no event", async () => {
      const { api, ctx, v0 } = await withTwo();
      await api.editVersion(v0, { description: "good" });
      await api.editVersion(v0, { tags: ["x"] });
      expect((await api.getVersion("digits", "net", "v0")).version).toMatchObject({
        description: "good",
        tags: ["x"],
      });
      const count = await ctx.db.count("events");
      await api.editVersion(v0, { description: "good", tags: ["x"] });
      expect(await ctx.db.count("events")).toBe(count);
    });

    test.each([
      ["[N5] a bad tag", { tags: ["a/b"] }, "invalid_tag"],
      ["[M3a] a description that is too long", { description: "x".repeat(20_001) }, "invalid_text"],
      ["[M3a] a number JSON can't hold", { metadata: { x: JSON.parse("1e999") } }, "no error"],
    ])("%s", async (_, edit, code) => {
      const { api, v0 } = await withTwo();
      expect(await codeOf(api.editVersion(v0, edit))).toBe(code);
    });

    test("[T1] tags stand on many versions and artifacts, and are found by all of a set", async () => {
      const { api, v0, v1 } = await withTwo();
      await api.editVersion(v0, { tags: ["golden", "eu"] });
      await api.editVersion(v1, { tags: ["golden"] });
      await api.setArtifactTags("digits", "net", ["golden", "eu"]);
      const kinds = async (tags: string[]): Promise<string[]> =>
        (await api.findByTags(tags)).map((hit) =>
          hit.kind === "version" ? `v${hit.number}` : hit.kind,
        );
      expect((await kinds(["golden"])).toSorted()).toEqual(["artifact", "v0", "v1"]);
      expect((await kinds(["golden", "eu"])).toSorted()).toEqual(["artifact", "v0"]);
      expect(await codeOf(api.resolve("net:golden", "digits"))).toBe("not_found");
    });

    test("[V3] a deleted version can't be edited", async () => {
      const { api, v0 } = await withTwo();
      await api.deleteVersions({ kind: "versions", ...v0, numbers: [v0.number] }, []);
      expect(await codeOf(api.editVersion(v0, { description: "x" }))).toBe("in_trash");
      expect(await codeOf(api.setAlias(v0, "prod"))).toBe("in_trash");
    });
  });

  describe("taking back, without overwriting newer work", () => {
    test("[A4 W2] an alias moves or goes only from where it is expected", async () => {
      const { api, ctx, v0, v1 } = await withTwo();
      await api.setAlias(v0, "prod");
      const before = await dump(ctx.db);
      expect(await codeOf(api.setAlias(v1, "prod", null))).toBe("changed_since");
      expect(await codeOf(api.setAlias(v0, "prod", v1.number))).toBe("changed_since");
      expect(await codeOf(api.removeAlias("digits", "net", "prod", v1.number))).toBe(
        "changed_since",
      );
      expect(await dump(ctx.db)).toEqual(before);
      expect(await api.setAlias(v1, "prod", v0.number)).toEqual({ alias: "prod", from: 0, to: 1 });
      expect(await api.removeAlias("digits", "net", "prod", v1.number)).toBe(1);
      expect(await api.setAlias(v0, "prod", null)).toEqual({ alias: "prod", from: null, to: 0 });
    });

    test("[V3 W2] an edit holds only while what it replaces is as expected; other fields don't matter", async () => {
      const { api, ctx, v0 } = await withTwo();
      await api.editVersion(v0, { description: "mine", tags: ["a"] });
      await api.editVersion(v0, { metadata: { acc: 1 } });
      const before = await dump(ctx.db);
      const stale = { description: "older", tags: ["a"] };
      expect(await codeOf(api.editVersion(v0, { description: "" }, stale))).toBe("changed_since");
      expect(await dump(ctx.db)).toEqual(before);
      const edited = await api.editVersion(v0, { description: "" }, { description: "mine" });
      expect(edited).toMatchObject({ description: "", tags: ["a"], metadata: { acc: 1 } });
    });

    test("[T1 D4 D1] tags, keep rule and the trash's days too", async () => {
      const { api, ctx } = await withTwo();
      const rule = { lastN: 5, olderThanDays: null };
      await api.setArtifactTags("digits", "net", ["a"]);
      await api.setKeep("digits", "net", rule);
      await api.setTrashDays(7);
      const before = await dump(ctx.db);
      expect(await codeOf(api.setArtifactTags("digits", "net", [], ["b"]))).toBe("changed_since");
      expect(await codeOf(api.setKeep("digits", "net", null, null))).toBe("changed_since");
      expect(await codeOf(api.setTrashDays(30, 8))).toBe("changed_since");
      expect(await dump(ctx.db)).toEqual(before);
      await api.setArtifactTags("digits", "net", [], ["a"]);
      await api.setKeep("digits", "net", null, rule);
      await api.setTrashDays(30, 7);
      expect((await api.getArtifact("digits", "net")).artifact).toMatchObject({
        tags: [],
        keep: null,
      });
      expect(await api.getTrashDays()).toBe(30);
    });
  });
}
