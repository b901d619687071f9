// The background check, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import { newJobId } from "../../src/protocol/jobs.ts";
import { startScrub, type Scrub, type ScrubOptions } from "../../src/service/care/scrub.ts";
import type { Ctx } from "../../src/service/context.ts";
import { corrupt } from "../support/damage-bytes.ts";
import { memoryLocks } from "../support/memory-locks.ts";
import { log, openHarness, type Files, type Harness } from "../support/service-harness.ts";

/** Ten files that lie alone, each different. */
const FILES: Files = Object.fromEntries(
  Array.from({ length: 10 }, (_, n) => [
    `f${n}`,
    new Uint8Array(300_000).map((_byte, i) => (i + n * 7) % 251),
  ]),
);
const TWO_FILES = 600_000;

interface PacedScrub extends Scrub {
  /** Lets it do one step, and waits for its end. */
  step(): Promise<void>;
  /** Blobs read so far. */
  readonly reads: () => number;
}

/** A scrub that moves on the test's command. */
function scrub(ctx: Ctx, options: Partial<ScrubOptions> = {}): PacedScrub {
  let reads = 0;
  let waiting = deferred();
  let go = deferred();
  const counting: Ctx = {
    ...ctx,
    pool: {
      ...ctx.pool,
      hashBlob: (...args) => {
        reads++;
        return ctx.pool.hashBlob(...args);
      },
    },
  };
  const running = startScrub(counting, {
    idle: () => {
      waiting.resolve();
      return go.promise;
    },
    isBusy: () => false,
    stepBytes: TWO_FILES,
    ...options,
  });
  return {
    ...running,
    reads: () => reads,
    async step() {
      await waiting.promise;
      waiting = deferred();
      const release = go;
      go = deferred();
      release.resolve();
      await Promise.race([waiting.promise, running.ended]);
    },
  };
}

async function end(running: Scrub): Promise<unknown> {
  running.stop();
  return running.ended;
}

/** A clock that only the test moves. */
function clock(): { now: string; readonly ctx: Pick<Ctx, "now"> } {
  const hand = { now: "2026-01-01T00:00:00.000Z", ctx: { now: () => hand.now } };
  return hand;
}

async function verifiedAt({ api }: Harness): Promise<string | null> {
  return (await api.lastScrub()).verifiedAt;
}

