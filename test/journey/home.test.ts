import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addManyArtifacts } from "../../scripts/screenshots/many-rows.mjs";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { closeMessages, untilToast, untilVersion } from "../support/pages.ts";
import { untilOffline } from "../support/service-worker.ts";

let app: App;
let page: Page;
beforeAll(async () => {
  app = await openApp({ isFirstVisit: true });
  page = app.page;
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
const cards = () => page.locator(".project-card strong").allTextContents();

test("a first visit says what to do; the sample comes with one click, also offline", async () => {
  await page.getByRole("heading", { level: 1, name: /^Drop a model/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await untilOffline(page);
  await app.server.stop();
  await page.reload();
  await button("Add the sample project").click();
  await page.getByRole("heading", { level: 1, name: "sample-digits" }).waitFor();
  await untilToast(page, "Added the sample project.");
  const rows = page.getByRole("list", { name: "Artifacts" }).getByRole("listitem");
  await expect.poll(() => rows.count()).toBe(3);
  await app.server.restart();
});

test("its lineage leads from the dataset to the model", async () => {
  await page.getByRole("link", { name: /^reader/ }).click();
  await untilVersion(page, "reader:v2");
  await page.getByRole("tab", { name: /^Lineage/ }).click();
  await page.getByText("train-3").first().waitFor();
  await page
    .getByText(/digits:v1/)
    .first()
    .waitFor();
  await expect.poll(() => new URL(page.url()).hash).toBe("#/p/sample-digits/reader?tab=lineage");
});

test("the sample goes with one click, comes back with one, and the trash gives it back", async () => {
  await page.goto(`${app.url}#/`);
  await closeMessages(page);
  await button("Remove sample").click();
  await button("Add the sample project").waitFor();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expect.poll(cards).toEqual(["sample-digits"]);
  await page.goto(`${app.url}#/p/sample-digits`);
  await button("Remove sample").click();
  await page.getByRole("heading", { level: 1, name: /^Drop a model/ }).waitFor();
  await button("Add the sample project").click();
  await page.getByRole("heading", { level: 1, name: "sample-digits" }).waitFor();
  await page.getByText("3 artifacts · 6 versions").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await closeMessages(page);
});

test("many projects are searched and sorted, and the URL says how", async () => {
  await page.goto(`${app.url}#/`);
  expect(await page.getByLabel("Search projects").count()).toBe(0);
  for (let i = 1; i <= 9; i++) await addManyArtifacts(page, `team-${i}`, i);
  await page.reload();
  await page.getByLabel("Search projects").fill("TEAM-");
  await page.getByLabel("Sort by").selectOption("-versions");
  await expect
    .poll(async () => (await cards()).slice(0, 3))
    .toEqual(["team-9", "team-8", "team-7"]);
  await expect.poll(() => new URL(page.url()).hash).toBe("#/?q=TEAM-&sort=-versions");
  await page.reload();
  await expect.poll(async () => (await cards()).slice(0, 2)).toEqual(["team-9", "team-8"]);
  const nine = page.getByRole("link", { name: /^team-9/ });
  await nine.getByRole("img", { name: /^27 versions logged in 12 weeks/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel("Search projects").fill("nothing like it");
  await button("Show all").click();
  await expect.poll(async () => (await cards()).length).toBe(10);
});

test("the theme follows the system until a person chooses, and the choice stays", async () => {
  const look = () =>
    page.evaluate(() => ({
      chosen: document.documentElement.dataset["theme"] ?? null,
      scheme: getComputedStyle(document.documentElement).colorScheme,
      isDark: getComputedStyle(document.documentElement).backgroundColor === "rgb(23, 21, 18)",
      bar: Array.from(document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]"))
        .filter(({ media }) => matchMedia(media).matches)
        .map(({ content }) => content),
    }));
  const choose = async (name: string): Promise<void> => {
    await button("Settings").click();
    await page.getByRole("menuitemradio", { name }).click();
  };
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await look()).toEqual({
    chosen: null,
    scheme: "light dark",
    isDark: true,
    bar: ["#171512"],
  });
  await choose("Light theme");
  const light = { chosen: "light", scheme: "light", isDark: false, bar: ["#faf8f5"] };
  await expect.poll(look).toEqual(light);
  await page.reload({ waitUntil: "commit" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await look()).toEqual(light);
  await page.emulateMedia({ colorScheme: "light" });
  await choose("Dark theme");
  await expect.poll(look).toEqual({
    chosen: "dark",
    scheme: "dark",
    isDark: true,
    bar: ["#171512"],
  });
  await button("Settings").click();
  await page.getByRole("menuitemradio", { name: "Dark theme", checked: true }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  const other = await app.openTab();
  await other.getByRole("heading", { level: 1 }).waitFor();
  await choose("System theme");
  await expect
    .poll(() => other.evaluate(() => document.documentElement.dataset["theme"] ?? null))
    .toBeNull();
  await other.close();
});
