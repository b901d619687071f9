// One file brought here, and what a download waits for, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { DownloadProgress, Fetching } from "../../src/protocol/downloads.ts";
import { receiveStream } from "../../src/protocol/byte-stream.ts";
import { newJobId } from "../../src/protocol/jobs.ts";
import { aRequest } from "./download-contract.ts";
import { codeOf } from "../support/errors.ts";
import { onlyThere } from "../support/fake-remote.ts";
import { v } from "../support/linked-net.ts";

const NET = { project: "digits" as never, name: "net" as never, number: v(0) };

export function bringFileContract(): void {
  describe("bytes on their way here", () => {
    test("[U5] a file is brought here by itself, telling from where and how far, and not again", async () => {
      const { api, ctx, remote } = await onlyThere({ a: "bytes", b: "more" });
      const told: Fetching[] = [];
      const bring = (): Promise<void> =>
        api.bringFile(newJobId(), NET, "a", (fetching) => told.push(fetching));
      await bring();
      const totalBytes = remote.bytes.byteLength;
      expect(told[0]).toEqual({ from: "the test remote", doneBytes: 0, totalBytes });
      expect(await ctx.db.count("packs")).toBe(1);
      await bring();
      expect([remote.opened, told.length]).toEqual([1, 1]);
    });

    test("[U5] bringing a file here can be cancelled", async () => {
      const { api, ctx, remote } = await onlyThere({ a: "bytes" });
      const job = newJobId();
      remote.sends = async () => {
        await api.cancelJob(job);
        return new ReadableStream();
      };
      const bringing = api.bringFile(job, NET, "a", () => undefined);
      expect(await codeOf(bringing)).toBe("aborted");
      expect(await ctx.db.count("packs")).toBe(0);
    });

    test("[U5] a download says what it waits for", async () => {
      const { api } = await onlyThere({ a: "bytes", b: "more" });
      const told: DownloadProgress[] = [];
      const { port1, port2 } = new MessageChannel();
      const report = api.serveZip(newJobId(), aRequest(), port1, (progress) => told.push(progress));
      await new Response(receiveStream(port2)).arrayBuffer();
      expect((await report).written).toBe(2);
      expect(told.find(({ fetching }) => fetching !== undefined)?.fetching?.from).toBe(
        "the test remote",
      );
      expect(told.at(-1)?.fetching).toBeUndefined();
    });
  });
}
