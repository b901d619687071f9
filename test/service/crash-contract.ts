// What is left after crashes, corruption and a full disk, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import { deferred } from "../../src/core/deferred.ts";
import { sweepIngests } from "../../src/service/sweep.ts";
import type { Database } from "../../src/store/schema.ts";
import { aDraft, log, openHarness, stage, stageRequests } from "../support/service-harness.ts";
import { dump } from "../support/dump.ts";
import { memoryLocks } from "../support/memory-locks.ts";

const LARGE = new Uint8Array(100_000).map((_, i) => i % 249);

export function crashContract(): void {
  describe("after a crash", () => {
    test("[D3] the next start collects what a dead page staged, and nothing else", async () => {
      const locks = memoryLocks();
      const dead = await openHarness(undefined, { locks });
      await log(dead.api, { a: "1", big: LARGE });
      const before = await dump(dead.ctx.db);
      const { ingest, entries } = await stage(dead.api, { b: "2", big2: LARGE.toReversed() });
      await staged(dead.api, ingest, entries);
      dead.close();
      locks.die();

      const next = await openHarness(dead.ctx.db.name, { locks });
      expect(await sweepIngests(next.ctx.db, locks)).toBe(1);
      expect(await dump(next.ctx.db)).toEqual(before);
      expect(
        (
          await next.api.getFile(
            "digits",
            "net",
            (await next.api.getVersion("digits", "net", "latest")).version.number,
            "big",
          )
        ).size,
      ).toBe(LARGE.length);
    });

    test("[D3] an ingest that runs in another tab is never swept", async () => {
      const locks = memoryLocks();
      const one = await openHarness(undefined, { locks });
      const { ingest, entries } = await stage(one.api, { b: "2", big: LARGE });
      await staged(one.api, ingest, entries);
      const two = await openHarness(one.ctx.db.name, { locks });
      expect(await sweepIngests(two.ctx.db, locks)).toBe(0);
      expect((await one.api.commitDraft(ingest, aDraft(), entries)).created).toBe(true);
    });
  });

  describe("corrupt bytes", () => {
    test("[U4] a blob that no longer matches is refused and named, and adding the file again heals it", async () => {
      const { api, ctx } = await openHarness();
      const { version } = await log(api, { "d/big": LARGE, small: "s", other: "o" });
      await damage(ctx.db);
      for (const path of ["d/big", "d/big", "small"]) {
        const error: unknown = await api
          .getFile("digits", "net", version.number, path)
          .catch((reason: unknown) => reason);
        expect(isCairnError(error, "digest_mismatch") && error.data.path).toBe(path);
      }
      await log(api, { "d/big": LARGE, extra: "e" });
      const healed = await api.getFile("digits", "net", version.number, "d/big");
      expect(ctx.hasher.hashBytes(new Uint8Array(await healed.arrayBuffer()))).toBe(
        ctx.hasher.hashBytes(LARGE),
      );
      expect((await ctx.db.getAll("quarantine")).length).toBe(1);
    });
  });

  describe("healing", () => {
    test("[U4] logging the very same content again replaces corrupt bytes, and says so", async () => {
      const { api, ctx } = await openHarness();
      const { version } = await log(api, { big: LARGE, small: "s" });
      await damage(ctx.db);
      for (const path of ["big", "small"])
        await api.getFile("digits", "net", version.number, path).catch(() => undefined);
      expect(await log(api, { big: LARGE, small: "s" })).toMatchObject({
        created: false,
        healed: true,
      });
      expect(await ctx.db.count("quarantine")).toBe(0);
      for (const path of ["big", "small"]) await api.getFile("digits", "net", version.number, path);
      expect(await log(api, { big: LARGE, small: "s" })).toMatchObject({ healed: false });
    });

    test("[U4] a good copy that is taken out of its draft again heals nothing", async () => {
      const { api, ctx } = await openHarness();
      const { version } = await log(api, { big: LARGE });
      await damage(ctx.db);
      await api.getFile("digits", "net", version.number, "big").catch(() => undefined);
      const { ingest, entries } = await stage(api, { big: LARGE, other: "o" });
      await staged(api, ingest, entries);
      const rest = { fileIds: entries.fileIds.slice(1), paths: entries.paths.slice(1) };
      await api.commitDraft(ingest, aDraft(), rest);
      const error: unknown = await api
        .getFile("digits", "net", version.number, "big")
        .catch((reason: unknown) => reason);
      expect(isCairnError(error, "digest_mismatch")).toBe(true);
    });
  });

  describe("a full disk", () => {
    test("each try leaves at most one copy, and files that come after the failure wait", async () => {
      const disk = { isFull: true };
      const one = await openHarness();
      const isIndexWrite = (stores: readonly string[]): boolean =>
        stores.includes("ingests") && stores.includes("packs");
      const { api, ctx } = await openHarness(one.ctx.db.name, {
        ctx: { db: failing(one.ctx.db, disk, isIndexWrite) },
      });
      let halts = 0;
      let halted = deferred();
      const uid = await api.openIngest((notice) => {
        if (notice.halted === null) return;
        halts++;
        halted.resolve();
      });
      const requests = stageRequests({ big: LARGE, later: LARGE.toReversed() });
      await api.stageFiles(uid, requests.slice(0, 1));
      await halted.promise;
      expect(await ctx.db.count("packBytes")).toBe(0);
      halted = deferred();
      await api.resumeIngest(uid);
      await halted.promise;
      await api.stageFiles(uid, requests.slice(1));
      expect(await ctx.db.count("packBytes")).toBe(0);
      disk.isFull = false;
      await api.resumeIngest(uid);
      const entries = { fileIds: Uint32Array.of(0, 1), paths: ["big", "later"] };
      expect((await api.commitDraft(uid, aDraft(), entries)).created).toBe(true);
      expect(await ctx.db.count("packBytes")).toBe(2);
      expect(halts).toBeGreaterThan(1);
    });

    test("writing stops in every tab, nothing is lost, and goes on when there is room", async () => {
      const disk = { isFull: false };
      const one = await openHarness(undefined);
      const { api, ctx, service } = await openHarness(one.ctx.db.name, {
        ctx: { db: failing(one.ctx.db, disk) },
      });
      await log(api, { a: "1" });
      const before = await dump(one.ctx.db);
      const halted = deferred();
      const uid = await api.openIngest((notice) => {
        if (notice.halted?.code === "quota_exceeded") halted.resolve();
      });
      disk.isFull = true;
      await api.stageFiles(uid, stageRequests({ b: "2", big: LARGE }));
      await halted.promise;
      const entries = { fileIds: Uint32Array.of(0, 1), paths: ["b", "big"] };
      const refused: unknown = await api
        .commitDraft(uid, aDraft(), entries)
        .catch((error: unknown) => error);
      expect(isCairnError(refused, "quota_exceeded")).toBe(true);
      expect((await dump(one.ctx.db))["versions"]).toEqual(before["versions"]);
      disk.isFull = false;
      await api.resumeIngest(uid);
      expect((await api.commitDraft(uid, aDraft(), entries)).version.number).toBe(1);

      const other = await api.openIngest(() => undefined);
      service.haltIngests();
      await api.cancelIngest(other);
      expect(await ctx.db.count("ingests")).toBe(2);
    });

    test("who gives up, makes room and starts anew is not held up", async () => {
      const disk = { isFull: true };
      const one = await openHarness();
      const { api } = await openHarness(one.ctx.db.name, {
        ctx: { db: failing(one.ctx.db, disk) },
      });
      const refused: unknown = await log(api, { a: "1" }).catch((error: unknown) => error);
      expect(isCairnError(refused, "quota_exceeded")).toBe(true);
      disk.isFull = false;
      for (const { uid } of await one.ctx.db.getAll("ingests")) await api.cancelIngest(uid);
      expect((await log(api, { a: "1" })).created).toBe(true);
    });
  });
}

