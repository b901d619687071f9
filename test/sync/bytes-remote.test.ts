// Bytes that are not here, had from a repository: one file, a pack, all of a scope; and where copies are.
import "fake-indexeddb/auto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import type { VersionRef } from "../../src/core/records.ts";
import type { RemoteUid } from "../../src/core/sync/remote.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { copiesOf } from "../../src/sync/copies.ts";
import { createRemote } from "../../src/sync/create-remote.ts";
import { fetchAll } from "../../src/sync/fetch-all.ts";
import { deleteRemoteFiles, membersOf, placesOf } from "../../src/sync/remote-files.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import {
  areSame,
  digestIn,
  NEVER,
  noise,
  openBytesWorld,
  smallFiles,
  type BytesWorld,
} from "./bytes-world.ts";

let testHub: TestHub;
let world: BytesWorld;

beforeAll(async () => {
  testHub = await startHub();
});
afterAll(() => testHub.stop());
beforeEach(async () => {
  world = await openBytesWorld(testHub);
});
afterEach(async () => {
  await testHub.clearFaults();
  world.close();
});

async function read({ project, name, number }: VersionRef, path: string): Promise<Uint8Array> {
  const blob = await world.harness.api.getFile(project, name, number, path);
  return new Uint8Array(await blob.arrayBuffer());
}

const fetchVersion = (version: VersionRef, signal: AbortSignal = NEVER): Promise<void> =>
  fetchAll(world.sync, { kind: "version", version }, world.meter, signal);

