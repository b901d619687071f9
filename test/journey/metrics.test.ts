import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import type { App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { multiplyVersions } from "../support/many-versions.ts";
import { openNet, type OpenNet } from "../support/open-net.ts";
import { closeMessages, untilToast } from "../support/pages.ts";

let app: App;
let page: Page;
let opened: OpenNet;

beforeAll(async () => {
  opened = await openNet();
  ({ app, page } = opened);
});
afterAll(() => opened.close());

const table = (): Locator => page.getByRole("table", { name: "Metrics by version" });
/** The first rows as they are read: version, then values. */
const firstRows = async (count: number): Promise<string[][]> => {
  const rows = await table().getByRole("row").all();
  return Promise.all(
    rows
      .slice(1, 1 + count)
      .map((row) => row.locator(".metrics-version a, [role=cell]").allTextContents()),
  );
};
const hash = (): string => new URL(page.url()).hash;

test("without numbers the page says how to add some", async () => {
  await page.getByRole("tab", { name: "Metrics" }).click();
  await page.getByRole("heading", { name: "No metrics yet" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Edit the metadata" }).click();
  await expect.poll(hash).toBe("#/p/digits/net?tab=metadata".replace("net?", "net/v0?"));
});

test("numbers become columns, with the best of each marked", async () => {
  await multiplyVersions(page, 30);
  await page.goto(`${app.url}#/p/digits/net?tab=metrics`);
  await table().waitFor();
  const heads = table().getByRole("columnheader");
  await expect
    .poll(() => heads.allTextContents())
    .toEqual(["Version", "accuracy", "eval.loss", "epoch"]);
  await expect
    .poll(() => firstRows(1))
    .toEqual([["v29", "best: 0.886667", "best: 0.516667", "29"]]);
  await expect.poll(() => table().getAttribute("aria-rowcount")).toBe("31");
});

test("a press on a column sorts, what is best first, and the address says so", async () => {
  await table().getByRole("button", { name: "eval.loss", exact: true }).click();
  await expect.poll(async () => (await firstRows(1))[0]?.[0]).toBe("v29");
  await table().getByRole("button", { name: "eval.loss", exact: true }).click();
  await expect.poll(async () => (await firstRows(1))[0]?.[0]).toBe("v0");
  await expect.poll(hash).toBe("#/p/digits/net?tab=metrics&sort=-eval.loss");
  await page.reload();
  await table().waitFor();
  await expect.poll(async () => (await firstRows(1))[0]?.[0]).toBe("v0");
});

test("which way is better can be said otherwise, and is remembered", async () => {
  await table().getByRole("button", { name: "accuracy: higher is better. Change" }).click();
  await table().getByRole("button", { name: "accuracy: no best value. Change" }).click();
  await page.reload();
  await table().waitFor();
  await expect.poll(async () => (await firstRows(1))[0]?.[1]).toBe("best: 0.500000");
  await table().getByRole("button", { name: "accuracy: lower is better. Change" }).click();
});

test("columns are chosen, and the address opens the same ones", async () => {
  await page.getByRole("button", { name: /^Columns/ }).click();
  await page.getByRole("checkbox", { name: /^epoch/ }).uncheck();
  await page.keyboard.press("Escape");
  await expect.poll(hash).toContain("columns=accuracy%2Ceval.loss");
  await page.reload();
  await table().waitFor();
  await expect.poll(() => table().getByRole("columnheader").count()).toBe(3);
});

test("charts say what they show, and a press opens a version", async () => {
  const chart = page.getByRole("img", { name: /^accuracy over the versions/ });
  await chart.waitFor();
  expect(await chart.getAttribute("aria-label")).toBe(
    "accuracy over the versions. From 0.5 in v0 to 0.886667 in v29; best 0.886667 in v29.",
  );
  const box = await chart.locator(".u-over").boundingBox();
  if (box === null) throw new Error("there is no chart");
  await page.mouse.move(box.x + 3, box.y + box.height / 2);
  await page.getByText("v0: 0.5").first().waitFor();
  await page.mouse.click(box.x + 3, box.y + box.height / 2);
  await page.getByRole("heading", { level: 1, name: "net:v0" }).waitFor();
  await expect.poll(hash).toMatch(/^#\/p\/digits\/net\/v0\?tab=metrics/);
});

test("best is set from a row, and taken back", async () => {
  await table().getByRole("button", { name: "Set best on v0" }).click();
  await untilToast(page, "best is on v0.");
  const held = table().locator(".metrics-version .chip", { hasText: "best" });
  await expect.poll(() => held.count()).toBe(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await untilToast(page, "best names no version now, as before.");
  await table().getByRole("button", { name: "Set best on v0" }).waitFor();
  await closeMessages(page);
});

test("the page has no fault, wide or narrow, light or dark", async () => {
  await page.goto(`${app.url}#/p/digits/net?tab=metrics`);
  await page.getByRole("img", { name: /^accuracy over/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test("ten thousand versions are a few rows, sorted at once", async () => {
  await multiplyVersions(page, 1);
  await multiplyVersions(page, 10_000);
  await table().waitFor();
  expect(await table().getByRole("row").count()).toBeLessThan(60);
  const spent = await page.evaluate(async () => {
    const button = [...document.querySelectorAll<HTMLElement>(".metrics-sort")].at(1);
    const start = performance.now();
    button?.click();
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    return performance.now() - start;
  });
  await expect.poll(async () => (await firstRows(1))[0]?.[0]).toBe("v9999");
  await table().getByRole("button", { name: "accuracy", exact: true }).click();
  await expect.poll(async () => (await firstRows(1))[0]?.[0]).toBe("v0");
  // Far above what it takes, far below what a list of all rows would.
  expect(spent).toBeLessThan(3000);
});
