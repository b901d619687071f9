// Uploading to a real test hub: what is sent, how often, and what becomes of it when things go wrong.
import "fake-indexeddb/auto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import { CairnError, isCairnError } from "../../src/core/errors.ts";
import type { Hub } from "../../src/hub/hub.ts";
import type { UploadObject } from "../../src/sync/upload-object.ts";
import { uploadObjects } from "../../src/sync/upload-objects.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { NEVER, noise, openBytesWorld, type BytesWorld } from "./bytes-world.ts";

const PART = 100_000;
let testHub: TestHub;
let world: BytesWorld;

beforeAll(async () => {
  testHub = await startHub({ limits: { multipartFromBytes: 250_000, partBytes: PART } });
});
afterAll(() => testHub.stop());
beforeEach(async () => {
  world = await openBytesWorld(testHub);
  await testHub.clearRequests();
});
afterEach(async () => {
  await testHub.clearFaults();
  world.close();
});

/** An object of noise, and how often its bytes were asked for. */
async function anObject(
  sizeBytes: number,
  seed: number,
): Promise<UploadObject & { readonly reads: () => number }> {
  const body = new Blob([noise(sizeBytes, seed)]);
  const sha256 = await world.sync.pool.sha256Blob(body, NEVER);
  let reads = 0;
  return {
    name: `noise-${seed}`,
    sha256,
    sizeBytes,
    reads: () => reads,
    body: () => {
      reads += 1;
      return Promise.resolve(body);
    },
  };
}

const upload = (
  objects: readonly UploadObject[],
  signal: AbortSignal = NEVER,
): ReturnType<typeof uploadObjects> => uploadObjects(world, objects, signal);

async function puts(): Promise<number> {
  return (await testHub.requests()).filter(({ method }) => method === "PUT").length;
}

async function arePresent(objects: readonly UploadObject[]): Promise<boolean> {
  const plans = await world.hub.planUploads(objects, NEVER);
  return plans.every(({ kind }) => kind === "present");
}

test("[S2] sends only what the repository lacks, each once", async () => {
  const [first, second] = [await anObject(1000, 1), await anObject(2000, 2)];
  expect(await upload([first])).toEqual({ objects: 1, bytes: 1000 });
  expect(await upload([first, second, second])).toEqual({ objects: 1, bytes: 2000 });
  expect(await puts()).toBe(2);
  expect(first.reads()).toBe(1);
  expect(await upload([first, second])).toEqual({ objects: 0, bytes: 0 });
  expect(await puts()).toBe(2);
  expect(await arePresent([first, second])).toBe(true);
});

test("nothing to upload asks nothing", async () => {
  expect(await upload([])).toEqual({ objects: 0, bytes: 0 });
  expect(await testHub.requests()).toEqual([]);
});

test("no more than four hold their bytes at once, small ones first", async () => {
  const objects = await Promise.all(
    Array.from({ length: 12 }, (_, i) => anObject(1000 * (12 - i), 100 + i)),
  );
  let open = 0;
  let most = 0;
  const order: number[] = [];
  const counted = objects.map((object) => ({
    ...object,
    async body(signal: AbortSignal) {
      most = Math.max(most, ++open);
      order.push(object.sizeBytes);
      return object.body(signal);
    },
  }));
  const hub = {
    ...world.hub,
    async upload(...args: Parameters<typeof world.hub.upload>) {
      await world.hub.upload(...args);
      open -= 1;
    },
  };
  await uploadObjects({ ...world, hub }, counted, NEVER);
  expect(most).toBe(4);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test("a fault of the storage passes, and the count stays right", async () => {
  const object = await anObject(50_000, 3);
  // The client tries four times by itself; the fifth comes after a new plan.
  await testHub.setFaults({
    method: "PUT",
    times: 5,
    action: { kind: "drop-before", bodyBytes: 20_000 },
  });
  expect(await upload([object])).toEqual({ objects: 1, bytes: 50_000 });
  expect(world.pauses).toEqual([1000]);
  expect(world.told.at(-1)).toMatchObject({ doneBytes: 50_000, totalBytes: 50_000, doneFiles: 1 });
});

test("an upload whose answer was lost is not sent again", async () => {
  const object = await anObject(50_000, 4);
  await testHub.setFaults({ method: "PUT", times: 1, action: { kind: "drop-after" } });
  const hub = {
    ...world.hub,
    // One try, as if the client had none of its own.
    async upload(...args: Parameters<typeof world.hub.upload>) {
      await world.hub.upload(...args);
      throw lost();
    },
  };
  await uploadObjects({ ...world, hub }, [object], NEVER);
  expect(await puts()).toBe(2);
  expect(object.reads()).toBe(1);
  expect(world.told.at(-1)).toMatchObject({ doneBytes: 50_000, doneFiles: 1, totalFiles: 1 });
});

test("an address that is over is asked for anew", async () => {
  const object = await anObject(50_000, 5);
  await testHub.setFaults({ method: "PUT", times: 1, action: { kind: "status", status: 403 } });
  expect(await upload([object])).toEqual({ objects: 1, bytes: 50_000 });
  const batches = (await testHub.requests()).filter(({ path }) => path.endsWith("/objects/batch"));
  expect(batches).toHaveLength(2);
});

test("gives up after five more tries, with longer and longer pauses", async () => {
  const object = await anObject(1000, 6);
  await testHub.setFaults({ method: "PUT", times: 0, action: { kind: "status", status: 503 } });
  let [counted, most] = [0, 0];
  const meter = {
    ...world.meter,
    addBytes(bytes: number) {
      counted += bytes;
      most = Math.max(most, counted);
    },
  };
  const error: unknown = await uploadObjects({ ...world, meter }, [object], NEVER).catch(
    (thrown: unknown) => thrown,
  );
  expect(isCairnError(error, "hub_failed") && error.data.kind).toBe("server");
  expect(world.pauses).toEqual([1000, 2000, 4000, 8000, 16_000]);
  expect([most, counted]).toEqual([1000, 0]);
});

test("a full repository is told at once", async () => {
  const object = await anObject(1000, 7);
  await testHub.setFaults({
    path: "/objects/batch",
    times: 0,
    action: {
      kind: "status",
      status: 403,
      body: JSON.stringify({ error: "Repository storage limit reached (Max: 1 GB)" }),
    },
  });
  const error: unknown = await upload([object]).catch((thrown: unknown) => thrown);
  expect(isCairnError(error, "hub_failed") && error.data.kind).toBe("full");
  expect(world.pauses).toEqual([]);
});

test("the first failure ends the others", async () => {
  const [bad, good] = [await anObject(2000, 8), await anObject(1000, 9)];
  const begun = deferred();
  let ended = false;
  const hub: Hub = {
    ...world.hub,
    upload(_plan, _body, _before, _report, signal) {
      begun.resolve();
      return new Promise<void>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          ended = true;
          reject(new DOMException("ended", "AbortError"));
        });
      });
    },
  };
  const failing: UploadObject = {
    ...bad,
    async body() {
      await begun.promise;
      throw new Error("unreadable");
    },
  };
  const run = uploadObjects({ ...world, hub }, [good, failing], NEVER);
  await expect(run).rejects.toThrow("unreadable");
  expect(ended).toBe(true);
});

