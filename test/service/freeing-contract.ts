// The rules of freeing space: what a delete would free, and what is never taken, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { VersionNumber } from "../../src/core/version.ts";
import type { DeleteTarget } from "../../src/protocol/trash-api.ts";
import { collect } from "../../src/service/trash/collect.ts";
import { countPacks } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import { memoryLocks } from "../support/memory-locks.ts";
import { aDraft, log, openHarness, stageWhole, type Harness } from "../support/service-harness.ts";

function large(seed: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(100_000).map((_, i) => (i * seed) % 251);
}

function versions(...numbers: number[]): DeleteTarget {
  return { kind: "versions", project: "digits", name: "net", numbers: numbers as VersionNumber[] };
}

const NET: DeleteTarget = { kind: "artifact", project: "digits", name: "net" };
const DIGITS: DeleteTarget = { kind: "project", project: "digits" };

async function textOf({ api }: Harness, number: number, path: string): Promise<string> {
  return (await api.getFile("digits", "net", number as VersionNumber, path)).text();
}

export function freeingContract(): void {
  describe("what is known of bytes", () => {
    test("[M1 D3] a SHA-256 goes with the last version that has the blob, though its bytes went before", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1" });
      await log(api, { a: "1", b: "2" }, { name: "other" });
      const [a, b] = [ctx.hasher.hashText(["1"]), ctx.hasher.hashText(["2"])];
      for (const digest of [a, b]) await ctx.db.put("sha256s", "0".repeat(64), digest);
      await ctx.db.clear("packs");
      await api.deleteVersions({ kind: "artifact", project: "digits", name: "other" }, []);
      await api.emptyTrash(null);
      expect(await ctx.db.getAllKeys("sha256s")).toEqual([a]);
    });
  });

  describe("freeing space", () => {
    test("[D2] the impact names aliases, consumers and derived versions, and where latest goes", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      const { version } = await log(api, { a: "2" }, { aliases: ["best"] });
      const run = await api.startRun("digits", "train-1", {});
      await api.useVersion("net:best", "digits", run.uid, null);
      const child = await log(api, { b: "1" }, { name: "tuned" });
      await api.addDerivation({ ...child, number: child.version.number }, "net:best");
      expect(await api.planDelete(versions(1))).toMatchObject({
        versions: 1,
        sizeBytes: version.sizeBytes,
        aliases: [{ project: "digits", name: "net", number: 1, alias: "best" }],
        latestMoves: [{ name: "net", from: 1, to: 0 }],
        consumers: { items: ["digits/train-1"], count: 1 },
        derived: { items: [{ project: "digits", name: "tuned", number: 0 }], count: 1 },
      });
    });

    test("[D2 D3] exactly the bytes told before are freed: not those that other versions share", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { shared: "shared", own: "only in v0", big: large(3) });
      await log(api, { shared: "shared", own: "only in v1", big: large(5) });
      const { freedBytes } = await api.planDelete(versions(0));
      expect(freedBytes).toBe("only in v0".length + 100_000);
      const before = await api.getStorage();
      await api.deleteVersions(versions(0), []);
      expect((await api.getStorage()).storedBytes).toBe(before.storedBytes);
      expect(await api.planEmpty(null)).toEqual({ versions: 1, freedBytes });
      expect(await api.emptyTrash(null)).toEqual({ versions: 1, freedBytes });
      expect((await api.getStorage()).storedBytes).toBe(before.storedBytes - freedBytes);
      expect(await (await api.getFile("digits", "net", 1 as VersionNumber, "shared")).text()).toBe(
        "shared",
      );
      const kept = (await ctx.db.getAll("packBytes")).reduce(
        (sum, bytes) => sum + (bytes instanceof Blob ? bytes.size : bytes.byteLength),
        0,
      );
      expect(kept).toBe(before.storedBytes - freedBytes);
    });

    test("[D3] what lies in the trash keeps its bytes, and those it shares", async () => {
      const cairn = await openHarness();
      await log(cairn.api, { a: "in both", b: "1" });
      await log(cairn.api, { a: "in both", b: "2" });
      const first = await cairn.api.deleteVersions(versions(0), []);
      const second = await cairn.api.deleteVersions(versions(1), []);
      expect(await cairn.api.emptyTrash([second.trash])).toEqual({ versions: 1, freedBytes: 1 });
      await cairn.api.restore(first.trash);
      expect(await textOf(cairn, 0, "a")).toBe("in both");
    });

    test("[D3] emptying everything leaves no byte and no manifest, only tombstones", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1", b: large(3) }, { description: "secret", aliases: ["best"] });
      await api.deleteVersions(DIGITS, true);
      await api.emptyTrash(null);
      expect(await countPacks(ctx.db)).toEqual({ packs: 0, packBytes: 0 });
      expect(await ctx.db.count("manifests")).toBe(0);
      expect(await ctx.db.count("ingests")).toBe(0);
      expect(await api.getStorage()).toMatchObject({
        versions: 0,
        storedBytes: 0,
        logicalBytes: 0,
      });
      expect(await ctx.db.getAll("deletedVersions")).toMatchObject([
        { number: 0, description: "", metadata: {}, aliases: [] },
      ]);
      expect(await codeOf(api.getVersion("digits", "net", "v0"))).toBe("not_found");
    });

    test("[D3] collecting never takes what a draft in another tab builds on", async () => {
      const locks = memoryLocks();
      const one = await openHarness("gc-" + crypto.randomUUID(), { locks });
      const two = await openHarness(one.ctx.db.name, { locks });
      await log(one.api, { a: "small", b: large(3) });
      // The other tab's draft finds both blobs in the store, so it stores neither.
      const draft = await stageWhole(two.api, { x: "small", y: large(3), z: "new" });
      await one.api.deleteVersions(NET, []);
      expect(await one.api.emptyTrash(null)).toEqual({ versions: 1, freedBytes: 0 });
      await two.api.commitDraft(draft.ingest, aDraft({ name: "copy" }), draft.entries);
      const file = (path: string): Promise<Blob> =>
        one.api.getFile("digits", "copy", 0 as VersionNumber, path);
      expect(await (await file("x")).text()).toBe("small");
      expect((await file("y")).size).toBe(100_000);
      expect(await collect(one.ctx)).toBe(0);
    });

    test("[D3] nor what a draft started from, even when its version is gone", async () => {
      const { api } = await openHarness();
      const { version } = await log(api, { a: "kept", b: "dropped" });
      const ingest = await api.openIngest(() => undefined);
      await api.startFrom(ingest, version.digest);
      await api.deleteVersions(NET, []);
      await api.emptyTrash(null);
      const base = { manifest: version.digest, removed: ["b"] };
      const entries = { fileIds: new Uint32Array(), paths: [], base };
      await api.commitDraft(ingest, aDraft({ name: "copy" }), entries);
      const kept = await api.getFile("digits", "copy", 0 as VersionNumber, "a");
      expect(await kept.text()).toBe("kept");
    });

    test("[D3] bytes doubled by two tabs are freed once", async () => {
      const locks = memoryLocks();
      const one = await openHarness("gc-" + crypto.randomUUID(), { locks });
      const two = await openHarness(one.ctx.db.name, { locks });
      // Both are staged before either is committed.
      const drafts = await Promise.all([
        stageWhole(one.api, { a: "doubled", b: "1" }),
        stageWhole(two.api, { a: "doubled", b: "2" }),
      ]);
      await one.api.commitDraft(drafts[0].ingest, aDraft(), drafts[0].entries);
      await two.api.commitDraft(drafts[1].ingest, aDraft(), drafts[1].entries);
      expect((await one.api.getStorage()).storedBytes).toBe(2 * "doubled".length + 2);
      expect(await collect(one.ctx)).toBe("doubled".length);
      expect((await one.api.getStorage()).storedBytes).toBe("doubled".length + 2);
      expect(await textOf(one, 0, "a")).toBe("doubled");
      expect(await textOf(two, 1, "a")).toBe("doubled");
    });

    test("[D1] what has been in the trash for longer than it keeps is emptied by itself", async () => {
      let now = "2026-01-01T00:00:00.000Z";
      const { api, service } = await openHarness(undefined, { ctx: { now: () => now } });
      await log(api, { a: "1" });
      await api.deleteVersions(NET, []);
      now = "2026-01-30T00:00:00.000Z";
      await service.keepHouse();
      expect(await api.listTrash()).toHaveLength(1);
      now = "2026-02-01T00:00:00.000Z";
      await service.keepHouse();
      expect(await api.listTrash()).toEqual([]);
      expect((await api.getStorage()).storedBytes).toBe(0);
    });

    test("[D1] how long the trash keeps is a setting", async () => {
      const { api } = await openHarness();
      expect(await api.getTrashDays()).toBe(30);
      await api.setTrashDays(7);
      expect(await api.getTrashDays()).toBe(7);
      expect(await codeOf(api.setTrashDays(0))).toBe("invalid_text");
    });
  });
}