describe("a missing blob", () => {
  test("[U5] is fetched from where it is, checked, and kept", async () => {
    const version = await world.log({ "a.bin": noise(100_000, 1) });
    await world.push(version);
    await world.loseBytes();
    expect(areSame(await read(version, "a.bin"), noise(100_000, 1))).toBe(true);
    expect(areSame(await read(version, "a.bin"), noise(100_000, 1))).toBe(true);
    expect(world.opened).toHaveLength(1);
    expect(world.opened[0]).toMatchObject({ label: `the dataset ${world.remote.repo}` });
    expect(await world.stored()).toBe(100_000);
  });

  test("brings the others of its pack along", async () => {
    const version = await world.log(smallFiles(300));
    const { manifest } = await world.push(version);
    await world.loseBytes();
    for (const path of Object.keys(smallFiles(300))) await read(version, path);
    expect(world.opened).toHaveLength(manifest.packs.length);
    const members = world.opened.flatMap((file) => file.members);
    expect(members).toHaveLength(300);
  });

  test("is found in a pack whose members fill several rows", async () => {
    const version = await world.log(smallFiles(1200));
    const { manifest } = await world.push(version);
    const digest = digestIn(await world.prepare(version), "data/part-00700.txt");
    const members = await withRead(world.sync.db, ["remoteFiles"], async (tx) => {
      const [place] = await placesOf(tx, digest, 1);
      return place === undefined ? [] : membersOf(tx, place);
    });
    const pack = manifest.files.find((file) => file.digest === digest)?.pack?.[0];
    const expected = manifest.files.filter((file) => file.pack?.[0] === pack);
    expect(expected.length).toBeGreaterThan(500);
    expect(members.map(({ digest: each, offset }) => [each, offset])).toEqual(
      expected.map((file) => [file.digest, file.pack?.[1]]),
    );
  });

  test("that is empty needs no hub", async () => {
    const version = await world.log({ "empty.txt": "", "full.txt": "x" });
    await world.push(version);
    await world.loseBytes();
    await testHub.clearRequests();
    expect(await read(version, "empty.txt")).toEqual(new Uint8Array());
    expect(await testHub.requests()).toEqual([]);
  });

  test("[U5] that comes with other bytes is refused", async () => {
    const version = await world.log({ "a.bin": noise(100_000, 2) });
    await world.push(version);
    const [key] = await world.sync.db.getAllKeys("remoteFiles");
    const [row] = await world.sync.db.getAll("remoteFiles");
    if (key === undefined || row === undefined) throw new Error("no row");
    await world.sync.db.put("remoteFiles", { ...row, sha256s: ["0".repeat(64)] }, key);
    await world.loseBytes();
    expect(await codeOf(read(version, "a.bin"))).toBe("remote_failed");
    expect(await world.stored()).toBe(0);
  });

  test("is still found at the head where the commit is gone", async () => {
    const version = await world.log({ "a.bin": noise(100_000, 3) });
    await world.push(version);
    const { commit } = await world.hub.readHead("cairn/index.json", NEVER);
    await world.sync.db.put("remotes", { ...world.remote, commit });
    const [key] = await world.sync.db.getAllKeys("remoteFiles");
    const [row] = await world.sync.db.getAll("remoteFiles");
    if (key === undefined || row === undefined) throw new Error("no row");
    await world.sync.db.put("remoteFiles", { ...row, commit: "0".repeat(40) }, key);
    await world.loseBytes();
    expect(areSame(await read(version, "a.bin"), noise(100_000, 3))).toBe(true);
  });

  test("says whose sign-in is over", async () => {
    const version = await world.log({ "a.bin": noise(100_000, 4) });
    await world.push(version);
    await world.loseBytes();
    world.sync.hubTokens.set(testHub.url, "hf_wrong");
    expect(await refusalOf(read(version, "a.bin"))).toMatchObject({
      code: "hub_failed",
      data: { kind: "signed_out", remote: `the dataset ${world.remote.repo}` },
    });
  });

  test("is had from another remote when the first can't be reached", async () => {
    const version = await world.log({ "a.bin": noise(100_000, 5) });
    await world.push(version);
    const down = { ...world.remote, uid: "r2" as RemoteUid, hubUrl: "http://127.0.0.1:9" };
    await world.sync.db.put("remotes", down);
    const [row] = await world.sync.db.getAll("remoteFiles");
    const [key] = await world.sync.db.getAllKeys("remoteFiles");
    if (key === undefined || row === undefined) throw new Error("no row");
    const later = { ...row, seenAt: "2999-01-01T00:00:00.000Z" };
    await world.sync.db.put("remoteFiles", later, [down.uid, key[1], 0]);
    await world.loseBytes();
    expect(areSame(await read(version, "a.bin"), noise(100_000, 5))).toBe(true);
  });

  test("no remote has it: says where it was last", async () => {
    const version = await world.log({ "a.bin": noise(100_000, 6) });
    const { manifest } = await world.prepare(version);
    await world.loseBytes();
    const remote = createRemote(world.sync);
    const digest = manifest.files[0]?.digest as Digest;
    expect(await remote.locate(digest)).toBeNull();
    expect(await remote.lastKnown(digest)).toBeNull();
    await world.sync.db.put("folderCopies", {
      version: manifest.uid,
      folder: "backup",
      savedAt: "2026-03-01T12:00:00.000Z",
    });
    expect(await remote.lastKnown(digest)).toBe(
      "in the folder “backup”, where digits/net:v0 was saved on 2026-03-01",
    );
    expect(await refusalOf(read(version, "a.bin"))).toMatchObject({ code: "blob_missing" });
  });

  test("is forgotten with the version it was of", async () => {
    const version = await world.log({ "a.bin": noise(100_000, 7) });
    const { manifest } = await world.push(version);
    await withWrite(world.sync.db, ["remoteFiles"], (tx) =>
      deleteRemoteFiles(tx, world.remote.uid, manifest.uid),
    );
    expect(await createRemote(world.sync).locate(manifest.files[0]?.digest as Digest)).toBeNull();
  });
});