test("a large object goes in parts, and goes on where it was after a crash", async () => {
  const object = await anObject(950_000, 10);
  const crash = new AbortController();
  await testHub.setFaults({
    method: "PUT",
    path: "partNumber=8",
    times: 1,
    action: { kind: "delay", ms: 600_000 },
  });
  const run = upload([object], crash.signal).catch((thrown: unknown) => thrown);
  await expect
    .poll(async () => (await world.sync.db.getAll("uploads"))[0]?.etags.size ?? 0)
    .toBeGreaterThanOrEqual(6);
  crash.abort();
  expect(isCairnError(await run, "aborted")).toBe(true);
  const kept = (await world.sync.db.getAll("uploads"))[0]?.etags.size ?? 0;
  await testHub.clearRequests();
  world.told.length = 0;
  expect(await upload([object])).toEqual({ objects: 1, bytes: 950_000 });
  expect(await puts()).toBe(10 - kept);
  expect(await world.sync.db.count("uploads")).toBe(0);
  expect(await arePresent([object])).toBe(true);
  const last = world.told.at(-1);
  expect(last?.doneBytes).toBe(last?.totalBytes);
  expect(last?.totalBytes).toBeLessThanOrEqual(350_000);
});

test("kept parts whose addresses are over are sent anew", async () => {
  const object = await anObject(350_000, 11);
  const [plan] = await world.hub.planUploads([object], NEVER);
  if (plan?.kind !== "multipart") throw new Error("expected parts");
  await world.sync.db.put(
    "uploads",
    {
      chunkBytes: plan.chunkBytes,
      sizeBytes: object.sizeBytes,
      urls: plan.urls.map((url) => url.replace(/upload\/[^?]+/, "upload/gone")),
      completionUrl: plan.completionUrl,
      etags: new Map([[0, '"gone"']]),
      startedAt: world.sync.now(),
    },
    [world.remote.uid, object.sha256],
  );
  expect(await upload([object])).toEqual({ objects: 1, bytes: 350_000 });
  expect(await arePresent([object])).toBe(true);
  expect(await world.sync.db.count("uploads")).toBe(0);
  expect(world.told.at(-1)).toMatchObject({ doneBytes: 350_000, totalBytes: 350_000 });
});

test("parts that were never what they seemed are sent anew", async () => {
  const object = await anObject(350_000, 12);
  await testHub.setFaults({
    method: "PUT",
    path: "partNumber=2",
    times: 1,
    action: { kind: "wrong-etag" },
  });
  expect(await upload([object])).toEqual({ objects: 1, bytes: 350_000 });
  expect(await arePresent([object])).toBe(true);
});

test("uploads of days ago are forgotten", async () => {
  const row = {
    chunkBytes: PART,
    sizeBytes: 10,
    urls: [],
    completionUrl: "",
    etags: new Map(),
    startedAt: "2020-01-01T00:00:00.000Z",
  };
  await world.sync.db.put("uploads", row, [world.remote.uid, "a"]);
  await world.sync.db.put("uploads", row, ["another", "a"] as never);
  await upload([await anObject(10, 13)]);
  expect(await world.sync.db.getAllKeys("uploads")).toEqual([["another", "a"]]);
});

test("cancelled before it began, it asks nothing", async () => {
  const stop = new AbortController();
  stop.abort();
  const error: unknown = await upload([await anObject(10, 14)], stop.signal).catch(
    (thrown: unknown) => thrown,
  );
  expect(isCairnError(error, "aborted")).toBe(true);
  expect(await puts()).toBe(0);
});

function lost(): Error {
  return new CairnError("hub_failed", {
    remote: "the dataset",
    kind: "offline",
    detail: "",
    requestId: null,
  });
}
