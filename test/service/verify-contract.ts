// Checking stored bytes against their digests, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { DownloadProgress } from "../../src/protocol/downloads.ts";
import type { VerifyReport, VerifyScope } from "../../src/protocol/care-api.ts";
import { newJobId } from "../../src/protocol/jobs.ts";
import type { LogResult } from "../../src/protocol/ingest.ts";
import type { Ctx } from "../../src/service/context.ts";
import { verify } from "../../src/service/care/verify.ts";
import { corrupt, packOf } from "../support/damage-bytes.ts";
import { codeOf } from "../support/errors.ts";
import { memoryLocks } from "../support/memory-locks.ts";
import {
  aDraft,
  log,
  openHarness,
  refOf,
  stage,
  stageWhole,
  type Harness,
} from "../support/service-harness.ts";

/** Bytes over the border from which a file has a pack of its own. */
const LARGE = new Uint8Array(400_000).map((_, i) => i % 247);
const ALL: VerifyScope = { kind: "all" };

function oneOf(result: LogResult, paths: readonly string[] | null = null): VerifyScope {
  return { kind: "version", paths, ...refOf(result) };
}

async function check({ api }: Harness, scope: VerifyScope): Promise<VerifyReport> {
  return api.verify(newJobId(), scope, () => undefined);
}

/** What is wrong, and whom it hurts. */
function told(report: Pick<VerifyReport, "damage">): unknown {
  return report.damage
    .map(({ problem, hurts }) => ({
      code: problem.code,
      hurts: hurts.map(
        ({ project, name, number, path }) => `${project}/${name}:v${number} ${path}`,
      ),
    }))
    .toSorted((a, b) => (a.hurts[0] ?? "").localeCompare(b.hurts[0] ?? ""));
}

