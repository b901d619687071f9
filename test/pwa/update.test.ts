import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { DIST } from "../support/server.ts";
import {
  buildsOfWorkers,
  cacheNames,
  shownBuild,
  untilNoneWaits,
  untilOffline,
  untilUpdateWaits,
} from "../support/service-worker.ts";

let app: App;
let next: string;
beforeEach(async () => {
  next = await mkdtemp(join(tmpdir(), "cairn-next-"));
  app = await openApp({ isFirstVisit: true });
});
afterEach(async () => {
  await app.close();
  await rm(next, { recursive: true, force: true });
});

/** A build that differs from the one in dist/ in its page's title and version. */
async function makeBuild(title: string): Promise<string> {
  const folder = join(next, title);
  await cp(DIST, folder, { recursive: true });
  const replace = async (file: string, from: RegExp, to: string): Promise<void> => {
    const text = await readFile(join(folder, file), "utf8");
    expect(text).toMatch(from);
    await writeFile(join(folder, file), text.replace(from, to));
  };
  await replace("index.html", /<title>.*<\/title>/, `<title>${title}</title>`);
  await replace("index.html", /(name="build" content=)"\w+"/, `$1"${title}"`);
  await replace("sw.js", /"version":"\w+"/, `"version":"${title}"`);
  return folder;
}

const buildOf = (page: Page): Promise<string | null> =>
  page.evaluate(
    () => document.querySelector('meta[name="build"]')?.getAttribute("content") ?? null,
  );
/** A question put to a page while it reloads may never be answered; a locator asks again. */
const untilBuild = (page: Page, title: string): Promise<void> =>
  page.locator(`meta[name="build"][content="${title}"]`).waitFor({ state: "attached" });
/** As the person does it. */
const update = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Reload all tabs" }).click();

test("a newer build waits for the person, then all tabs reload into it together", async () => {
  await untilOffline(app.page);
  const second = await app.openTab();
  await app.server.restart(await makeBuild("next"));
  await untilUpdateWaits(app.page);

  // Until then even a reload shows the build that was there, whole.
  const before = await buildOf(second);
  await second.reload();
  expect(await buildOf(second)).toBe(before);

  await update(app.page);
  await untilBuild(app.page, "next");
  await untilBuild(second, "next");
  app.expectNoConsoleErrors();
});

test("the older service worker stays until the last tab is closed, which nobody notices", async () => {
  await untilOffline(app.page);
  const before = (await buildOf(app.page)) ?? undefined;
  await app.server.restart(await makeBuild("next"));
  await untilUpdateWaits(app.page);
  await update(app.page);
  await untilBuild(app.page, "next");
  expect(await buildsOfWorkers(app.page)).toEqual({ active: before, waiting: "next" });
  const second = await app.openTab();
  expect(await buildOf(second)).toBe("next");
  // What is shown already is not offered.
  await second.getByRole("heading", { level: 1 }).waitFor();
  expect(await second.getByRole("button", { name: "Reload all tabs" }).count()).toBe(0);

  const elsewhere = await app.context.newPage();
  await Promise.all([app.page.close(), second.close()]);
  await untilNoneWaits(elsewhere);
  const tab = await app.openTab();
  expect(await buildsOfWorkers(tab)).toEqual({ active: "next", waiting: undefined });
  expect(await shownBuild(tab)).toBe("next");
});

test("the build before the current one is kept, older ones are not", async () => {
  await untilOffline(app.page);
  const [first = ""] = await cacheNames(app.page);
  for (const title of ["two", "three"]) {
    await app.server.restart(await makeBuild(title));
    await untilUpdateWaits(app.page);
    await update(app.page);
    await untilBuild(app.page, title);
  }
  await expect
    .poll(() => cacheNames(app.page))
    .toEqual(["cairn-precache-two", "cairn-precache-three"]);
  expect(first).not.toBe("");
});

test("a page that never is of the chosen build stops reloading", async () => {
  await untilOffline(app.page);
  const build = (await buildOf(app.page)) ?? "";
  const [name = ""] = await cacheNames(app.page);
  await app.page.evaluate(
    async ([kept, version]) => {
      const page = await (await fetch("./")).text();
      const headers = { "content-type": "text/html" };
      const wrong = new Response(page.replaceAll(version, "wrong"), { headers });
      await (await caches.open(kept)).put("./", wrong);
    },
    [name, build] as const,
  );
  let loads = 0;
  app.page.on("load", () => loads++);
  await app.page.reload();
  await expect.poll(() => loads).toBe(4);
  // The last one, too, asks which build is to be shown, and counts that it is not.
  const count = (): Promise<string | null> =>
    app.page.evaluate((key) => sessionStorage.getItem(key), `cairn-reloads-into-${build}`);
  await expect.poll(count).toBe("4");
  expect(await shownBuild(app.page)).toBe(build);
  expect(loads).toBe(4);
  await app.page.getByRole("heading", { level: 1 }).waitFor();
});

test("without the chosen build's files the service worker shows its own", async () => {
  await untilOffline(app.page);
  const before = await buildOf(app.page);
  await app.server.restart(await makeBuild("next"));
  await untilUpdateWaits(app.page);
  await update(app.page);
  await untilBuild(app.page, "next");
  // From a page that hears nothing of builds: the app's own may reload at any moment.
  const beside = await app.context.newPage();
  await beside.goto(`${app.url}robots.txt`);
  expect(await beside.evaluate(() => caches.delete("cairn-precache-next"))).toBe(true);
  expect(await buildOf(await app.openTab())).toBe(before);
});

test("a build that is only half there is not taken", async () => {
  await untilOffline(app.page);
  const before = await cacheNames(app.page);
  const half = await makeBuild("half");
  await rm(join(half, "favicon.svg"));
  await app.server.restart(half);
  await expect(untilUpdateWaits(app.page)).rejects.toThrow("redundant");
  expect(await cacheNames(app.page)).toEqual(before);
});
