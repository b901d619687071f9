import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addManyArtifacts } from "../../scripts/screenshots/many-rows.mjs";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { closeMessages, untilVersion } from "../support/pages.ts";

const COUNT = 10_000;
/** Rows that may exist at once, however many there are. */
const MOST_ROWS = 60;

let app: App;
let page: Page;
beforeAll(async () => {
  app = await openApp();
  page = app.page;
  await page.getByRole("button", { name: "Add the sample project" }).click();
  await page.getByRole("list", { name: "Artifacts" }).waitFor();
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
});

const button = (name: string | RegExp) => page.getByRole("button", { name });
const rows = () => page.getByRole("list", { name: "Artifacts" }).getByRole("listitem");
const names = () => rows().locator(".artifact-name > strong").allTextContents();
const hash = () => new URL(page.url()).hash;

async function open(search: string): Promise<void> {
  await page.goto(`${app.url}#/p/sample-digits${search}`);
  await page.getByRole("heading", { level: 1, name: "sample-digits" }).waitFor();
}

test("each artifact says its newest version, aliases, size, and how the size went", async () => {
  await closeMessages(page);
  const reader = rows().filter({ hasText: "reader" });
  await expect
    .poll(() => reader.locator(".chip").allTextContents())
    .toEqual(["model", "bestv2", "prodv1"]);
  for (const text of ["3 versions", "3 files"])
    await reader.getByText(text, { exact: true }).waitFor();
  const trend = reader.getByRole("img", { name: /^Size of the last 3 versions: from .* to / });
  await trend.waitFor();
  // One version has no trend.
  expect(await rows().filter({ hasText: "evaluation" }).locator(".sparkline").count()).toBe(0);
});

test("filters and order are in the URL, and come from it", async () => {
  await button(/^model 1$/).click();
  await expect.poll(hash).toBe("#/p/sample-digits?type=model");
  await expect.poll(names).toEqual(["reader"]);
  await button(/^All 3$/).click();
  await page.getByLabel("Filter by alias").selectOption("full");
  await expect.poll(names).toEqual(["digits"]);
  await expect.poll(hash).toBe("#/p/sample-digits?alias=full");
  await page.getByLabel("Search names").fill("reader");
  await page.getByText("No artifact matches").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await button("Show all").click();
  await page
    .getByRole("group", { name: "Sort by" })
    .getByRole("button", { name: /^Size$/ })
    .click();
  await expect.poll(names).toEqual(["digits", "reader", "evaluation"]);
  await expect.poll(hash).toBe("#/p/sample-digits?sort=-size");
  await button(/^Size sorted downwards/).click();
  await expect.poll(names).toEqual(["evaluation", "reader", "digits"]);
  await open("?sort=-name&q=e");
  await expect.poll(names).toEqual(["reader", "evaluation"]);
});

test("on a narrow screen a select sorts", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open("");
  await page.getByRole("combobox", { name: "Sort by" }).selectOption("-versions");
  await expect.poll(names).toEqual(["reader", "digits", "evaluation"]);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("runs say what they used and made, and are filtered and sorted", async () => {
  await open("?tab=runs&sort=name");
  const body = page.getByRole("table", { name: "Runs" });
  const runs = () => body.getByRole("rowheader").allTextContents();
  await expect.poll(runs).toEqual(["evaluate", "train-1", "train-2", "train-3"]);
  const counts = body.getByRole("row", { name: /^evaluate/ }).locator(".run-count");
  await expect.poll(() => counts.allTextContents()).toEqual(["2", "1"]);
  await button("Config of evaluate, 1 key").click();
  await page.getByRole("dialog", { name: "Config of evaluate" }).getByText(/^\{/).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: /^Name/ }).getByRole("button").click();
  await expect.poll(hash).toBe("#/p/sample-digits?tab=runs&sort=-name");
  await expect.poll(runs).toEqual(["train-3", "train-2", "train-1", "evaluate"]);
  await page.getByLabel("Search runs").fill("train");
  await expect.poll(async () => (await runs()).length).toBe(3);
  expect(await faultsOf(page)).toEqual([]);
  await open("?tab=runs&state=failed");
  await page.getByText("No run matches").waitFor();
  await button("Show all").click();
  await expect.poll(async () => (await runs()).length).toBe(4);
});

test("the keyboard goes from the heads to the rows, and opens one", async () => {
  await open("?sort=-name");
  await button(/^Updated$/).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await untilVersion(page, "reader:v2");
  await expect.poll(hash).toBe("#/p/sample-digits/reader");
});

test("10,000 artifacts come, scroll, sort and filter without all being there", async () => {
  await addManyArtifacts(page, "many", COUNT);
  await page.goto(`${app.url}#/p/many`);
  await button(/^All 10,000$/).waitFor();
  expect(await rows().count()).toBeLessThan(MOST_ROWS);
  await rows().first().locator(".sparkline").waitFor();
  await page.locator(".artifact-list").evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await rows().filter({ hasText: "experiment-09999" }).locator(".sparkline").waitFor();
  expect(await rows().count()).toBeLessThan(MOST_ROWS);
  await page.getByLabel("Filter by tag").selectOption("sweep");
  await page.getByText("1,000 of 10,000 artifacts").waitFor();
  await page.goto(`${app.url}#/p/many?type=model&alias=prod&sort=-updated`);
  await expect.poll(async () => (await names())[0]).toBe("experiment-09900");
  expect(await faultsOf(page)).toEqual([]);
});
