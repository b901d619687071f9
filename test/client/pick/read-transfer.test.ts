import { describe, expect, it } from "vitest";
import { isCairnError } from "../../../src/core/errors.ts";
import type { FoundBatch, Picked } from "../../../src/client/pick/found.ts";
import { compileRules, readyMadeRules } from "../../../src/client/pick/ignore-rules.ts";
import { readSkipped, takeTransfer } from "../../../src/client/pick/read-transfer.ts";
import { fakeEntry, fakeFolder, fakeTransfer } from "./fake-entries.ts";

function collector() {
  const paths: string[] = [];
  const batches: FoundBatch[] = [];
  return {
    paths,
    batches,
    onBatch(batch: FoundBatch) {
      batches.push(batch);
      paths.push(...batch.files.map((file) => file.path));
    },
    get problems() {
      return batches.flatMap((batch) => batch.problems);
    },
    get skipped() {
      return batches.flatMap((batch) => batch.skipped);
    },
    get emptyFolders() {
      return batches.reduce((sum, batch) => sum + batch.emptyFolders, 0);
    },
  };
}

async function readAll(pick: Picked, skipsFolder: (path: string) => boolean = () => false) {
  const all = collector();
  await pick.read({ onBatch: all.onBatch, skipsFolder, signal: new AbortController().signal });
  return all;
}

describe("takeTransfer", () => {
  it("keeps the dropped folder's name in front and records size and time", async () => {
    const { transfer, empty } = fakeTransfer([
      fakeEntry("model", { "a.txt": "hello", sub: { deep: { "b.bin": "xyz" } } }),
      fakeEntry("readme.md", "#"),
    ]);
    const pick = takeTransfer(transfer);
    empty();
    expect(pick.tops).toEqual([
      { name: "model", isFolder: true },
      { name: "readme.md", isFolder: false },
    ]);
    const all = await readAll(pick);
    expect(all.paths.toSorted()).toEqual(["model/a.txt", "model/sub/deep/b.bin", "readme.md"]);
    const found = all.batches
      .flatMap((batch) => batch.files)
      .find((file) => file.path === "model/a.txt");
    expect(found).toMatchObject({ sizeBytes: 5, modifiedMs: 7 });
  });

  it("reads folders of more than 100 entries to the end, in order", async () => {
    const names = Array.from({ length: 351 }, (_, n) => `f${String(n).padStart(3, "0")}`);
    const folder = fakeFolder(
      "big",
      names.map((name) => fakeEntry(name, "x", "/big")),
    );
    const all = await readAll(takeTransfer(fakeTransfer([folder]).transfer));
    expect(all.paths).toEqual(names.map((name) => `big/${name}`));
    expect(folder.listings).toBe(3);
  });

  it("goes on past what can't be read, and says what it was", async () => {
    const locked = fakeFolder("locked", [], new DOMException("no", "NotReadableError"));
    const half = fakeFolder(
      "half",
      [fakeEntry("ok", "1", "/top/half")],
      new DOMException("gone", "NotFoundError"),
    );
    const top = fakeFolder("top", [
      locked,
      half,
      fakeEntry("bad", new DOMException("no", "NotReadableError"), "/top"),
    ]);
    const all = await readAll(takeTransfer(fakeTransfer([top]).transfer));
    expect(all.paths).toEqual(["top/half/ok"]);
    expect(
      Object.fromEntries(all.problems.map(({ path, problem }) => [path, problem.code])),
    ).toEqual({
      "top/bad": "file_unreadable",
      "top/half": "folder_unreadable",
      "top/locked": "folder_unreadable",
    });
    expect(all.emptyFolders).toBe(0);
  });

  it("[F4] counts empty folders and keeps empty files", async () => {
    const drop = fakeTransfer([fakeEntry("d", { none: {}, more: { none: {} }, "empty.txt": "" })]);
    const all = await readAll(takeTransfer(drop.transfer));
    expect(all.paths).toEqual(["d/empty.txt"]);
    expect(all.emptyFolders).toBe(2);
  });

  it("doesn't read ignored folders until asked", async () => {
    const git = fakeFolder(".git", [fakeEntry("config", "c", "/repo/.git")]);
    const matcher = compileRules(readyMadeRules());
    const pick = takeTransfer(
      fakeTransfer([fakeFolder("repo", [git, fakeEntry("a", "a", "/repo")])]).transfer,
    );
    const all = await readAll(pick, (path) => matcher.findForFolder(path) !== null);
    expect(all.paths).toEqual(["repo/a"]);
    expect(git.listings).toBe(0);
    const later = collector();
    const signal = new AbortController().signal;
    await readSkipped(all.skipped, { onBatch: later.onBatch, skipsFolder: () => false, signal });
    expect(later.paths).toEqual(["repo/.git/config"]);
  });

  it.each([
    ["nothing", fakeTransfer([])],
    ["text", fakeTransfer([], "hello")],
  ])("throws nothing_dropped for %s", (found, { transfer }) => {
    expect(() => takeTransfer(transfer)).toThrow(
      expect.objectContaining({ code: "nothing_dropped", data: { found } }),
    );
  });

  it("throws nothing_dropped when there were only empty folders", async () => {
    const pick = takeTransfer(fakeTransfer([fakeEntry("d", { inner: {} })]).transfer);
    await expect(readAll(pick)).rejects.toMatchObject({
      code: "nothing_dropped",
      data: { found: "empty_folders" },
    });
  });

  it("stops when aborted and tells of nothing more", async () => {
    const folder = fakeFolder(
      "big",
      Array.from({ length: 1000 }, (_, n) => fakeEntry(`f${n}`, "x", "/big")),
    );
    const stop = new AbortController();
    let seen = 0;
    const reading = takeTransfer(fakeTransfer([folder]).transfer).read({
      signal: stop.signal,
      skipsFolder: () => false,
      onBatch(batch) {
        seen += batch.files.length;
        stop.abort();
      },
    });
    await expect(reading).rejects.toSatisfy((error) => isCairnError(error, "aborted"));
    expect(seen).toBeLessThanOrEqual(100);
  });
});
