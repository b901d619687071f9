// Giving up local bytes that a remote has: never the last copy, and never what something else needs.
import "fake-indexeddb/auto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { DigestSet } from "../../src/core/digest-set.ts";
import type { VersionRef } from "../../src/core/records.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { EvictPlan, EvictScope } from "../../src/protocol/sync-api.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { evict, planEvict } from "../../src/sync/evict.ts";
import { deleteRemoteFiles } from "../../src/sync/remote-files.ts";
import { storedAmong } from "../../src/store/stored.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import { stageWhole } from "../support/service-harness.ts";
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

const only = (version: VersionRef): EvictScope => ({ kind: "version", version });
const evictNow = (scope: EvictScope, signal: AbortSignal = NEVER): Promise<EvictPlan> =>
  evict(world.sync, scope, world.meter, signal);

async function read({ project, name, number }: VersionRef, path: string): Promise<Uint8Array> {
  const blob = await world.harness.api.getFile(project, name, number, path);
  return new Uint8Array(await blob.arrayBuffer());
}

/** Whether the totals say what the packs hold. */
async function expectExactTotals(): Promise<void> {
  const bytes = await world.sync.db.getAll("packBytes");
  const held = bytes.reduce(
    (sum, part) => sum + (part instanceof Blob ? part.size : part.byteLength),
    0,
  );
  expect(await world.stored()).toBe(held);
}

test("[S2] frees what a remote has, and fetches it again when it is asked for", async () => {
  const files = { ...smallFiles(300), "large.bin": noise(300_000, 1), "empty.txt": "" };
  const version = await world.log(files);
  await world.push(version);
  const plan = await planEvict(world.sync, only(version));
  expect(plan).toEqual({ freedBytes: await world.stored(), files: 301, kept: [] });
  expect(await evictNow(only(version))).toEqual(plan);
  expect(await world.stored()).toBe(0);
  await expectExactTotals();
  expect(areSame(await read(version, "large.bin"), noise(300_000, 1))).toBe(true);
  expect(await read(version, "data/part-00007.txt")).toEqual(
    new TextEncoder().encode(" row 7 ".repeat(20)),
  );
  const [event] = await world.harness.api.listEvents({ limit: 1 });
  expect(event).toMatchObject({
    kind: "bytes-freed",
    subject: "digits/net:v0",
    after: { freedBytes: plan.freedBytes },
  });
});

test("[S2] keeps what was never synced: the last copy", async () => {
  const version = await world.log({ "a.txt": "alone" });
  expect(await planEvict(world.sync, only(version))).toEqual({
    freedBytes: 0,
    files: 0,
    kept: [{ why: "not-there", bytes: 5 }],
  });
  expect(await refusalOf(evictNow(only(version)))).toEqual({
    code: "only_copy",
    data: { name: "digits/net:v0" },
  });
  expect(await world.stored()).toBe(5);
});

test("keeps what a version that isn't synced uses, too", async () => {
  const synced = await world.log({ "shared.txt": "shared", "own.txt": "own" });
  await world.log({ "shared.txt": "shared" }, "private");
  await world.push(synced);
  expect(await evictNow(only(synced))).toEqual({
    freedBytes: 3,
    files: 1,
    kept: [{ why: "used-elsewhere", bytes: 6 }],
  });
  expect(await world.stored()).toBe(6);
  await expectExactTotals();
  expect(new TextDecoder().decode(await read(synced, "shared.txt"))).toBe("shared");
  expect(world.opened).toEqual([]);
});

test("keeps what the trash has from here alone", async () => {
  const synced = await world.log({ "shared.txt": "shared" });
  const trashed = await world.log({ "shared.txt": "shared", "b.txt": "b" }, "private");
  await world.push(synced);
  await world.harness.api.deleteVersions(
    { kind: "artifact", project: trashed.project, name: trashed.name },
    [],
  );
  expect((await planEvict(world.sync, only(synced))).kept).toEqual([
    { why: "used-elsewhere", bytes: 6 },
  ]);
});

