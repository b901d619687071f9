// What becomes of the bytes of a draft: kept once, taken back, or refused, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { aDraft, log, openHarness, stage } from "../support/service-harness.ts";
import { countPacks, dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";

/** Bytes over the border from which a file has a pack of its own. */
const LARGE = new Uint8Array(100_000).map((_, i) => i % 251);

export function draftBytesContract(): void {
  describe("blobs", () => {
    test("the same bytes are stored once: in a draft, across versions, artifacts and projects", async () => {
      const { api } = await openHarness();
      await log(api, { a: "twice", b: "twice", big: LARGE, big2: LARGE });
      const once = (await api.getStorage()).storedBytes;
      expect(once).toBe("twice".length + LARGE.length);
      const other = await log(
        api,
        { "renamed/big": LARGE, c: "twice" },
        { project: "other", name: "x" },
      );
      expect(other.version.newBytes).toBe(0);
      expect(await api.getStorage()).toMatchObject({ storedBytes: once, projects: 2, versions: 2 });
    });

    test("files taken out of a draft are not logged, and their bytes don't stay", async () => {
      const { api, ctx } = await openHarness();
      const { ingest, entries } = await stage(api, { keep: LARGE, drop: LARGE.toReversed() });
      await settled(api, ingest, entries);
      await api.unstageFiles(ingest, [1]);
      const kept = { fileIds: entries.fileIds.slice(0, 1), paths: entries.paths.slice(0, 1) };
      const { version } = await api.commitDraft(ingest, aDraft(), kept);
      expect(version.fileCount).toBe(1);
      expect(await countPacks(ctx.db)).toEqual({ packs: 1, packBytes: 1 });
    });

    test("[D3] cancelling leaves nothing behind, whether staging is under way or over", async () => {
      const { api, ctx } = await openHarness();
      const before = await dump(ctx.db);
      const early = await stage(api, { a: "1", big: LARGE });
      await api.cancelIngest(early.ingest);
      expect(await dump(ctx.db)).toEqual(before);
      const late = await stage(api, { a: "1", big: LARGE });
      await settled(api, late.ingest, late.entries);
      await api.cancelIngest(late.ingest);
      expect(await dump(ctx.db)).toEqual(before);
    });

    test("[D3] a cancel that comes while a commit writes never takes the version's bytes", async () => {
      let whileWriting = (): void => undefined;
      const { api } = await openHarness(undefined, {
        ctx: {
          now: () => {
            whileWriting();
            return "2026-01-01T00:00:00.000Z";
          },
        },
      });
      const { ingest, entries } = await stage(api, { a: "1", big: LARGE });
      await settled(api, ingest, entries);
      const cancels: Promise<void>[] = [];
      whileWriting = () => void cancels.push(api.cancelIngest(ingest));
      const { version } = await api.commitDraft(ingest, aDraft(), entries);
      await Promise.all(cancels);
      expect(cancels).not.toHaveLength(0);
      expect((await api.getFile("digits", "net", version.number, "big")).size).toBe(LARGE.length);
      expect(await codeOf(api.commitDraft(ingest, aDraft(), entries))).toBe("aborted");
    });

    test("[D3] a cancel while a commit waits for staging ends both, with nothing left", async () => {
      const { api, ctx } = await openHarness();
      const before = await dump(ctx.db);
      const files = Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`f${i}`, LARGE.map((byte) => byte ^ i)]),
      );
      const { ingest, entries } = await stage(api, files);
      const commit = codeOf(api.commitDraft(ingest, aDraft(), entries));
      await api.cancelIngest(ingest);
      expect(await commit).toBe("aborted");
      expect(await dump(ctx.db)).toEqual(before);
    });

    test("every byte of a browser without Blobs in IndexedDB comes back the same", async () => {
      const { api, ctx } = await openHarness(undefined, { storesBlobs: false });
      const huge = new Uint8Array(9_000_001).map((_, i) => (i * 7) % 253);
      const { version } = await log(api, { huge, small: "s" });
      const back = await api.getFile("digits", "net", version.number, "huge");
      expect(await ctx.db.count("packBytes")).toBe(4);
      expect(ctx.hasher.hashBytes(new Uint8Array(await back.arrayBuffer()))).toBe(
        ctx.hasher.hashBytes(huge),
      );
    });
  });

  describe("files that fail", () => {
    test("a file that shrank since the drop is named, and the rest can be logged without it", async () => {
      const { api } = await openHarness();
      const ingest = await api.openIngest(() => undefined);
      const good = new File(["good"], "good");
      const gone = new File([], "gone");
      const shrunk = new File([LARGE.slice(0, 70_000)], "shrunk");
      await api.stageFiles(ingest, [
        { id: 1, file: good, path: "good", sizeBytes: 4, modifiedMs: 0 },
        { id: 2, file: gone, path: "gone", sizeBytes: 10, modifiedMs: 0 },
        { id: 3, file: shrunk, path: "shrunk", sizeBytes: 80_000, modifiedMs: 0 },
      ]);
      const all = { fileIds: Uint32Array.of(1, 2), paths: ["good", "gone"] };
      expect(await codeOf(api.commitDraft(ingest, aDraft(), all))).toBe("file_changed");
      const big = { fileIds: Uint32Array.of(3), paths: ["shrunk"] };
      expect(await codeOf(api.commitDraft(ingest, aDraft(), big))).toBe("file_changed");
      await api.unstageFiles(ingest, [2, 3]);
      const rest = { fileIds: Uint32Array.of(1), paths: ["good"] };
      expect((await api.commitDraft(ingest, aDraft(), rest)).created).toBe(true);
    });
  });
}

/** Waits until everything is staged, by the refusal that commit gives for a reserved alias after waiting. */
async function settled(
  api: Awaited<ReturnType<typeof openHarness>>["api"],
  ingest: Parameters<typeof api.commitDraft>[0],
  entries: Parameters<typeof api.commitDraft>[2],
): Promise<void> {
  await codeOf(
    api.commitDraft(ingest, aDraft({ name: "never", project: "never" }), {
      ...entries,
      paths: entries.paths.map(() => "/"),
    }),
  );
}