async function staged(
  api: Awaited<ReturnType<typeof openHarness>>["api"],
  ingest: Parameters<typeof api.commitDraft>[0],
  entries: Parameters<typeof api.commitDraft>[2],
): Promise<void> {
  const refused = { ...entries, paths: entries.paths.map(() => "/") };
  await api.commitDraft(ingest, aDraft(), refused).catch(() => undefined);
}

/** Changes every stored byte record, as a failing disk would. */
async function damage(db: Database): Promise<void> {
  for (const key of await db.getAllKeys("packBytes")) {
    const value = await db.get("packBytes", key);
    const bytes = new Uint8Array(
      value instanceof Blob ? await value.arrayBuffer() : (value ?? new ArrayBuffer()),
    );
    const wrong = bytes.map((byte) => byte ^ 1);
    await db.put("packBytes", value instanceof Blob ? new Blob([wrong]) : wrong.buffer, key);
  }
}

/** A database whose byte writes fail while the disk is full. */
function failing(
  db: Database,
  disk: { readonly isFull: boolean },
  fails: (stores: readonly string[]) => boolean = (stores) => stores.includes("packBytes"),
): Database {
  return new Proxy(db, {
    get(target, key) {
      if (key !== "transaction") return Reflect.get(target, key, target);
      return (stores: string[], mode: string, options: unknown) => {
        if (disk.isFull && mode === "readwrite" && fails(stores))
          throw new DOMException("full", "QuotaExceededError");
        return Reflect.apply(target.transaction, target, [stores, mode, options]);
      };
    },
  });
}
