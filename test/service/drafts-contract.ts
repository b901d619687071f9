// Drafts that start from a version, and references, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { entriesOf, type Manifest } from "../../src/core/manifest.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { Digest } from "../../src/core/digest.ts";
import type { DraftEntries, LogResult } from "../../src/protocol/ingest.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { codeOf } from "../support/errors.ts";
import { countPacks } from "../support/dump.ts";
import { aDraft, log, openHarness, stage, type Files } from "../support/service-harness.ts";

const V0 = 0 as VersionNumber;
const V1 = 1 as VersionNumber;

/** Logs a draft that starts from a version. */
async function logFrom(
  api: StoreApi,
  base: LogResult,
  change: { readonly removed?: readonly string[]; readonly files?: Files },
): Promise<LogResult> {
  const { ingest, entries } = await stage(api, change.files ?? {});
  await api.startFrom(ingest, base.version.digest);
  return api.commitDraft(ingest, aDraft(), {
    ...entries,
    base: { manifest: base.version.digest, removed: change.removed ?? [] },
  });
}

async function logReference(
  api: StoreApi,
  references: DraftEntries["references"] & object,
): Promise<LogResult> {
  const { ingest } = await stage(api, {});
  return api.commitDraft(ingest, aDraft(), { fileIds: new Uint32Array(), paths: [], references });
}

function pathsOf(manifest: Manifest): readonly string[] {
  return [...entriesOf(manifest)].map(({ path }) => path);
}

export function draftsContract(): void {
  describe("a draft from a version", () => {
    test("takes over, adds, removes and replaces, and copies no bytes", async () => {
      const { api, ctx } = await openHarness();
      const base = await log(api, { keep: "k", drop: "d", change: "old" });
      const before = await countPacks(ctx.db);
      const next = await logFrom(api, base, {
        removed: ["drop"],
        files: { change: "new", add: "a" },
      });
      expect(next.version).toMatchObject({ number: 1, newBytes: 4, fileCount: 3 });
      expect(pathsOf(await api.getManifest(next.version.digest))).toEqual([
        "add",
        "change",
        "keep",
      ]);
      expect(await (await api.getFile("digits", "net", V1, "change")).text()).toBe("new");
      expect(await (await api.getFile("digits", "net", V1, "keep")).text()).toBe("k");
      expect((await countPacks(ctx.db)).packs).toBe(before.packs + 1);
    });

    test("[V2] unchanged, it is the version it started from", async () => {
      const { api } = await openHarness();
      const base = await log(api, { a: "1", b: "2" });
      expect(await logFrom(api, base, {})).toMatchObject({
        created: false,
        version: { number: 0 },
      });
    });

    test("[F5] with everything removed it is refused", async () => {
      const { api } = await openHarness();
      const base = await log(api, { a: "1" });
      expect(await codeOf(logFrom(api, base, { removed: ["a"] }))).toBe("empty_artifact");
    });

    test("[F3] an added path that is a folder of the base is refused", async () => {
      const { api } = await openHarness();
      const base = await log(api, { "d/a": "1" });
      expect(await codeOf(logFrom(api, base, { files: { d: "x" } }))).toBe("path_conflict");
    });

    test("can't start from what isn't there", async () => {
      const { api } = await openHarness();
      const { ingest } = await stage(api, {});
      const nothing = `blake3:${"0".repeat(64)}` as Digest;
      expect(await codeOf(api.startFrom(ingest, nothing))).toBe("not_found");
    });
  });

  describe("references", () => {
    const uri = "https://example.org/model.bin";

    test("[M4] a URI is recorded without bytes; with no digest the URI stands in", async () => {
      const { api, ctx } = await openHarness();
      const { version } = await logReference(api, [
        { path: "model.bin", uri, digest: null, sizeBytes: 10 },
      ]);
      expect(version).toMatchObject({ sizeBytes: 10, newBytes: 0, fileCount: 1 });
      expect([...entriesOf(await api.getManifest(version.digest))]).toEqual([
        { path: "model.bin", ref: uri, digest: uri, size: 10 },
      ]);
      expect(await countPacks(ctx.db)).toEqual({ packs: 0, packBytes: 0 });
    });

    test("[M4] URI, size and digest are its identity", async () => {
      const { api } = await openHarness();
      const reference = { path: "m", uri, digest: "etag:1", sizeBytes: 10 };
      await logReference(api, [reference]);
      expect((await logReference(api, [reference])).created).toBe(false);
      expect((await logReference(api, [{ ...reference, digest: "etag:2" }])).created).toBe(true);
      expect((await logReference(api, [{ ...reference, sizeBytes: 11 }])).created).toBe(true);
      expect((await logReference(api, [{ ...reference, uri: `${uri}2` }])).created).toBe(true);
    });

    test("[M4] what is no URI is refused", async () => {
      const { api } = await openHarness();
      const bad = { path: "m", uri: "model.bin", digest: null, sizeBytes: 0 };
      expect(await codeOf(logReference(api, [bad]))).toBe("invalid_reference");
    });

    test("[M4] a reference is no file to be opened, and needs nothing when space is freed", async () => {
      const { api } = await openHarness();
      await logReference(api, [{ path: "m", uri, digest: null, sizeBytes: 5 }]);
      expect(await codeOf(api.getFile("digits", "net", V0, "m"))).toBe("not_found");
      await api.deleteVersions({ kind: "project", project: "digits" }, []);
      expect(await api.emptyTrash(null)).toEqual({ versions: 1, freedBytes: 0 });
    });
  });
}
