// One file of a remote wanted by several at once [U5], against any IndexedDB.
import { describe, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import type { RemoteBytes } from "../../src/protocol/remote.ts";
import { bringOnce } from "../../src/service/download/bring-once.ts";
import { codeOf } from "../support/errors.ts";
import { onlyThere, type FakeRemote, type Setting } from "../support/fake-remote.ts";

const NEVER = new AbortController().signal;

function fileIn({ file }: FakeRemote): RemoteBytes {
  if (file === null) throw new Error("the remote has no file");
  return file;
}

/** A pack of two files whose bytes come in halves, the second one when the test says so. */
async function slowly(): Promise<
  Setting & {
    readonly begun: Promise<void>;
    readonly goOn: () => void;
    readonly isEnded: () => boolean;
  }
> {
  const setting = await onlyThere({ a: "one", b: "two" });
  const { remote } = setting;
  const [begun, rest] = [deferred(), deferred()];
  let isEnded = false;
  remote.sends = () => {
    const half = remote.bytes.length / 2;
    return Promise.resolve(
      new ReadableStream<Uint8Array<ArrayBuffer>>(
        {
          async start(controller) {
            controller.enqueue(remote.bytes.slice(0, half));
            begun.resolve();
            await rest.promise;
            if (isEnded) return;
            controller.enqueue(remote.bytes.slice(half));
            controller.close();
          },
          cancel: () => {
            isEnded = true;
          },
        },
        { highWaterMark: 0 },
      ),
    );
  };
  return { ...setting, begun: begun.promise, goOn: () => rest.resolve(), isEnded: () => isEnded };
}

export function bringOnceContract(): void {
  describe("[U5] a file that several want at once", () => {
    test("comes once, and tells each of them all its bytes", async () => {
      const { ctx, remote, begun, goOn } = await slowly();
      const told: [number, number] = [0, 0];
      const want = (who: 0 | 1) =>
        bringOnce(ctx, fileIn(remote), NEVER, (bytes) => (told[who] += bytes));
      const first = want(0);
      await begun;
      const second = want(1);
      goOn();
      const [one, two] = await Promise.all([first, second]);
      expect([one.size, two]).toEqual([2, one]);
      expect(remote.opened).toBe(1);
      expect(told).toEqual([remote.bytes.length, remote.bytes.length]);
      expect(await ctx.db.count("packs")).toBe(1);
    });

    test("still comes to the others when one of them leaves", async () => {
      const { ctx, remote, begun, goOn } = await slowly();
      const leaving = new AbortController();
      const first = bringOnce(ctx, fileIn(remote), leaving.signal, () => undefined);
      const second = bringOnce(ctx, fileIn(remote), NEVER, () => undefined);
      await begun;
      leaving.abort();
      expect(await codeOf(first)).toBe("aborted");
      goOn();
      expect((await second).size).toBe(2);
      expect(remote.opened).toBe(1);
    });

    test("ends when all have left, and begins anew for the next", async () => {
      const { ctx, remote, begun, goOn, isEnded } = await slowly();
      const leaving = new AbortController();
      const both = [1, 2].map(() =>
        bringOnce(ctx, fileIn(remote), leaving.signal, () => undefined),
      );
      await begun;
      leaving.abort();
      expect(await Promise.all(both.map(codeOf))).toEqual(["aborted", "aborted"]);
      await expect.poll(isEnded).toBe(true);
      goOn();
      remote.sends = () => Promise.resolve(new Blob([remote.bytes]).stream());
      expect((await bringOnce(ctx, fileIn(remote), NEVER, () => undefined)).size).toBe(2);
      expect(remote.opened).toBe(2);
    });

    test("that can't be had fails for each, and is tried again by the next", async () => {
      const { ctx, remote } = await onlyThere({ a: "one", b: "two" });
      remote.sends = () => Promise.reject(new TypeError("network down"));
      const want = () => bringOnce(ctx, fileIn(remote), NEVER, () => undefined);
      expect(await Promise.all([want(), want()].map(codeOf))).toEqual([
        "remote_failed",
        "remote_failed",
      ]);
      remote.sends = () => Promise.resolve(new Blob([remote.bytes]).stream());
      expect((await want()).size).toBe(2);
      expect(remote.opened).toBe(2);
    });

    test("two previews of files in one pack have it fetched once", async () => {
      const { api, remote } = await onlyThere({ a: "one", b: "two" });
      const texts = ["a", "b"].map(async (path) =>
        (await api.getFile("digits", "net", 0 as never, path)).text(),
      );
      expect(await Promise.all(texts)).toEqual(["one", "two"]);
      expect(remote.opened).toBe(1);
    });
  });
}