test("[D3] keeps what a draft builds on", async () => {
  const version = await world.log({ "a.txt": "shared" });
  await world.push(version);
  const draft = await stageWhole(world.harness.api, { "b.txt": "shared" });
  expect(await evictNow(only(version))).toEqual({
    freedBytes: 0,
    files: 0,
    kept: [{ why: "used-elsewhere", bytes: 6 }],
  });
  await world.harness.api.cancelIngest(draft.ingest);
  expect(await evictNow(only(version))).toMatchObject({ freedBytes: 6 });
});

test("keeps what another project shall have here", async () => {
  const version = await world.log({ "a.txt": "shared" });
  const other = await world.log({ "b.txt": "shared" }, "net", "kept");
  await world.push(version);
  await world.push(other);
  const project = { name: other.project, keepLocal: true, never: [] };
  await world.sync.db.put("remotes", {
    ...world.remote,
    scope: { projects: [project], registries: [] },
  });
  expect((await planEvict(world.sync, only(version))).kept).toEqual([
    { why: "used-elsewhere", bytes: 6 },
  ]);
  // Of the project itself everything stays: the next round would bring it back.
  const kept = [{ why: "kept-here", bytes: 6 }];
  expect(await planEvict(world.sync, only(other))).toEqual({ freedBytes: 0, files: 0, kept });
  expect(await evictNow(only(other))).toEqual({ freedBytes: 0, files: 0, kept });
});

test("[S2] asks the remote now: what was deleted there meanwhile stays", async () => {
  const [first, second] = [
    await world.log({ "a.txt": "one", "b.bin": noise(100_000, 2) }),
    await world.log({ "c.txt": "three" }),
  ];
  await world.push(first);
  await world.push(second);
  const { commit: parent } = await world.hub.readHead(INDEX_PATH, NEVER);
  const ops = [{ kind: "delete-folder", path: "artifacts/digits/net/v0" } as const];
  await world.hub.commit({ title: "gone", description: "", ops, parent }, NEVER);
  expect(await codeOf(evictNow(only(first)))).toBe("only_copy");
  const all = await evictNow({ kind: "artifact", project: "digits", name: "net" });
  expect(all).toEqual({
    freedBytes: 5,
    files: 1,
    kept: [{ why: "not-there", bytes: 100_003 }],
  });
});

test("[S2] doesn't believe what others say of the bytes: it compares with its own", async () => {
  const version = await world.log({ "a.txt": "right" });
  const { manifest } = await world.push(version);
  const other = new Blob(["wrong"]);
  const sha256 = await world.sync.pool.sha256Blob(other, NEVER);
  const object = { sha256, sizeBytes: 5 };
  const [plan] = await world.hub.planUploads([object], NEVER);
  if (plan === undefined || plan.kind === "present") throw new Error("expected an upload");
  const report = { onSent: () => undefined, onPart: () => Promise.resolve() };
  await world.hub.upload(plan, other, null, report, NEVER);
  const { commit: parent } = await world.hub.readHead(INDEX_PATH, NEVER);
  const path = "artifacts/digits/net/v0/a.txt";
  const ops = [{ kind: "pointer", path, object } as const];
  await world.hub.commit({ title: "other bytes", description: "", ops, parent }, NEVER);
  const rows = await world.sync.db.getAll("remoteFiles");
  for (const row of rows)
    await world.sync.db.put("remoteFiles", { ...row, sha256s: [sha256] }, [
      world.remote.uid,
      manifest.uid,
      0,
    ]);
  // Not even what was computed before the bytes came is needed.
  await world.sync.db.clear("sha256s");
  expect(await codeOf(evictNow(only(version)))).toBe("only_copy");
  expect(await world.stored()).toBe(5);
});

