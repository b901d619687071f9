// What lists show beside their rows.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ulid } from "ulid";
import type { VersionUid } from "../../src/core/records.ts";
import { createOverviewService } from "../../src/service/browse/overview-service.ts";
import { openRows, type Rows } from "../support/rows.ts";

const DAY = 24 * 3600 * 1000;
const NOW = Date.UTC(2026, 5, 1);

export function overviewContract(): void {
  let rows: Rows;
  beforeEach(async () => {
    rows = await openRows();
  });
  afterEach(() => rows.db.close());
  const overview = () => createOverviewService(rows.db, () => new Date(NOW).toISOString());
  const logged = (path: string, number: number, agoMs: number) =>
    rows.version(path, number, { uid: ulid(NOW - agoMs) as VersionUid });

  describe("a project's activity", () => {
    it("counts what was logged in each stretch, by project", async () => {
      await logged("p/a", 0, 2.5 * DAY);
      await logged("p/a", 1, 0.5 * DAY);
      await logged("p/b", 0, 0);
      await logged("q/c", 0, 1.5 * DAY);
      await logged("old/d", 0, 4 * DAY);
      expect(await overview().activity(3, DAY)).toEqual([
        { project: "p", counts: [1, 0, 2] },
        { project: "q", counts: [0, 1, 0] },
      ]);
    });

    it("counts a version on the border once", async () => {
      await logged("p/a", 0, DAY);
      expect(await overview().activity(2, DAY)).toEqual([{ project: "p", counts: [0, 1] }]);
    });

    it("counts every version of a busy stretch, and a quiet project beside it", async () => {
      const busy = await rows.artifact("busy/a");
      const model = await logged("quiet/b", 0, 0);
      const tx = rows.db.transaction("versions", "readwrite");
      for (let number = 0; number < 12_000; number++)
        void tx.store.put({
          ...model,
          artifact: busy.uid,
          number: number as typeof model.number,
          uid: ulid(NOW - 1 - (number % 4000)) as VersionUid,
        });
      await tx.done;
      expect(await overview().activity(2, DAY)).toEqual(
        expect.arrayContaining([
          { project: "busy", counts: [0, 12_000] },
          { project: "quiet", counts: [0, 1] },
        ]),
      );
    });

    it("is nothing where nothing was logged", async () => {
      expect(await overview().activity(12, DAY)).toEqual([]);
    });
  });

  describe("sizes of versions", () => {
    it("are those of the newest, oldest first, over numbers that are gone", async () => {
      for (const number of [0, 1, 2, 3])
        await rows.version("p/a", number, { sizeBytes: number * 10 });
      const gone = await rows.version("p/a", 4, { sizeBytes: 40 });
      await rows.version("p/a", 5, { sizeBytes: 50 });
      await rows.remove(gone, "deleted");
      const other = await rows.version("p/b", 0, { sizeBytes: 7 });
      const none = await rows.artifact("p/none");
      expect(await overview().versionSizes([gone.artifact, other.artifact, none.uid], 3)).toEqual([
        [20, 30, 50],
        [7],
        [],
      ]);
    });
  });

  describe("a run's edges", () => {
    it("are counted by direction", async () => {
      const version = await rows.version("p/a", 0);
      const other = await rows.version("p/a", 1);
      const busy = await rows.run("p/busy");
      const idle = await rows.run("p/idle");
      await rows.edge(busy, version, "input");
      await rows.edge(busy, other, "input");
      await rows.edge(busy, other, "output");
      expect(await overview().countRunEdges([idle.uid, busy.uid])).toEqual([
        { inputs: 0, outputs: 0 },
        { inputs: 2, outputs: 1 },
      ]);
    });
  });
}
