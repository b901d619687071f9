// The event log, read and checked, against any IndexedDB.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventRecord } from "../../src/core/records.ts";
import { appendEvents } from "../../src/store/events.ts";
import { withWrite } from "../../src/store/transaction.ts";
import { log, openHarness, type Harness } from "../support/service-harness.ts";

export function eventLogContract(): void {
  /** A log of that many events, 2,500 by default: more than two batches. */
  async function withEvents(count = 2500): Promise<Harness> {
    const cairn = await openHarness();
    const { db, hasher, newUid, actor } = cairn.ctx;
    const events = Array.from({ length: count }, (_, i) => ({
      at: new Date(1_700_000_000_000 + i).toISOString(),
      actor,
      kind: "version-logged" as const,
      subject: `p/net:v${i}`,
      before: null,
      after: { sizeBytes: i },
    }));
    await withWrite(db, ["events"], (tx) => appendEvents(tx, events, hasher.hashText, newUid));
    return cairn;
  }

  describe("event log", () => {
    test("[E2] an untouched chain holds, over any number of batches", async () => {
      const { api } = await withEvents();
      expect(await api.verifyLog()).toEqual({ events: 2500, brokenAt: null });
      expect(await (await openHarness()).api.verifyLog()).toEqual({ events: 0, brokenAt: null });
    });

    describe("a chain that somebody touched", () => {
      let cairn: Harness;
      // One for all of them: to write a chain this long takes much longer than to verify it.
      beforeAll(async () => {
        cairn = await withEvents();
      });
      afterAll(() => cairn.close());

      /** What is found while an event is another one, or none; then it is put back. */
      async function verifiedWith(seq: number, change: Partial<EventRecord> | null) {
        const { api, ctx } = cairn;
        const event = await ctx.db.get("events", seq);
        if (event === undefined) throw new Error(`there is no event ${seq}`);
        if (change === null) await ctx.db.delete("events", seq);
        else await ctx.db.put("events", { ...event, ...change });
        const report = await api.verifyLog();
        await ctx.db.put("events", event);
        expect(await api.verifyLog()).toEqual({ events: 2500, brokenAt: null });
        return report;
      }

      test.each([
        [500, 501],
        [1000, 1001],
        [1001, 1002],
        [1, 2],
      ])("[E2] event %i changed afterwards breaks it at %i", async (seq, brokenAt) => {
        const report = await verifiedWith(seq, { after: { sizeBytes: -1 } });
        expect(report).toEqual({ events: 2500, brokenAt });
      });

      test.each([
        [1, 2],
        [1000, 1001],
      ])("[E2] event %i taken out breaks it at %i", async (seq, brokenAt) => {
        expect(await verifiedWith(seq, null)).toEqual({ events: 2499, brokenAt });
      });
    });

    test("[E1] events are listed newest first, by pages", async () => {
      const { api } = await withEvents(25);
      const seqs = async (beforeSeq?: number): Promise<readonly number[]> =>
        (await api.listEvents({ limit: 10, ...(beforeSeq !== undefined && { beforeSeq }) })).map(
          ({ seq }) => seq,
        );
      expect(await seqs()).toEqual([25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
      expect(await seqs(16)).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
      expect(await seqs(6)).toEqual([5, 4, 3, 2, 1]);
      expect(await seqs(1)).toEqual([]);
    });

    test("[E1] of a subject: itself and what is below it, not its namesakes", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" }, { aliases: ["prod"] });
      for (let i = 0; i < 10; i++) await log(api, { a: `x${i}` });
      await log(api, { a: "1" }, { name: "net2" });
      await log(api, { a: "1" }, { project: "digits2" });
      const about = async (subject: string, limit = 100): Promise<readonly string[]> =>
        (await api.listEvents({ subject, limit })).map((event) => event.subject);
      expect(await about("digits/net:v1")).toEqual(["digits/net:v1"]);
      const net = await about("digits/net");
      expect(net).toHaveLength(13);
      expect(net.slice(0, 2)).toEqual(["digits/net:v10", "digits/net:v9"]);
      expect(new Set(net.slice(-3))).toEqual(
        new Set(["digits/net", "digits/net:v0", "digits/net:prod"]),
      );
      expect(await about("digits/net", 2)).toEqual(net.slice(0, 2));
      expect(await about("digits")).toHaveLength(13 + 1 + 2);
      expect(await about("digits2")).toHaveLength(3);
      expect(await about("digi")).toEqual([]);
      const [newest] = await api.listEvents({ subject: "digits/net", limit: 1 });
      const before = await api.listEvents({
        subject: "digits/net",
        limit: 100,
        beforeSeq: newest?.seq ?? 0,
      });
      expect(before.map(({ subject }) => subject)).toEqual(net.slice(1));
    });
  });
}
