// A published Space: made from one browser's data, opened by a visitor who has nothing and may change nothing.
import "fake-indexeddb/auto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { BROWSER_ARGS, bringBrowser } from "../../scripts/find-browser.mjs";
import type { PublishRequest } from "../../src/protocol/sync-api.ts";
import { createMeter } from "../../src/sync/meter.ts";
import { publishSpace } from "../../src/sync/publish.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { log } from "../support/service-harness.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { DIST } from "../support/server.ts";
import { watchConsole, type ConsoleWatch } from "../support/console-watch.ts";
import { makeRepo, NEVER, openDevice, type Device } from "../sync/devices.ts";

let hub: TestHub;
let device: Device;
let context: BrowserContext;
let watch: ConsoleWatch;
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
  const meter = createMeter(
    () => undefined,
    () => 0,
  );
  const request: PublishRequest = {
    space: "ada/nets-view",
    title: "Nets",
    home: "https://cairn.example/",
    files: await builtFiles(),
  };
  ({ url } = await publishSpace(device.sync, await device.row(), request, meter, NEVER));
  const browser = await chromium.launch({
    executablePath: await bringBrowser(),
    args: BROWSER_ARGS,
  });
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  watch = await watchConsole(context);
});
afterAll(async () => {
  await context.browser()?.close();
  device.close();
  await hub.stop();
});

function logged(name: string): { project: string; name: string } {
  return { project: "digits", name };
}

/** As the page gathers them: by the build's own list. */
async function builtFiles(): Promise<PublishRequest["files"]> {
  const list = JSON.parse(await readFile(join(DIST, "app-files.json"), "utf8")) as string[];
  return Promise.all(
    list.map(async (path) => ({ path, body: new Blob([await readFile(join(DIST, path))]) })),
  );
}

test("the build's list names what the build wrote", async () => {
  const list = JSON.parse(await readFile(join(DIST, "app-files.json"), "utf8")) as string[];
  const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
  const written = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(DIST, "/").length))
    .filter((path) => !path.startsWith("examples/"));
  expect(list.toSorted()).toEqual(written.toSorted());
});

test("a visitor sees what the repository holds, changes nothing, and needs no network the second time", async () => {
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
  await expectNothingToChange(page);
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

/** None of the controls that change something are there. */
async function expectNothingToChange(page: Page): Promise<void> {
  const names = /^(Add|Edit|Delete|Link|Undo|Remove|Restore|Pin|Move|Create|Sync|Trash|Profile)\b/;
  await page.getByRole("button", { name: "More" }).click();
  for (const role of ["button", "menuitem", "link"] as const)
    expect(await page.getByRole(role, { name: names }).allInnerTexts()).toEqual([]);
  await page.keyboard.press("Escape");
}
