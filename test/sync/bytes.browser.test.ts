// The bytes of syncing in a real browser: stored Blobs go out by XMLHttpRequest, streams come back into the store.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import type { VersionRef } from "../../src/core/records.ts";
import { evict } from "../../src/sync/evict.ts";
import { fetchAll } from "../../src/sync/fetch-all.ts";
import { uploadObjects } from "../../src/sync/upload-objects.ts";
import type { TestHub } from "../hub/client.ts";
import { startHubFromPage } from "../support/hub-from-page.ts";
import {
  areSame,
  NEVER,
  noise,
  openBytesWorld,
  smallFiles,
  type BytesWorld,
} from "./bytes-world.ts";

const MIB = 1024 * 1024;
let testHub: TestHub;
let world: BytesWorld;

beforeAll(async () => {
  testHub = await startHubFromPage({ limits: { multipartFromBytes: 8 * MIB, partBytes: 2 * MIB } });
});
afterAll(() => testHub.stop());
beforeEach(async () => {
  world = await openBytesWorld(testHub);
});
afterEach(async () => {
  await testHub.clearFaults();
  world.close();
});

async function read({ project, name, number }: VersionRef, path: string): Promise<Blob> {
  return world.harness.api.getFile(project, name, number, path);
}

test("[S2 U5] a version goes out, its bytes are given up, and all come back", async () => {
  const large = noise(24 * MIB, 1);
  const files = { ...smallFiles(1500), "large.bin": large, "middle.bin": noise(MIB, 2) };
  const version = await world.log(files);
  const stored = await world.stored();
  const { objects } = await world.push(version);
  const scope = { kind: "version", version } as const;
  const plan = await evict(world.sync, scope, world.meter, NEVER);
  expect(plan).toEqual({ freedBytes: stored, files: 1502, kept: [] });
  expect(await world.sync.db.count("packBytes")).toBe(0);
  await fetchAll(world.sync, scope, world.meter, NEVER);
  expect(world.opened).toHaveLength(objects.length);
  expect(await world.stored()).toBe(stored);
  const back = new Uint8Array(await (await read(version, "large.bin")).arrayBuffer());
  expect(areSame(back, large)).toBe(true);
  expect(await (await read(version, "data/part-00042.txt")).text()).toBe(" row 42 ".repeat(20));
  expect(world.told.at(-1)).toMatchObject({ step: "fetching", doneFiles: 1502 });
});

test("a large file goes on where it was when it was cut off", async () => {
  const version = await world.log({ "large.bin": noise(24 * MIB, 3) });
  const { objects } = await world.prepare(version);
  const upload = (signal: AbortSignal): ReturnType<typeof uploadObjects> =>
    uploadObjects(world, objects, signal);
  await testHub.setFaults({
    method: "PUT",
    path: "partNumber=9$",
    action: { kind: "delay", ms: 600_000 },
  });
  const cut = new AbortController();
  const run = upload(cut.signal).catch((error: unknown) => error);
  await expect
    .poll(async () => (await world.sync.db.getAll("uploads"))[0]?.etags.size ?? 0)
    .toBe(11);
  cut.abort();
  expect(isCairnError(await run, "aborted")).toBe(true);
  await testHub.clearRequests();
  expect(await upload(NEVER)).toEqual({ objects: 1, bytes: 24 * MIB });
  const puts = (await testHub.requests()).filter(({ method }) => method === "PUT");
  expect(puts).toHaveLength(1);
  const [plan] = await world.hub.planUploads(objects, NEVER);
  expect(plan?.kind).toBe("present");
});
