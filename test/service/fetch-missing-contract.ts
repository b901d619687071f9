// Bytes that are not here, fetched from where they are [U5], against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import { CairnError } from "../../src/core/errors.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { RemoteBytes } from "../../src/protocol/remote.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { bringHere } from "../../src/service/download/bring-here.ts";
import { collect } from "../../src/service/trash/collect.ts";
import { codeOf } from "../support/errors.ts";
import { countPacks } from "../support/dump.ts";
import { fakeRemote, fill, forget, onlyThere, type FakeRemote } from "../support/fake-remote.ts";
import { log, openHarness } from "../support/service-harness.ts";

const V0 = 0 as VersionNumber;

function fileOf(api: StoreApi, path: string): Promise<Blob> {
  return api.getFile("digits", "net", V0, path);
}

async function textOf(api: StoreApi, path: string): Promise<string> {
  return (await fileOf(api, path)).text();
}

export function fetchMissingContract(): void {
  describe("bytes that are missing here", () => {
    test("[U5] are fetched from the remote, verified, and kept", async () => {
      const { api, ctx, remote } = await onlyThere({ a: "bytes" });
      expect([await textOf(api, "a"), await textOf(api, "a")]).toEqual(["bytes", "bytes"]);
      expect([remote.asked.length, remote.opened]).toEqual([1, 1]);
      expect((await api.getStorage()).storedBytes).toBe(5);
      const [digest] = remote.asked;
      const sha256 = digest === undefined ? undefined : await ctx.db.get("sha256s", digest);
      expect(sha256).toBe(await ctx.hasher.sha256(["bytes"]));
    });

    test("[U5] bring along what lies in the same file there, without what is between them", async () => {
      const files = { a: "one", b: "two", c: "", d: "three" };
      const { api, ctx, remote } = await onlyThere(files);
      for (const [path, content] of Object.entries(files))
        expect(await textOf(api, path)).toBe(content);
      expect([remote.asked.length, remote.opened]).toEqual([1, 1]);
      expect(await countPacks(ctx.db)).toEqual({ packs: 1, packBytes: 1 });
      expect((await api.getStorage()).storedBytes).toBe(11);
    });

    test("[U5] large ones in a pack lie alone here, so that each can go alone", async () => {
      const large = new Uint8Array(100_000).map((_, i) => i % 251);
      for (const storesBlobs of [true, false]) {
        const { api, ctx } = await onlyThere({ a: "small", b: large, c: "also" }, storesBlobs);
        expect(new Uint8Array(await (await fileOf(api, "b")).arrayBuffer())).toEqual(large);
        expect(await textOf(api, "c")).toBe("also");
        expect((await countPacks(ctx.db)).packs).toBe(2);
      }
    });

    test("[D3] what came in a pack is collected as everything else", async () => {
      const { api, ctx } = await onlyThere({ a: "one", b: "two" });
      await textOf(api, "a");
      await log(api, { b: "two" }, { name: "other" });
      await api.deleteVersions({ kind: "artifact", project: "digits", name: "net" }, true);
      expect(await api.emptyTrash(null)).toMatchObject({ freedBytes: 3 });
      expect(await (await api.getFile("digits", "other", V0, "b")).text()).toBe("two");
      expect(await collect(ctx)).toBe(0);
    });

    test("[U5] only what is not here is kept", async () => {
      const { api, ctx, remote } = await onlyThere({ a: "one", b: "two" });
      await log(api, { b: "two" }, { name: "other" });
      expect(await textOf(api, "a")).toBe("one");
      expect((await api.getStorage()).storedBytes).toBe(6);
      expect((await bringHere(ctx, fileIn(remote), quiet())).size).toBe(2);
      expect((await api.getStorage()).storedBytes).toBe(6);
    });

    test("[U4 U5] corrupt copies are replaced", async () => {
      const remote = fakeRemote();
      const { api, ctx } = await openHarness(undefined, { ctx: { remote } });
      await log(api, { a: "bytes" });
      const [key] = await ctx.db.getAllKeys("packBytes");
      await ctx.db.put("packBytes", new TextEncoder().encode("bytez").buffer, key);
      expect(await codeOf(fileOf(api, "a"))).toBe("digest_mismatch");
      await fill(remote, ctx, ["bytes"]);
      expect(await textOf(api, "a")).toBe("bytes");
      expect(await ctx.db.count("quarantine")).toBe(0);
      await collect(ctx);
      expect((await api.getStorage()).storedBytes).toBe(5);
    });

    test.each([
      ["other bytes", ["lies!"]],
      ["fewer bytes", ["byte"]],
      ["more bytes", ["bytes", "and more"]],
    ])("[S2 U5] %s than promised are not kept", async (_what, sent) => {
      const { api, ctx, remote } = await onlyThere({ a: "bytes" });
      remote.sends = () => Promise.resolve(new Blob(sent).stream());
      expect(await codeOf(fileOf(api, "a"))).toBe("remote_failed");
      expect(await codeOf(fileOf(api, "a"))).toBe("remote_failed");
      expect([remote.opened, await ctx.db.count("packs")]).toEqual([2, 0]);
    });

    test("[S2 U5] a file that is what the remote says, and not what is asked for, is refused", async () => {
      const { api, ctx, remote } = await onlyThere({ a: "bytes" });
      const [digest] = await asksFor(api, remote);
      await forget(ctx);
      await fill(remote, ctx, ["lies!"]);
      const lie = fileIn(remote);
      if (digest !== undefined)
        remote.file = { ...lie, members: [{ digest, offset: 0, sizeBytes: 5 }] };
      await expect(fileOf(api, "a")).rejects.toThrow(/the test remote.*other bytes/);
      expect(await ctx.db.count("packs")).toBe(0);
      expect(await ctx.db.get("sha256s", digest ?? ("" as Digest))).not.toBe(lie.sha256);
    });

    test("[U5] with no copy anywhere, the error says where they were last known to be", async () => {
      const { api, remote } = await onlyThere({ a: "bytes" });
      remote.file = null;
      remote.known = "in the Space me/models, on 2026-01-01";
      await expect(fileOf(api, "a")).rejects.toThrow(/last known to be in the Space me\/models/);
    });

    test("[U5] an unreachable remote is named, and what it says itself is said", async () => {
      const { api, remote } = await onlyThere({ a: "bytes" });
      remote.sends = () => Promise.reject(new TypeError("network down"));
      await expect(fileOf(api, "a")).rejects.toThrow(/the test remote.*network down/);
      remote.sends = () => Promise.reject(new CairnError("read_only", { remote: "x" }));
      expect(await codeOf(fileOf(api, "a"))).toBe("read_only");
    });

    test("[U5] fetching can be cancelled while bytes come", async () => {
      const { ctx, remote } = await onlyThere({ a: "bytes" });
      const abort = new AbortController();
      remote.sends = () =>
        Promise.resolve(
          new ReadableStream<Uint8Array<ArrayBuffer>>({
            pull(controller) {
              controller.enqueue(new Uint8Array(1));
              abort.abort();
              return new Promise(() => undefined);
            },
          }),
        );
      const file = fileIn(remote);
      expect(await codeOf(bringHere(ctx, file, abort.signal))).toBe("aborted");
      expect(await ctx.db.count("packs")).toBe(0);
    });
  });
}

/** Has the one file asked for, and answers the digests that were. */
async function asksFor(api: StoreApi, remote: FakeRemote): Promise<readonly Digest[]> {
  await textOf(api, "a");
  return remote.asked;
}

function fileIn({ file }: FakeRemote): RemoteBytes {
  if (file === null) throw new Error("the remote has no file");
  return file;
}

function quiet(): AbortSignal {
  return new AbortController().signal;
}