test("[S2] a pack that can't be put together here vouches for nothing", async () => {
  const packed = await world.log(smallFiles(300));
  await world.push(packed);
  await world.loseBytes();
  const few = await world.log(smallFiles(5), "few");
  await world.push(few);
  expect(await planEvict(world.sync, only(packed))).toMatchObject({ files: 5 });
  expect(await codeOf(evictNow(only(packed)))).toBe("only_copy");
  // By files of their own they can go.
  expect(await evictNow(only(few))).toMatchObject({ files: 5, kept: [] });
});

test("looks again when it frees: a version logged meanwhile keeps its bytes", async () => {
  const version = await world.log({ "a.txt": "shared", "b.txt": "own" });
  await world.push(version);
  const hub = world.sync.openHub(world.remote);
  const racing = {
    ...world.sync,
    openHub: () => ({
      ...hub,
      async pathsInfo(...args: Parameters<typeof hub.pathsInfo>) {
        await world.log({ "c.txt": "shared" }, "private");
        return hub.pathsInfo(...args);
      },
    }),
  };
  expect(await evict(racing, only(version), world.meter, NEVER)).toEqual({
    freedBytes: 3,
    files: 1,
    kept: [{ why: "used-elsewhere", bytes: 6 }],
  });
  expect(await world.stored()).toBe(6);
});

test("a remote that forgot the version since frees nothing", async () => {
  const version = await world.log({ "a.txt": "one" });
  const { manifest } = await world.push(version);
  await withWrite(world.sync.db, ["remoteFiles"], (tx) =>
    deleteRemoteFiles(tx, world.remote.uid, manifest.uid),
  );
  expect(await codeOf(evictNow(only(version)))).toBe("only_copy");
});

test("offline nothing goes", async () => {
  const version = await world.log({ "a.txt": "one" });
  await world.push(version);
  await world.sync.db.put("remotes", { ...world.remote, hubUrl: "http://127.0.0.1:9" });
  expect(await refusalOf(evictNow(only(version)))).toMatchObject({
    code: "hub_failed",
    data: { kind: "offline" },
  });
  expect(await world.stored()).toBe(3);
});

test("what was given up once is nothing to give up", async () => {
  const version = await world.log({ "a.txt": "one" });
  await world.push(version);
  await evictNow(only(version));
  const nothing = { freedBytes: 0, files: 0, kept: [] };
  expect(await planEvict(world.sync, only(version))).toEqual(nothing);
  expect(await evictNow(only(version))).toEqual(nothing);
});

test("can be cancelled, and then nothing is gone", async () => {
  const version = await world.log({ "a.txt": "one" });
  await world.push(version);
  const stop = new AbortController();
  stop.abort();
  expect(await codeOf(evictNow(only(version), stop.signal))).toBe("aborted");
  expect(await world.stored()).toBe(3);
});

test("what stays in a pack moves together", async () => {
  const shared = smallFiles(10);
  const synced = await world.log({ ...smallFiles(100, "own"), ...keyed(shared) });
  await world.log(shared, "private");
  await world.push(synced);
  await evictNow(only(synced));
  await expectExactTotals();
  const packs = await world.sync.db.getAll("packs");
  expect(packs.every(({ holeBytes }) => holeBytes === undefined)).toBe(true);
  const all = new DigestSet();
  for (const { digests } of packs) for (const digest of digests) all.add(digest);
  const stored = await withRead(world.sync.db, ["packs", "ingests"], (tx) => storedAmong(tx, all));
  expect(stored.size).toBe(10);
  for (const [path, text] of Object.entries(shared))
    expect(new TextDecoder().decode(await read(synced, `shared/${path}`))).toBe(text);
  expect(world.opened).toEqual([]);
});

/** The same files in a folder. */
function keyed(files: ReturnType<typeof smallFiles>): ReturnType<typeof smallFiles> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [`shared/${path}`, content]),
  );
}
