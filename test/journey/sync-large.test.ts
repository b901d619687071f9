// Much data, and a browser that dies in the middle of sending it: what arrived is not sent again, and somebody
// else gets exactly these bytes. CAIRN_BIG=1 sends a file of 1 GiB.
import { open, rm } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBLAKE3 } from "hash-wasm";
import { startHub, type TestHub } from "../hub/client.ts";
import type { LoggedRequest } from "../hub/server/request-log.ts";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, noise, type TempFolder } from "../support/fixtures.ts";
import { digestsBelow, log, openSheet, commit, savedZip, untilStaged } from "../support/pages.ts";
import {
  activityOf,
  connect,
  goTo,
  openRemote,
  uploadsIn,
  untilSynced,
} from "../support/sync-pages.ts";

const MIB = 1024 * 1024;
const BIG_BYTES = (process.env["CAIRN_BIG"] === "1" ? 1024 : 128) * MIB;
const PART_BYTES = 16 * MIB;
const PARTS = BIG_BYTES / PART_BYTES;
const SHARDS = 8;
const SMALL_FILES = 1000;
const REPO = "ada/much";
const smallSize = (i: number): number => 3000 + i;
/** In the shards and in tars of the small files: blocks of 512 bytes, the first for the name. */
const SMALL_BYTES = Array.from(
  { length: SMALL_FILES },
  (_, i) => 512 * (1 + Math.ceil(smallSize(i) / 512)),
).reduce((sum, bytes) => sum + bytes, SHARDS * MIB);

let hub: TestHub;
let sender: App;
let net: TempFolder;
let rows: TempFolder;
const took: Record<string, number> = {};

beforeAll(async () => {
  hub = await startHub();
  sender = await openApp();
  const shards = Array.from(
    { length: SHARDS },
    (_, i) => [`s${i}.bin`, noise(MIB, i + 50)] as const,
  );
  net = await makeFolder("net", Object.fromEntries(shards));
  await writeNoise(net.at("weights.bin"), BIG_BYTES);
  rows = await makeFolder(
    "rows",
    Object.fromEntries(
      Array.from({ length: SMALL_FILES }, (_, i) => [
        `d${i % 10}/f${i}.bin`,
        noise(smallSize(i), i + 1),
      ]),
    ),
  );
});
afterAll(async () => {
  await sender.close();
  await hub.stop();
  await net.remove();
  await rows.remove();
  if (process.env["CAIRN_BIG"] === "1") console.log(took);
});

test("a killed browser goes on inside the file, and sends nothing twice [S2]", async () => {
  const { page } = sender;
  await openSheet(page, [net.path]);
  await untilStaged(page);
  await commit(page, "net:v0");
  await log(page, [rows.path], "rows:v0");

  await hub.setFaults({
    host: "storage",
    method: "PUT",
    path: "partNumber=",
    nth: PARTS / 2 + 1,
    times: 0,
    action: { kind: "delay", ms: 3_600_000 },
  });
  const connected = performance.now();
  await connect(page, hub, {
    kind: "Dataset",
    repo: { isNew: true, name: "much" },
    projects: ["my-project"],
    keepsToken: true,
  });
  // The next parts go only when the former ones are written down.
  await expect
    .poll(async () => (await hub.requests()).filter(({ faults }) => faults.length > 0).length)
    .toBe(4);
  // All else goes beside them.
  const arrived = async (): Promise<readonly LoggedRequest[]> =>
    uploadsIn(await hub.requests()).filter(({ status }) => status === 200);
  await expect
    .poll(async () => {
      const small = (await arrived()).filter((request) => !isPart(request));
      return small.reduce((sum, { bytesIn }) => sum + bytesIn, 0);
    })
    .toBeGreaterThan(SMALL_BYTES);
  took["half"] = performance.now() - connected;
  await sender.killBrowser();
  const before = await arrived();
  expect(before.filter(isPart)).toHaveLength(PARTS / 2);

  await hub.clearFaults();
  await hub.clearRequests();
  const again = performance.now();
  await sender.reopen();
  await openRemote(sender.page);
  await untilSynced(sender.page);
  took["rest"] = performance.now() - again;
  const after = uploadsIn(await hub.requests());
  expect(after.filter(({ status }) => status !== 200)).toEqual([]);
  expect(after).toHaveLength(PARTS / 2);
  expect(after.every(isPart)).toBe(true);
  const places = [...before, ...after].map(({ path }) => path);
  expect(new Set(places).size).toBe(places.length);
  sender.expectNoConsoleErrors();
});

test("a fresh profile gets every byte as it was", async () => {
  const receiver = await openApp();
  const { page } = receiver;
  const started = performance.now();
  await connect(page, hub, {
    kind: "Dataset",
    repo: { isNew: false, name: REPO },
    projects: ["my-project"],
    keepsAll: true,
  });
  await untilSynced(page);
  took["pull"] = performance.now() - started;
  expect(await activityOf(page).innerText()).toBe("Up to date");
  // What is looked at now is here.
  await hub.setFaults({ times: 0, action: { kind: "drop-before" } });

  await goTo(page, "#/p/my-project/rows/v0");
  expect(await savedZip(page, "my-project/rows_v0")).toEqual(await digestsBelow(rows.path));
  await goTo(page, "#/p/my-project/net/v0");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download weights.bin" }).click(),
  ]);
  expect(await download.failure()).toBeNull();
  const path = await download.path();
  expect(await hashOf(path)).toBe(await hashOf(net.at("weights.bin")));
  await rm(path);
  await receiver.close();
});

function isPart({ path }: { readonly path: string }): boolean {
  return path.includes("partNumber=");
}

/** Bytes as `noise` gives, a piece at a time. */
async function writeNoise(path: string, byteLength: number): Promise<void> {
  const file = await open(path, "w");
  for (let at = 0; at < byteLength; at += PART_BYTES)
    await file.write(noise(PART_BYTES, at / PART_BYTES + 1));
  await file.close();
}

async function hashOf(path: string): Promise<string> {
  const hasher = await createBLAKE3();
  for await (const piece of createReadStream(path, { highWaterMark: 4 * MIB }))
    hasher.update(piece as Buffer);
  return hasher.digest("hex");
}
