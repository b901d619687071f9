// A published Space: made from one browser's data, opened by a visitor who has nothing and may change nothing.
import "fake-indexeddb/auto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "../hub/client.ts";
import {
  changesOffered,
  listedFiles,
  openVisitor,
  publishBuild,
  type Visitor,
} from "../support/published-space.ts";
import { log } from "../support/service-harness.ts";
import { DIST } from "../support/server.ts";
import { makeRepo, openDevice, type Device } from "../sync/devices.ts";

let hub: TestHub;
let device: Device;
let visitor: Visitor;
let url = "";
let repo = "";

beforeAll(async () => {
  hub = await startHub();
  const target = await makeRepo(hub);
  repo = target.repo;
  device = await openDevice(target);
  await log(device.api, { "weights.txt": "0.1 0.2", "notes.md": "# First" }, logged("cnn"));
  await log(device.api, { "weights.txt": "0.3 0.4", "notes.md": "# First" }, logged("cnn"));
  await device.round();
  url = await publishBuild(device, "ada/nets-view");
  visitor = await openVisitor();
});
afterAll(async () => {
  await visitor.close();
  device.close();
  await hub.stop();
});

function logged(name: string): { project: string; name: string } {
  return { project: "digits", name };
}

test("the build's list names what the build wrote", async () => {
  const list = await listedFiles();
  const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
  const written = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(DIST, "/").length))
    .filter((path) => !path.startsWith("examples/"));
  expect(list.toSorted()).toEqual(written.toSorted());
});

test("a visitor sees what the repository holds, changes nothing, and needs no network the second time", async () => {
  const { context, watch } = visitor;
  const page = await context.newPage();
  await page.goto(url);
  const about = page.getByRole("complementary", { name: "About this page" });
  await expect.poll(() => about.innerText()).toContain(`the dataset ${repo}`);
  expect(await about.getByRole("link", { name: "Cairn" }).getAttribute("href")).toBe(
    "https://cairn.example/",
  );
  await page.getByRole("link", { name: /digits/ }).click();
  await page.getByRole("link", { name: /cnn/ }).click();
  await page.getByRole("heading", { name: "cnn:v1" }).waitFor();
  const address = page.url();
  // Bytes come when somebody asks for them.
  await page.getByText("weights.txt").click();
  await page.getByText("0.3 0.4").waitFor();
  expect(await changesOffered(page)).toEqual([]);
  await page.goto(`${url}#/trash`);
  await page.getByText("There is nothing at this address").waitFor();

  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  watch.expectNoErrors();
  await context.setOffline(true);
  await page.goto(address);
  await page.reload();
  await page.getByRole("heading", { name: "cnn:v1" }).waitFor();
  await page.getByText("weights.txt").click();
  await page.getByText("0.3 0.4").waitFor();
  await context.setOffline(false);
  await page.close();
});