export function verifyContract(): void {
  describe("verify", () => {
    test("[U4] a sound store passes, blob by blob, and the date of the check is kept", async () => {
      const cairn = await openHarness();
      await log(cairn.api, { a: "1", "b/big": LARGE, empty: "" });
      await log(cairn.api, { a: "2", "b/big": LARGE });
      const steps: DownloadProgress[] = [];
      const report = await cairn.api.verify(newJobId(), ALL, (step) => steps.push(step));
      expect(report).toMatchObject({ files: 4, bytes: 400_002, references: 0, damage: [] });
      expect(steps.at(-1)).toEqual({
        filesDone: 4,
        filesTotal: 4,
        bytesDone: 400_002,
        bytesTotal: 400_002,
      });
      const { verifiedAt, damaged } = await cairn.api.lastScrub();
      expect([verifiedAt, damaged]).toEqual([report.checkedAt, 0]);
    });

    test("[U4] a version's files are counted as it has them, its references told, its check kept", async () => {
      const cairn = await openHarness();
      const { ingest, entries } = await stage(cairn.api, { a: "same", b: "same", c: LARGE });
      const references = [{ path: "far", uri: "s3://b/k", digest: null, sizeBytes: 7 }];
      const result = await cairn.api.commitDraft(ingest, aDraft(), { ...entries, references });
      const steps: DownloadProgress[] = [];
      const report = await cairn.api.verify(newJobId(), oneOf(result), (step) => steps.push(step));
      expect(report).toMatchObject({ files: 3, bytes: 400_008, references: 1, damage: [] });
      expect(steps.at(-1)).toMatchObject({ filesDone: 3, bytesDone: 400_008, bytesTotal: 400_008 });
      expect(await cairn.ctx.db.get("checks", result.version.digest)).toEqual({
        verifiedAt: report.checkedAt,
      });
      expect(await check(cairn, oneOf(result, ["far", "b"]))).toMatchObject({
        files: 1,
        bytes: 4,
        references: 1,
      });
      expect((await cairn.api.lastScrub()).verifiedAt).toBeNull();
    });

    test.each([true, false])(
      "[U4] corrupt blobs are found, set aside, and every version they hurt is named (Blobs: %s)",
      async (storesBlobs) => {
        const cairn = await openHarness(undefined, { storesBlobs });
        const { db, hasher } = cairn.ctx;
        await log(cairn.api, { good: "good", small: "small", big: LARGE });
        await log(cairn.api, { "copy/small": "small" }, { name: "other" });
        const trashed = await log(cairn.api, { "dir/big": LARGE }, { name: "gone" });
        await cairn.api.deleteVersions(
          { kind: "versions", ...refOf(trashed), numbers: [trashed.version.number] },
          true,
        );
        const [small, big] = [hasher.hashText(["small"]), hasher.hashBytes(LARGE)];
        await corrupt(db, small);
        await corrupt(db, big);

        const report = await check(cairn, ALL);
        const expected = [
          { code: "digest_mismatch", hurts: ["digits/gone:v0 dir/big", "digits/net:v0 big"] },
          { code: "digest_mismatch", hurts: ["digits/net:v0 small", "digits/other:v0 copy/small"] },
        ];
        expect(told(report)).toEqual(expected);
        expect(told({ damage: await cairn.api.listDamage() })).toEqual(expected);
        expect(await db.getAllKeys("quarantine")).toEqual([small, big].toSorted());
        expect(await cairn.api.lastScrub()).toEqual({ verifiedAt: report.checkedAt, damaged: 2 });
        const events = (await db.getAll("events")).filter((e) => e.kind === "blob-quarantined");
        expect(events.map(({ subject }) => subject).toSorted()).toEqual([small, big].toSorted());

        // Again: known by now, and told again, but no more events.
        expect(told(await check(cairn, ALL))).toEqual(expected);
        expect(await cairn.api.verifyLog()).toMatchObject({ brokenAt: null });

        const { healed } = await log(cairn.api, { good: "good", small: "small", big: LARGE });
        expect(healed).toBe(true);
        expect(await check(cairn, ALL)).toMatchObject({ damage: [] });
        expect(await cairn.api.listDamage()).toEqual([]);
      },
    );

    test("[U4] a version's check touches its own blobs only, and names the others it shares them with", async () => {
      const cairn = await openHarness();
      const one = await log(cairn.api, { a: "shared", b: "mine" });
      const two = await log(cairn.api, { x: "shared", y: "elsewhere" }, { name: "two" });
      await corrupt(cairn.ctx.db, cairn.ctx.hasher.hashText(["shared"]));
      await corrupt(cairn.ctx.db, cairn.ctx.hasher.hashText(["elsewhere"]));
      expect(await check(cairn, oneOf(one, ["b"]))).toMatchObject({ files: 1, damage: [] });
      expect(told(await check(cairn, oneOf(one)))).toEqual([
        { code: "digest_mismatch", hurts: ["digits/net:v0 a", "digits/two:v0 x"] },
      ]);
      expect(await cairn.ctx.db.count("quarantine")).toBe(1);
      expect(await cairn.ctx.db.count("checks")).toBe(0);
      expect(await codeOf(check(cairn, oneOf(two, ["nowhere"])))).toBe("not_found");
      expect(told(await check(cairn, oneOf(two)))).toEqual([
        { code: "digest_mismatch", hurts: ["digits/net:v0 a", "digits/two:v0 x"] },
        { code: "digest_mismatch", hurts: ["digits/two:v0 y"] },
      ]);
    });

    test("[U4] bytes that are not there at all are missed, in one version and in all", async () => {
      const cairn = await openHarness();
      const result = await log(cairn.api, { a: "1", big: LARGE });
      const [ingest, pack] = await packOf(cairn.ctx.db, cairn.ctx.hasher.hashBytes(LARGE));
      await cairn.ctx.db.delete("packs", [ingest, pack]);
      const missing = [{ code: "blob_missing", hurts: ["digits/net:v0 big"] }];
      expect(told(await check(cairn, oneOf(result)))).toEqual(missing);
      const report = await check(cairn, ALL);
      expect(told(report)).toEqual(missing);
      expect(report.damage[0]).toMatchObject({ sizeBytes: LARGE.length });
      expect(report.damage[0]?.problem.data).toMatchObject({ path: "big" });
    });

    test.each([
      ["everything is checked", () => ALL],
      ["the version is", (result: LogResult) => oneOf(result)],
    ])("[U4] a corrupt copy does no harm while there is another, when %s", async (_, scopeOf) => {
      const locks = memoryLocks();
      const one = await openHarness("spare-" + crypto.randomUUID(), { locks });
      const two = await openHarness(one.ctx.db.name, { locks });
      const first = await stageWhole(one.api, { a: "same" });
      const second = await stageWhole(two.api, { a: "same", b: "2" });
      const result = await one.api.commitDraft(first.ingest, aDraft(), first.entries);
      await two.api.commitDraft(second.ingest, aDraft({ name: "two" }), second.entries);
      const digest = one.ctx.hasher.hashText(["same"]);
      expect(await one.ctx.db.countFromIndex("packs", "byDigest", digest)).toBe(2);
      await corrupt(one.ctx.db, digest);
      expect(await check(one, scopeOf(result))).toMatchObject({ damage: [] });
      expect(await one.ctx.db.countFromIndex("packs", "byDigest", digest)).toBe(1);
      expect(await one.ctx.db.count("quarantine")).toBe(0);
      expect(
        await (await one.api.getFile("digits", "net", result.version.number, "a")).text(),
      ).toBe("same");
      await corrupt(one.ctx.db, digest);
      expect(told(await check(one, scopeOf(result)))).toEqual([
        { code: "digest_mismatch", hurts: ["digits/net:v0 a", "digits/two:v0 a"] },
      ]);
    });

    test("[U4] what the browser can't read now is told, but not set aside: it may be readable later", async () => {
      const cairn = await openHarness();
      const result = await log(cairn.api, { a: "1", big: LARGE });
      const pool = {
        ...cairn.ctx.pool,
        hashBlob: () => Promise.reject(new DOMException("disk trouble", "NotReadableError")),
      };
      const report = await verify({ ...cairn.ctx, pool }, ALL, () => undefined, never());
      expect(told(report)).toEqual([{ code: "storage_failed", hurts: ["digits/net:v0 big"] }]);
      expect((await cairn.api.lastScrub()).verifiedAt).toBeNull();
      expect(await check(cairn, oneOf(result))).toMatchObject({ damage: [] });
    });

    test("[U4] a large file gone from the disk counts as corrupt, so that adding it again heals it", async () => {
      const cairn = await openHarness();
      const files = { a: "1", big: LARGE };
      await log(cairn.api, files);
      const pool: Ctx["pool"] = {
        ...cairn.ctx.pool,
        hashBlob: () => Promise.reject(new DOMException("no such file", "NotFoundError")),
      };
      const report = await verify({ ...cairn.ctx, pool }, ALL, () => undefined, never());
      expect(told(report)).toEqual([{ code: "digest_mismatch", hurts: ["digits/net:v0 big"] }]);
      expect((await log(cairn.api, files)).healed).toBe(true);
      expect(await check(cairn, ALL)).toMatchObject({ files: 2, damage: [] });
    });

    test("[U4] bytes that another tab is staging are not its business", async () => {
      const cairn = await openHarness();
      await log(cairn.api, { a: "1" });
      await stageWhole(cairn.api, { b: "2", big: LARGE });
      await corrupt(cairn.ctx.db, cairn.ctx.hasher.hashText(["2"]));
      expect(await check(cairn, ALL)).toMatchObject({ files: 1, damage: [] });
    });

    test.each([
      ["everything", () => ALL],
      ["a version", (result: LogResult) => oneOf(result)],
    ])("of %s ends when it is cancelled, and notes nothing", async (_, scopeOf) => {
      const cairn = await openHarness();
      const result = await log(cairn.api, { a: "1", big: LARGE });
      const abort = new AbortController();
      const pool: Ctx["pool"] = {
        ...cairn.ctx.pool,
        hashBlob: (...args) => {
          abort.abort();
          return cairn.ctx.pool.hashBlob(...args);
        },
      };
      const ctx = { ...cairn.ctx, pool };
      const call = verify(ctx, scopeOf(result), () => undefined, abort.signal);
      expect(await codeOf(call)).toBe("aborted");
      expect(await cairn.ctx.db.count("checks")).toBe(0);
      expect(await cairn.ctx.db.count("quarantine")).toBe(0);
    });
  });
}

function never(): AbortSignal {
  return new AbortController().signal;
}
