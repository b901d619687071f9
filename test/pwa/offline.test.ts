import { afterEach, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { cacheNames, untilOffline } from "../support/service-worker.ts";

let app: App | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const isShown = (page: App["page"]): Promise<number> => page.locator("#app > *").count();

test("after one visit the app opens with the server stopped, also in a new browser", async () => {
  app = await openApp({ basePath: "/sub/" });
  await untilOffline(app.page);
  await app.server.stop();

  await app.page.reload();
  await expect.poll(() => isShown(app!.page)).toBeGreaterThan(0);
  app.expectNoConsoleErrors();

  await app.killBrowser();
  const page = await app.reopen();
  await expect.poll(() => isShown(page)).toBeGreaterThan(0);
  await page.goto(`${app.url}index.html?source=link#/`);
  await expect.poll(() => isShown(page)).toBeGreaterThan(0);
  app.expectNoConsoleErrors();
});

test("every built file is there with the server stopped", async () => {
  app = await openApp({ isFirstVisit: true });
  await untilOffline(app.page);
  const [build = ""] = await cacheNames(app.page);
  const kept = await app.page.evaluate(async (name) => {
    const requests = await (await caches.open(name)).keys();
    return requests.map((request) => request.url);
  }, build);
  await app.server.stop();
  const failed = await app.page.evaluate(async (urls) => {
    const answers = await Promise.all(
      urls.map(async (url) => ({ url, ok: (await fetch(url)).ok })),
    );
    return answers.filter(({ ok }) => !ok);
  }, kept);
  expect(failed).toEqual([]);
  for (const part of [
    "store.worker",
    "hash.worker",
    "manifest.webmanifest",
    "icons/",
    "favicon.svg",
    ".css",
  ])
    expect(
      kept.some((url) => url.includes(part)),
      part,
    ).toBe(true);
});
