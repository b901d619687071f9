// Sending begins while other bytes are still being hashed.
import "fake-indexeddb/auto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { CairnError, isCairnError } from "../../src/core/errors.ts";
import type { Hub } from "../../src/hub/hub.ts";
import { withSender } from "../../src/sync/head-start.ts";
import type { UploadObject } from "../../src/sync/upload-object.ts";
import { codeOf } from "../support/errors.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { NEVER, noise, openBytesWorld, type BytesWorld } from "./bytes-world.ts";

/** As many as are sent before all are known. */
const MANY = 100;

let testHub: TestHub;
let world: BytesWorld;

beforeAll(async () => {
  testHub = await startHub();
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

async function anObject(seed: number): Promise<UploadObject> {
  const body = new Blob([noise(500, seed)]);
  const sha256 = await world.sync.pool.sha256Blob(body, NEVER);
  return { name: `${seed}.bin`, sha256, sizeBytes: 500, body: () => Promise.resolve(body) };
}

function objects(count: number, from = 0): Promise<UploadObject[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => anObject(from + i)));
}

/** Of bytes that are gone from this browser. */
async function lostObject(seed: number): Promise<UploadObject> {
  const object = await anObject(seed);
  const body = (): Promise<Blob> =>
    Promise.reject(
      new CairnError("blob_missing", { digest: "", path: object.name, lastKnown: null }),
    );
  return { ...object, body };
}

async function requests(kind: "PUT" | "batch"): Promise<number> {
  const all = await testHub.requests();
  return all.filter(({ method, path }) =>
    kind === "PUT" ? method === "PUT" : path.endsWith("/objects/batch"),
  ).length;
}

test("many that are offered are sent before the last is known, and none twice", async () => {
  const [early, late] = [await objects(MANY), await objects(3, MANY)];
  const sent = await withSender(world, NEVER, async (sender) => {
    for (const object of early) sender.offer(object);
    await expect.poll(() => requests("PUT")).toBe(MANY);
    expect(world.told.filter(({ step }) => step === "uploading")).toEqual([]);
    return sender.send([...early, ...late]);
  });
  expect(sent).toEqual({ objects: MANY + 3, bytes: (MANY + 3) * 500 });
  expect([await requests("PUT"), await requests("batch")]).toEqual([MANY + 3, 2]);
  // Shown is what was left to do, and what was on its way.
  const { doneFiles, totalFiles, step } = world.told.at(-1) ?? {};
  expect([step, doneFiles]).toEqual(["uploading", totalFiles]);
  expect(totalFiles).toBeLessThan(MANY);
});

test("few are asked for together, once all are known", async () => {
  const few = await objects(3, 200);
  await withSender(world, NEVER, async (sender) => {
    for (const object of few.slice(0, 2)) sender.offer(object);
    expect(await sender.send(few)).toEqual({ objects: 3, bytes: 1500 });
    expect(await sender.send(few)).toEqual({ objects: 0, bytes: 0 });
  });
  expect(world.told.at(-1)).toMatchObject({ step: "uploading", doneFiles: 3, totalFiles: 3 });
  expect(await requests("PUT")).toBe(3);
});

test("one whose bytes are lost matters only when it is wanted", async () => {
  const [good, lost] = [await objects(MANY, 300), await lostObject(450)];
  await withSender(world, NEVER, async (sender) => {
    for (const object of [lost, ...good]) sender.offer(object);
    expect(await sender.send(good)).toMatchObject({ objects: MANY });
    const error: unknown = await sender.send([lost]).catch((thrown: unknown) => thrown);
    expect(isCairnError(error, "blob_missing")).toBe(true);
  });
});

test("what the hub refused is told when it is wanted, after as many tries as ever", async () => {
  const early = await objects(MANY, 500);
  await testHub.setFaults({
    path: "/objects/batch",
    times: 0,
    action: { kind: "status", status: 503 },
  });
  const error: unknown = await withSender(world, NEVER, (sender) => {
    for (const object of early) sender.offer(object);
    return sender.send(early);
  }).catch((thrown: unknown) => thrown);
  expect(isCairnError(error, "hub_failed") && error.data.kind).toBe("server");
  expect(world.pauses).toEqual([1000, 2000, 4000, 8000, 16_000]);
});

test("what is under way ends with the task", async () => {
  let [open, most] = [0, 0];
  const hub: Hub = {
    ...world.hub,
    upload: (_plan, _body, _before, _report, signal) =>
      new Promise((_resolve, reject) => {
        most = Math.max(most, ++open);
        signal.addEventListener("abort", () => {
          open -= 1;
          reject(new DOMException("ended", "AbortError"));
        });
      }),
  };
  const early = await objects(MANY, 700);
  const failure = withSender({ ...world, hub }, NEVER, async (sender) => {
    for (const object of early) sender.offer(object);
    await expect.poll(() => open).toBe(4);
    throw new Error("hashing failed");
  });
  await expect(failure).rejects.toThrow("hashing failed");
  expect([open, most]).toEqual([0, 4]);
});

test("cancelling ends it", async () => {
  const cancel = new AbortController();
  const early = await objects(MANY, 900);
  await testHub.setFaults({ method: "PUT", times: 0, action: { kind: "delay", ms: 60_000 } });
  const sending = withSender(world, cancel.signal, (sender) => {
    for (const object of early) sender.offer(object);
    return sender.send(early);
  });
  const ended = codeOf(sending);
  await expect.poll(() => requests("batch")).toBe(1);
  cancel.abort();
  expect(await ended).toBe("aborted");
});