export function scrubContract(): void {
  describe("scrub", () => {
    test("[U4] goes through the store a bounded amount at a time, then dates the pass by its start", async () => {
      const time = clock();
      const cairn = await openHarness(undefined, { ctx: time.ctx });
      await log(cairn.api, FILES);
      const running = scrub(cairn.ctx);
      await running.step();
      expect(running.reads()).toBe(2);
      expect(await verifiedAt(cairn)).toBeNull();
      time.now = "2026-01-02T00:00:00.000Z";
      for (let i = 0; i < 4; i++) await running.step();
      expect(running.reads()).toBe(10);
      expect(await verifiedAt(cairn)).toBe("2026-01-01T00:00:00.000Z");
      expect(await cairn.ctx.db.get("checks", "all")).not.toHaveProperty("pass");
      expect(await end(running)).toBeNull();
    });

    test("[U4] the next pass begins a week after the last", async () => {
      const time = clock();
      const cairn = await openHarness(undefined, { ctx: time.ctx });
      await log(cairn.api, FILES);
      const running = scrub(cairn.ctx, { stepBytes: Number.POSITIVE_INFINITY });
      await running.step();
      time.now = "2026-01-07T23:59:59.999Z";
      await running.step();
      expect(running.reads()).toBe(10);
      time.now = "2026-01-08T00:00:00.000Z";
      await running.step();
      expect(running.reads()).toBe(20);
      expect(await verifiedAt(cairn)).toBe(time.now);
      await end(running);
    });

    test("[U4] keeps its place over a restart", async () => {
      const first = await openHarness();
      await log(first.api, FILES);
      const before = scrub(first.ctx);
      await before.step();
      await before.step();
      await end(before);
      first.close();
      const second = await openHarness(first.ctx.db.name);
      const after = scrub(second.ctx);
      for (let i = 0; i < 3; i++) await after.step();
      expect([before.reads(), after.reads()]).toEqual([4, 6]);
      expect(await verifiedAt(second)).not.toBeNull();
      await end(after);
    });

    test("[U4] sets a corrupt blob aside and goes on", async () => {
      const cairn = await openHarness();
      await log(cairn.api, { ...FILES, small: "small" });
      await corrupt(cairn.ctx.db, cairn.ctx.hasher.hashText(["small"]));
      const running = scrub(cairn.ctx, { stepBytes: Number.POSITIVE_INFINITY });
      await running.step();
      expect(await cairn.api.listDamage()).toMatchObject([
        {
          problem: { code: "digest_mismatch" },
          hurts: [{ name: "net", number: 0, path: "small" }],
        },
      ]);
      expect(await cairn.api.lastScrub()).toMatchObject({ damaged: 1 });
      expect(await verifiedAt(cairn)).not.toBeNull();
      await end(running);
    });

    test("[U4] does nothing while files are staged, and breaks off when that begins", async () => {
      let busyAfter = 0;
      const cairn = await openHarness();
      await log(cairn.api, FILES);
      const running: PacedScrub = scrub(cairn.ctx, {
        isBusy: () => running.reads() >= busyAfter,
        stepBytes: Number.POSITIVE_INFINITY,
      });
      await running.step();
      expect(running.reads()).toBe(0);
      busyAfter = 3;
      await running.step();
      expect(running.reads()).toBe(3);
      busyAfter = 100;
      await running.step();
      expect(running.reads()).toBe(10);
      expect(await verifiedAt(cairn)).not.toBeNull();
      await end(running);
    });

    test("[U4] breaks off inside a large file too, and reads that again later", async () => {
      let isBusy = false;
      let reads = 0;
      const cairn = await openHarness();
      await log(cairn.api, FILES);
      const pool: Ctx["pool"] = {
        ...cairn.ctx.pool,
        hashBlob: (blob, onProgress, signal) => {
          isBusy = ++reads === 3;
          onProgress(1);
          return cairn.ctx.pool.hashBlob(blob, onProgress, signal);
        },
      };
      const ctx = { ...cairn.ctx, pool };
      const running = scrub(ctx, { isBusy: () => isBusy, stepBytes: Number.POSITIVE_INFINITY });
      await running.step();
      expect(reads).toBe(3);
      expect(await verifiedAt(cairn)).toBeNull();
      isBusy = false;
      await running.step();
      expect(reads).toBe(11);
      expect(await verifiedAt(cairn)).not.toBeNull();
      await end(running);
    });

    test("[U4] one tab does it at a time, and another takes over", async () => {
      const locks = memoryLocks();
      const one = await openHarness("scrub-" + crypto.randomUUID(), { locks });
      const two = await openHarness(one.ctx.db.name, { locks });
      await log(one.api, FILES);
      await locks.hold("cairn-scrub");
      const running = scrub(two.ctx);
      await running.step();
      expect(running.reads()).toBe(0);
      locks.die();
      await running.step();
      expect(running.reads()).toBe(2);
      await end(running);
    });

    test("[U4] stops at once, in the middle of a file, and the place so far is kept", async () => {
      const cairn = await openHarness();
      await log(cairn.api, FILES);
      const inThird = deferred();
      let reads = 0;
      const pool: Ctx["pool"] = {
        ...cairn.ctx.pool,
        hashBlob: (blob, onProgress, signal) => {
          if (++reads < 3) return cairn.ctx.pool.hashBlob(blob, onProgress, signal);
          inThird.resolve();
          return new Promise((_, reject) =>
            signal.addEventListener("abort", () => reject(new Error("stopped"))),
          );
        },
      };
      const running = scrub({ ...cairn.ctx, pool }, { stepBytes: Number.POSITIVE_INFINITY });
      const step = running.step();
      await inThird.promise;
      expect(await end(running)).toBeNull();
      await step;
      expect((await cairn.ctx.db.get("checks", "all"))?.pass).toBeDefined();
      const next = scrub(cairn.ctx, { stepBytes: Number.POSITIVE_INFINITY });
      await next.step();
      expect(next.reads()).toBe(8);
      await end(next);
    });

    test("[U4] a check of everything meanwhile is not undone by a step that began before it", async () => {
      const time = clock();
      const cairn = await openHarness(undefined, { ctx: time.ctx });
      await log(cairn.api, FILES);
      const reading = deferred();
      const goOn = deferred();
      const pool: Ctx["pool"] = {
        ...cairn.ctx.pool,
        hashBlob: async (...args) => {
          reading.resolve();
          await goOn.promise;
          return cairn.ctx.pool.hashBlob(...args);
        },
      };
      const running = scrub({ ...cairn.ctx, pool });
      const step = running.step();
      await reading.promise;
      time.now = "2026-01-05T00:00:00.000Z";
      await cairn.api.verify(newJobId(), { kind: "all" }, () => undefined);
      goOn.resolve();
      await step;
      expect(await cairn.ctx.db.get("checks", "all")).toEqual({ verifiedAt: time.now });
      await end(running);
    });

    test("[U4] gives up on a disk that fails, says why, and throws at nobody", async () => {
      const cairn = await openHarness();
      await log(cairn.api, FILES);
      const pool: Ctx["pool"] = {
        ...cairn.ctx.pool,
        hashBlob: () => Promise.reject(new DOMException("disk trouble", "NotReadableError")),
      };
      const running = scrub({ ...cairn.ctx, pool });
      await running.step();
      expect(await running.ended).toMatchObject({ code: "storage_failed" });
      expect(await verifiedAt(cairn)).toBeNull();
      expect(await cairn.ctx.db.count("quarantine")).toBe(0);
    });
  });
}