describe("all bytes of a scope", () => {
  test("come at once, packs as wholes, and are counted", async () => {
    const files = { ...smallFiles(300), "large.bin": noise(2_000_000, 8), "empty.txt": "" };
    const version = await world.log(files);
    const { manifest } = await world.push(version);
    await world.loseBytes();
    world.told.length = 0;
    await fetchVersion(version);
    const stored = manifest.files.reduce((sum, { size }) => sum + size, 0);
    expect(await world.stored()).toBe(stored);
    expect(world.told.at(-1)).toMatchObject({
      step: "fetching",
      subject: "digits/net:v0",
      doneFiles: 302,
      totalFiles: 302,
      doneBytes: stored,
      totalBytes: stored,
    });
    await testHub.clearRequests();
    await fetchVersion(version);
    for (const path of Object.keys(files)) await read(version, path);
    expect(await testHub.requests()).toEqual([]);
  });

  test("of a project are those of its artifacts", async () => {
    await world.push(await world.log({ "a.txt": "one" }, "first"));
    await world.push(await world.log({ "b.txt": "two" }, "second"));
    await world.push(await world.log({ "c.txt": "three" }, "first", "other"));
    await world.loseBytes();
    await fetchAll(world.sync, { kind: "project", project: "digits" }, world.meter, NEVER);
    expect(await world.stored()).toBe(6);
    const artifact = { kind: "artifact", project: "other", name: "first" } as const;
    await fetchAll(world.sync, artifact, world.meter, NEVER);
    expect(await world.stored()).toBe(11);
  });

  test("of a project that isn't here are none", async () => {
    await fetchAll(world.sync, { kind: "project", project: "nowhere" }, world.meter, NEVER);
    expect(world.told).toEqual([]);
  });

  test("leave out what no remote has", async () => {
    const version = await world.log({ "a.txt": "one" });
    await world.loseBytes();
    await fetchVersion(version);
    expect(await world.stored()).toBe(0);
  });

  test("come in spite of one that is gone there", async () => {
    const version = await world.log({ "a.txt": "one", "b.txt": "two", "c.txt": "three" });
    await world.push(version);
    const [key] = await world.sync.db.getAllKeys("remoteFiles");
    const [row] = await world.sync.db.getAll("remoteFiles");
    if (key === undefined || row === undefined) throw new Error("no row");
    const paths = row.paths.map((path) => path.replace("b.txt", "gone.txt"));
    await world.sync.db.put("remoteFiles", { ...row, paths }, key);
    await world.loseBytes();
    expect(await codeOf(fetchVersion(version))).toBe("remote_failed");
    expect(await world.stored()).toBe(8);
    expect(world.told.at(-1)).toMatchObject({ doneFiles: 2, doneBytes: 8, totalFiles: 2 });
  });

  test("go on after a fault", async () => {
    const version = await world.log({ "a.bin": noise(500_000, 9) });
    await world.push(version);
    await world.loseBytes();
    await testHub.setFaults({
      host: "storage",
      method: "GET",
      times: 2,
      action: { kind: "truncate", bytes: 100_000 },
    });
    await fetchVersion(version);
    expect(areSame(await read(version, "a.bin"), noise(500_000, 9))).toBe(true);
    expect(world.told.at(-1)).toMatchObject({ doneBytes: 500_000, totalBytes: 500_000 });
  });

  test("can be cancelled", async () => {
    const version = await world.log({ "a.bin": noise(500_000, 10) });
    await world.push(version);
    await world.loseBytes();
    await testHub.setFaults({
      host: "storage",
      method: "GET",
      action: { kind: "delay", ms: 600_000 },
    });
    const stop = new AbortController();
    const run = fetchVersion(version, stop.signal);
    await expect.poll(() => world.opened.length).toBe(1);
    stop.abort();
    expect(await codeOf(run)).toBe("aborted");
    expect(await world.stored()).toBe(0);
  });
});

describe("the copies of a version", () => {
  test("are those here, in folders, and in remotes", async () => {
    const version = await world.log({ "a.txt": "one", "b.txt": "three" });
    const { manifest } = await world.push(version);
    await world.sync.db.put("folderCopies", {
      version: manifest.uid,
      folder: "backup",
      savedAt: "2026-03-01T12:00:00.000Z",
    });
    const copies = await copiesOf(world.sync, version);
    expect(copies).toEqual({
      totalFiles: 2,
      totalBytes: 8,
      here: { files: 2, bytes: 8 },
      folders: [{ name: "backup", savedAt: "2026-03-01T12:00:00.000Z" }],
      remotes: [
        {
          uid: world.remote.uid,
          label: `the dataset ${world.remote.repo}`,
          files: 2,
          bytes: 8,
          seenAt: copies.remotes[0]?.seenAt,
          folder: "artifacts/digits/net/v0",
          url: `${testHub.url}/datasets/${world.remote.repo}/tree/main/artifacts/digits/net/v0`,
        },
      ],
    });
    await world.loseBytes();
    expect((await copiesOf(world.sync, version)).here).toEqual({ files: 0, bytes: 0 });
  });

  test("in a model repository have an address without a prefix", async () => {
    const version = await world.log({ "a.txt": "one" });
    await world.push(version);
    await world.sync.db.put("remotes", { ...world.remote, type: "model" });
    const { remotes } = await copiesOf(world.sync, version);
    expect(remotes[0]?.url).toBe(
      `${testHub.url}/${world.remote.repo}/tree/main/artifacts/digits/net/v0`,
    );
  });
});
