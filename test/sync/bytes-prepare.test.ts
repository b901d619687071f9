// What a remote is to hold of a version, worked out from the bytes here.
import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { HashPool } from "../../src/service/hash-pool.ts";
import { EMPTY_SHA256 } from "../../src/sync/remote-files.ts";
import { prepareVersion } from "../../src/sync/prepare.ts";
import { corrupt } from "../support/damage-bytes.ts";
import { codeOf } from "../support/errors.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import {
  areSame,
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
afterEach(() => world.close());

const sha256 = (bytes: string | Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

test("names each file by the SHA-256 of its bytes, in path order", async () => {
  const large = noise(100_000, 1);
  const version = await world.log({ "b.txt": "two", "a.bin": large, "c/d.txt": "three" });
  const { manifest, pointers, objects } = await world.prepare(version);
  expect(manifest.files.map(({ path, size, sha256: sum }) => [path, size, sum])).toEqual([
    ["a.bin", 100_000, sha256(large)],
    ["b.txt", 3, sha256("two")],
    ["c/d.txt", 5, sha256("three")],
  ]);
  expect(manifest).toMatchObject({ project: "digits", name: "net", number: 0, packs: [] });
  expect(pointers).toEqual([
    {
      path: "artifacts/digits/net/v0/a.bin",
      object: { sha256: sha256(large), sizeBytes: 100_000 },
    },
    { path: "artifacts/digits/net/v0/b.txt", object: { sha256: sha256("two"), sizeBytes: 3 } },
    { path: "artifacts/digits/net/v0/c/d.txt", object: { sha256: sha256("three"), sizeBytes: 5 } },
  ]);
  const bodies = await Promise.all(objects.map(({ body }) => body(NEVER)));
  const sums = await Promise.all(
    bodies.map(async (body) => sha256(new Uint8Array(await body.arrayBuffer()))),
  );
  expect(sums).toEqual(objects.map((object) => object.sha256));
});

test("an empty file is in the manifest only", async () => {
  const { manifest, pointers, objects } = await world.prepare(
    await world.log({ "empty.txt": "", "full.txt": "x" }),
  );
  expect(manifest.files.find(({ path }) => path === "empty.txt")).toMatchObject({
    size: 0,
    sha256: EMPTY_SHA256,
  });
  expect(pointers.map(({ path }) => path)).toEqual(["artifacts/digits/net/v0/full.txt"]);
  expect(objects).toHaveLength(1);
});

test("the same bytes under two paths are one object with two pointers", async () => {
  const { pointers, objects } = await world.prepare(
    await world.log({ "a.txt": "same", "b.txt": "same" }),
  );
  expect(pointers).toHaveLength(2);
  expect(objects).toHaveLength(1);
});

test("[M1] a SHA-256 is computed once per blob and per pack, and kept", async () => {
  const files = { ...smallFiles(300), "large.bin": noise(300_000, 2) };
  const version = await world.log(files);
  const first = await world.prepare(version);
  world.told.length = 0;
  const pool: HashPool = {
    ...world.sync.pool,
    sha256Blob: () => Promise.reject(new Error("hashed again")),
    digestsOfBlob: () => Promise.reject(new Error("hashed again")),
  };
  const hasher = {
    ...world.sync.hasher,
    sha256(): never {
      throw new Error("hashed again");
    },
  };
  const again = await prepareVersion(
    { ...world.sync, pool, hasher },
    { ...version, uid: first.manifest.uid, digest: first.manifest.digest },
    world.meter,
    NEVER,
  );
  expect(again.manifest).toEqual(first.manifest);
  expect(world.told.filter(({ step }) => step === "hashing")).toEqual([]);
});

test("says how much it hashes", async () => {
  await world.prepare(await world.log({ "a.bin": noise(100_000, 3), "b.txt": "small" }));
  const begin = world.told.find(({ step }) => step === "hashing");
  expect(begin).toMatchObject({ doneFiles: 0, totalFiles: 2, totalBytes: 100_005 });
  expect(world.told.at(-1)).toMatchObject({ doneFiles: 2, doneBytes: 100_005 });
});

test("many small files go in packs that tar reads", async () => {
  const version = await world.log({
    ...smallFiles(250),
    "naïve/ünïcode – 名前.txt": "hello",
    "empty.txt": "",
    "large.bin": noise(300_000, 4),
  });
  const { manifest, pointers, objects } = await world.prepare(version);
  const packPaths = manifest.packs.map(({ path }) => path);
  expect(pointers.map(({ path }) => path)).toEqual([
    "artifacts/digits/net/v0/large.bin",
    ...packPaths.map((path) => `artifacts/digits/net/v0/${path}`),
  ]);
  const packed = manifest.files.filter(({ pack }) => pack !== undefined);
  expect(packed).toHaveLength(251);
  const folder = await mkdtemp(join(tmpdir(), "cairn-pack-"));
  try {
    for (const [i, pack] of manifest.packs.entries()) {
      const body = await objects.find((object) => object.sha256 === pack.sha256)?.body(NEVER);
      const bytes = new Uint8Array((await body?.arrayBuffer()) ?? new ArrayBuffer(0));
      expect(sha256(bytes)).toBe(pack.sha256);
      expect(bytes.byteLength).toBe(pack.size);
      await writeFile(join(folder, pack.path), bytes);
      await promisify(execFile)("tar", ["-xf", pack.path], { cwd: folder });
      for (const { path, pack: place, size, sha256: sum } of packed) {
        if (place?.[0] !== i) continue;
        expect(sha256(bytes.subarray(place[1], place[1] + size))).toBe(sum);
        expect(sha256(await readFile(join(folder, path)))).toBe(sum);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a corrupt file is told, and its SHA-256 not kept [U4]", async () => {
  const version = await world.log({ "a.bin": noise(100_000, 5) });
  const [key] = await world.sync.db.getAllKeys("packBytes");
  if (key === undefined) throw new Error("nothing stored");
  await world.sync.db.put("packBytes", new Blob([noise(100_000, 6)]), key);
  expect(await codeOf(world.prepare(version))).toBe("digest_mismatch");
  expect(await world.sync.db.count("sha256s")).toBe(0);
});

test("bytes whose SHA-256 was kept are checked again before they are sent, those just hashed are not [U4]", async () => {
  const version = await world.log({ "a.bin": noise(100_000, 5), ...smallFiles(300) });
  const checks = vi.spyOn(world.sync.hasher, "hashBytes");
  const [first, again] = [await world.prepare(version), await world.prepare(version)];
  checks.mockClear();
  for (const { body } of first.objects) await body(NEVER);
  expect(checks).not.toHaveBeenCalled();
  for (const { body } of again.objects) await body(NEVER);
  expect(checks).toHaveBeenCalled();
  checks.mockRestore();
  for (const { digest } of again.manifest.files) await corrupt(world.sync.db, digest);
  for (const { body } of again.objects) expect(await codeOf(body(NEVER))).toBe("digest_mismatch");
});

test("what is not here is named by what a remote has, and nothing is fetched", async () => {
  const version = await world.log({ ...smallFiles(300), "large.bin": noise(300_000, 7) });
  const pushed = await world.push(version);
  await world.loseBytes();
  const again = await world.prepare(version);
  expect(again.manifest).toEqual(pushed.manifest);
  expect(again.pointers).toEqual(pushed.pointers);
  expect([...again.told].toSorted()).toEqual(
    [...pushed.manifest.files, ...pushed.manifest.packs].map((file) => file.sha256).toSorted(),
  );
  expect(world.opened).toEqual([]);
});

test("a pack whose members have other names there is not taken for the same", async () => {
  const before = await world.log(smallFiles(300));
  const pushed = await world.push(before);
  const renamed = Object.fromEntries(
    Object.entries(smallFiles(300)).map(([path, text]) => [path.replace("data/", "moved/"), text]),
  );
  const after = await world.log(renamed);
  await world.loseBytes();
  const { manifest, told } = await world.prepare(after);
  expect(manifest.packs[0]?.size).toBe(pushed.manifest.packs[0]?.size);
  expect(manifest.packs[0]?.sha256).not.toBe(pushed.manifest.packs[0]?.sha256);
  expect(told.has(manifest.packs[0]?.sha256 ?? "")).toBe(false);
  expect(world.opened.length).toBe(pushed.manifest.packs.length);
});

test("bytes that a remote has are fetched where another one lacks them", async () => {
  const version = await world.log({ "a.bin": noise(100_000, 8) });
  await world.push(version);
  await world.loseBytes();
  const { objects } = await world.prepare(version);
  const body = await objects[0]?.body(NEVER);
  const bytes = new Uint8Array((await body?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect(areSame(bytes, noise(100_000, 8))).toBe(true);
  expect(world.opened).toHaveLength(1);
});

test("bytes that are nowhere are told by their path", async () => {
  const version = await world.log({ "a.bin": noise(100_000, 9) });
  await world.loseBytes();
  expect(await codeOf(world.prepare(version))).toBe("blob_missing");
});

test("can be cancelled", async () => {
  const version = await world.log({ "a.bin": noise(100_000, 10) });
  const { manifest } = await world.prepare(version);
  await world.sync.db.clear("sha256s");
  const stop = new AbortController();
  vi.spyOn(world.sync.pool, "digestsOfBlob").mockImplementationOnce((_blob, signal) => {
    stop.abort();
    signal.throwIfAborted();
    return Promise.reject(new Error("went on"));
  });
  const run = prepareVersion(
    world.sync,
    { ...version, uid: manifest.uid, digest: manifest.digest },
    world.meter,
    stop.signal,
  );
  expect(await codeOf(run)).toBe("aborted");
});
