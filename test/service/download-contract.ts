// Zips and folders, against any IndexedDB.
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import { receiveStream } from "../../src/protocol/byte-stream.ts";
import type {
  DownloadProgress,
  DownloadReport,
  DownloadRequest,
} from "../../src/protocol/downloads.ts";
import { newJobId } from "../../src/protocol/jobs.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import type { ArtifactName, ProjectName } from "../../src/core/names.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { log, openHarness, type Files } from "../support/service-harness.ts";

const LARGE = new Uint8Array(1_500_000).map((_, i) => (i * 13) % 241);
export const FILES: Files = {
  "weights.bin": LARGE,
  "config/ü 文.json": "{}",
  empty: "",
  "config/same": "{}",
};

/** A request for the first version of digits/net. */
export function aRequest(request: Partial<DownloadRequest> = {}): DownloadRequest {
  return {
    project: "digits" as ProjectName,
    name: "net" as ArtifactName,
    number: 0 as VersionNumber,
    paths: null,
    limits: { foldsCase: false, windowsNames: false },
    ...request,
  };
}

async function zipOf(
  api: StoreApi,
  request: DownloadRequest,
): Promise<{
  readonly report: DownloadReport;
  readonly files: Record<string, Uint8Array>;
  readonly progress: DownloadProgress[];
}> {
  const { port1, port2 } = new MessageChannel();
  const progress: DownloadProgress[] = [];
  const report = api.serveZip(newJobId(), request, port1, (step) => progress.push(step));
  const bytes = await new Response(receiveStream(port2)).arrayBuffer();
  return { report: await report, files: unzipSync(new Uint8Array(bytes)), progress };
}

export function zipContract(): void {
  describe("zip", () => {
    test("[U2] holds every file byte for byte below <project>/<name>_v<N>/", async () => {
      const { api, ctx } = await openHarness();
      await log(api, FILES);
      const { report, files, progress } = await zipOf(api, aRequest());
      expect(Object.keys(files).toSorted()).toEqual(
        ["config/same", "config/ü 文.json", "empty", "weights.bin"].map(
          (path) => `digits/net_v0/${path}`,
        ),
      );
      const weights = files["digits/net_v0/weights.bin"] ?? new Uint8Array();
      expect(ctx.hasher.hashBytes(weights)).toBe(ctx.hasher.hashBytes(LARGE));
      expect(new TextDecoder().decode(files["digits/net_v0/config/ü 文.json"])).toBe("{}");
      expect(report).toMatchObject({ written: 4, failed: [], renamed: [] });
      expect(progress.at(-1)).toMatchObject({ filesDone: 4, filesTotal: 4, bytesDone: 1_500_004 });
    });

    test("holds a chosen subset", async () => {
      const { api } = await openHarness();
      await log(api, FILES);
      const { files } = await zipOf(api, aRequest({ paths: ["empty"] }));
      expect(Object.keys(files)).toEqual(["digits/net_v0/empty"]);
    });

    test("[U4] leaves a corrupt file out, names it, and gives the rest", async () => {
      const { api, ctx } = await openHarness();
      await log(api, FILES);
      for (const key of await ctx.db.getAllKeys("packBytes"))
        if ((await ctx.db.get("packBytes", key)) instanceof Blob)
          await ctx.db.put("packBytes", new Blob([LARGE.slice(1)]), key);
      const { report, files } = await zipOf(api, aRequest());
      expect(report.failed.map(({ path, problem }) => [path, problem.code])).toEqual([
        ["weights.bin", "digest_mismatch"],
      ]);
      expect(Object.keys(files)).toHaveLength(4);
      expect(new TextDecoder().decode(files["digits/net_v0/MISSING-FILES.txt"])).toContain(
        "weights.bin",
      );
    });

    test("ends as aborted when its reader goes away", async () => {
      const { api } = await openHarness();
      await log(api, FILES);
      const { port1, port2 } = new MessageChannel();
      const report = api
        .serveZip(newJobId(), aRequest(), port1, () => undefined)
        .catch((error: unknown) => error);
      const reader = receiveStream(port2).getReader();
      await reader.read();
      await reader.cancel();
      expect(isCairnError(await report, "aborted")).toBe(true);
    });

    test("ends as aborted when it is cancelled, even if its reader went away without a word", async () => {
      const { api } = await openHarness();
      await log(api, FILES);
      const { port1, port2 } = new MessageChannel();
      const job = newJobId();
      const report = api
        .serveZip(job, aRequest(), port1, () => undefined)
        .catch((error: unknown) => error);
      const reader = receiveStream(port2).getReader();
      await reader.read();
      await api.cancelJob(job);
      expect(isCairnError(await report, "aborted")).toBe(true);
    });

    test("names the version that isn't there", async () => {
      const { api } = await openHarness();
      await log(api, FILES);
      const { port1 } = new MessageChannel();
      const missing = aRequest({ number: 7 as VersionNumber });
      const error: unknown = await api
        .serveZip(newJobId(), missing, port1, () => undefined)
        .catch((e: unknown) => e);
      port1.close();
      expect(isCairnError(error, "not_found") && error.message).toContain("digits/net:v7");
    });
  });
}

export function peekContract(): void {
  describe("a look into a file", () => {
    test("gives its bytes, small or large, read as they are sliced", async () => {
      const { api, ctx } = await openHarness();
      await log(api, FILES);
      const large = await api.peekFile("digits", "net", 0 as VersionNumber, "weights.bin");
      expect(large.size).toBe(LARGE.byteLength);
      expect(new Uint8Array(await large.slice(1_000, 1_004).arrayBuffer())).toEqual(
        LARGE.slice(1_000, 1_004),
      );
      const small = await api.peekFile("digits", "net", 0 as VersionNumber, "config/same");
      expect(await small.text()).toBe("{}");
      const empty = await api.peekFile("digits", "net", 0 as VersionNumber, "empty");
      expect(empty.size).toBe(0);
      expect(await ctx.db.count("quarantine")).toBe(0);
    });

    test("[U4] shows damaged bytes as they are: only a download checks them", async () => {
      const { api, ctx } = await openHarness();
      await log(api, FILES);
      for (const key of await ctx.db.getAllKeys("packBytes"))
        if ((await ctx.db.get("packBytes", key)) instanceof Blob)
          await ctx.db.put("packBytes", new Blob([LARGE.map((byte) => byte ^ 1)]), key);
      const file = await api.peekFile("digits", "net", 0 as VersionNumber, "weights.bin");
      expect(new Uint8Array(await file.slice(0, 1).arrayBuffer())[0]).toBe((LARGE[0] ?? 0) ^ 1);
    });

    test("says what it can't find", async () => {
      const { api } = await openHarness();
      await log(api, FILES);
      await expect(
        api.peekFile("digits", "net", 0 as VersionNumber, "nothing"),
      ).rejects.toMatchObject({ code: "not_found" });
    });
  });
}
