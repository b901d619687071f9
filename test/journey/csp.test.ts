// Who may talk to other hosts: the page never, the workers that sync do. Where we send headers, and where nobody does.
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium, type Browser, type Page, type Worker } from "playwright-core";
import { preview, type PreviewServer } from "vite";
import { BROWSER_ARGS, bringBrowser } from "../../scripts/find-browser.mjs";
import { startHub, type TestHub } from "../hub/client.ts";
import { startServer, type StaticServer } from "../support/server.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

let hub: TestHub;
let browser: Browser;
let plain: StaticServer;
let ours: PreviewServer;

beforeAll(async () => {
  hub = await startHub();
  browser = await chromium.launch({ executablePath: await bringBrowser(), args: BROWSER_ARGS });
  plain = await startServer();
  ours = await preview({ root: ROOT, logLevel: "error", preview: { port: 0 } });
});
afterAll(async () => {
  await browser.close();
  await plain.stop();
  await ours.close();
  await hub.stop();
});

const hosts: readonly (readonly [string, () => string])[] = [
  ["a host without headers", () => plain.url],
  ["our own server", () => ours.resolvedUrls?.local[0] ?? ""],
];

/** Asks the hub something anybody may; `null` where the policy forbids it. */
async function ask(where: Page | Worker): Promise<number | null> {
  const url = `${hub.url}/api/whoami-v2`;
  const run = (address: string): Promise<number | null> =>
    fetch(address).then(
      ({ status }) => status,
      () => null,
    );
  return "context" in where ? where.evaluate(run, url) : where.evaluate(run, url);
}

async function workerOf(page: Page, name: string): Promise<Worker> {
  const isIt = (worker: Worker): boolean => worker.url().includes(`/${name}.worker-`);
  return page.workers().find(isIt) ?? page.waitForEvent("worker", { predicate: isIt });
}

test.each(hosts)("on %s the page reaches no hub, and the workers that sync do", async (_, url) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url());
  const store = await workerOf(page, "store");
  expect(await ask(page)).toBeNull();
  expect(await ask(store)).toBe(401);
  await page.evaluate(() => (location.hash = "#/sync"));
  expect(await ask(await workerOf(page, "sync"))).toBe(401);
  await context.close();
});

test("on our own server a worker that has no business with hubs reaches none", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(ours.resolvedUrls?.local[0] ?? "");
  await workerOf(page, "store");
  expect(await ask(await workerOf(page, "hash"))).toBeNull();
  await context.close();
});
