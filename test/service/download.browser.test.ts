import { beforeEach, describe, expect, test } from "vitest";
import { newJobId } from "../../src/protocol/jobs.ts";
import type { DownloadReport, DownloadRequest } from "../../src/protocol/downloads.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { log, openHarness } from "../support/service-harness.ts";
import { aRequest, FILES, peekContract, zipContract } from "./download-contract.ts";

zipContract();
peekContract();

// The private file system has the same handles as a folder a person picks.
let root: FileSystemDirectoryHandle;
beforeEach(async () => {
  const storage = await navigator.storage.getDirectory();
  root = await storage.getDirectoryHandle(crypto.randomUUID(), { create: true });
});

function save(
  api: StoreApi,
  request: Partial<DownloadRequest> = {},
  overwrite = false,
): Promise<DownloadReport> {
  return api.saveToFolder(newJobId(), aRequest(request), root, overwrite, () => undefined);
}

async function fileAt(path: string): Promise<FileSystemFileHandle> {
  const segments = path.split("/");
  let folder = root;
  for (const name of segments.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  return folder.getFileHandle(segments.at(-1) ?? "");
}

async function readAt(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await (await fileAt(path)).getFile()).arrayBuffer());
}

describe("folder", () => {
  test("[U2] gets every file below <project>/<name>_v<N>/, byte for byte", async () => {
    const { api, ctx } = await openHarness();
    const { version } = await log(api, FILES);
    expect(await save(api)).toMatchObject({ written: 4, skipped: 0, failed: [] });
    const manifest = await api.getManifest(version.digest);
    for (const [row, path] of manifest.paths.entries()) {
      const bytes = await readAt(`digits/net_v0/${path}`);
      expect(bytes.byteLength).toBe(manifest.sizes[row]);
    }
    const written = await readAt("digits/net_v0/weights.bin");
    const original = FILES["weights.bin"];
    expect(original instanceof Uint8Array && ctx.hasher.hashBytes(original)).toBe(
      ctx.hasher.hashBytes(written),
    );
  });

  test("[U5] a whole version in a folder is remembered, with the folder's name", async () => {
    const { api, ctx } = await openHarness();
    const { version } = await log(api, FILES);
    await save(api, { paths: ["empty"] });
    expect(await ctx.db.count("folderCopies")).toBe(0);
    await save(api);
    const copies = await ctx.db.getAll("folderCopies");
    expect(copies).toMatchObject([{ version: version.uid, folder: root.name }]);
    // Of a folder with other bytes in it, nothing is said.
    await ctx.db.clear("folderCopies");
    const writable = await (await fileAt("digits/net_v0/config/same")).createWritable();
    await writable.write("[]");
    await writable.close();
    await save(api);
    expect(await ctx.db.count("folderCopies")).toBe(0);
  });

  test("[U3] skips what is there with the same content, and leaves other content alone unless told", async () => {
    const { api } = await openHarness();
    await log(api, FILES);
    await save(api, { paths: ["empty", "config/same"] });
    const writable = await (await fileAt("digits/net_v0/config/same")).createWritable();
    await writable.write("[]");
    await writable.close();
    expect(await save(api)).toMatchObject({ written: 2, skipped: 1, differing: ["config/same"] });
    expect(new TextDecoder().decode(await readAt("digits/net_v0/config/same"))).toBe("[]");
    expect(await save(api, {}, true)).toMatchObject({ written: 1, skipped: 3, differing: [] });
    expect(new TextDecoder().decode(await readAt("digits/net_v0/config/same"))).toBe("{}");
  });

  test("[F2] a folder that folds case gets the second look-alike under another name, and is told", async () => {
    const { api } = await openHarness();
    await log(api, { "Read.me": "1", "read.me": "2" });
    const report = await save(api, { limits: { foldsCase: true, windowsNames: false } });
    expect(report.renamed).toEqual([{ path: "read.me", diskPath: "read (2).me" }]);
    expect(new TextDecoder().decode(await readAt("digits/net_v0/read (2).me"))).toBe("2");
  });

  test("[U4] a corrupt file is not written, and what was there stays", async () => {
    const { api, ctx } = await openHarness();
    await log(api, { "a.bin": new Uint8Array(100_000), b: "b" });
    for (const key of await ctx.db.getAllKeys("packBytes"))
      if ((await ctx.db.get("packBytes", key)) instanceof Blob)
        await ctx.db.put("packBytes", new Blob(["x"]), key);
    const report = await save(api, {}, true);
    expect(report).toMatchObject({ written: 1 });
    expect(report.failed.map(({ path, problem }) => [path, problem.code])).toEqual([
      ["a.bin", "digest_mismatch"],
    ]);
    await expect(fileAt("digits/net_v0/a.bin")).rejects.toThrow();
  });
});
