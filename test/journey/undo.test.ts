import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import type { App } from "../support/app.ts";
import { openNet, type OpenNet } from "../support/open-net.ts";
import { closeMessages, log, untilToast, untilVersion } from "../support/pages.ts";

let app: App;
let page: Page;
let opened: OpenNet;

beforeAll(async () => {
  opened = await openNet("prod");
  ({ app, page } = opened);
  await writeFile(opened.net.at("config.json"), '{"layers": 2}');
  await log(page, [opened.net.path], "net:v1");
});
beforeEach(() => closeMessages(page));
afterAll(() => opened.close());

const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
const openVersion = async (number: number, tab = ""): Promise<void> => {
  await page.goto(`${app.url}#/p/digits/net/v${number}${tab === "" ? "" : `?tab=${tab}`}`);
  await page.getByRole("heading", { level: 1, name: `net:v${number}`, exact: true }).waitFor();
};
const addAlias = async (alias: string): Promise<void> => {
  await button("Add alias").click();
  await page.getByLabel("New alias").fill(alias);
  await page.keyboard.press("Enter");
  await untilToast(page, `${alias} is on`);
};
const describeIt = async (text: string): Promise<void> => {
  await button("Edit description").click();
  await page.getByRole("textbox", { name: "Description" }).fill(text);
  await button("Save").click();
  await page.locator(".details-text").getByText(text).waitFor();
};
const entry = (text: string): Locator =>
  page
    .getByRole("list", { name: "History, newest first" })
    .getByRole("listitem")
    .filter({ hasText: text })
    .first();

test("Ctrl+Z takes back one thing after the other, newest first, and then says there is no more", async () => {
  await openVersion(1, "metadata");
  await addAlias("best");
  await describeIt("A better one");
  await page.getByRole("checkbox", { name: /^Pinned/ }).check();
  await untilToast(page, "Keep rules go by it");
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.getByRole("checkbox", { name: /^Pinned/ }).isChecked()).toBe(false);
  await page.keyboard.press("Control+z");
  await page.getByText("None. Say what this version is for").waitFor();
  await page.keyboard.press("Control+z");
  await untilToast(page, "best names no version now, as before.");
  await page.keyboard.press("Control+z");
  await untilToast(page, "Nothing was done in this tab that can be undone.");
});

test("in a text field Ctrl+Z is the browser's own", async () => {
  await addAlias("best");
  await closeMessages(page);
  await button("Edit description").click();
  await page.getByRole("textbox", { name: "Description" }).fill("x");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Escape");
  await page.locator(".alias-pill", { hasText: "best" }).waitFor();
  expect(await page.locator(".toast").count()).toBe(0);
});

test("what somebody changed since is left as it is, and the page says so", async () => {
  await describeIt("Mine");
  const other = await app.openTab("#/p/digits/net/v1?tab=metadata");
  await other.getByRole("button", { name: "Edit description" }).click();
  await other.getByRole("textbox", { name: "Description" }).fill("Theirs");
  await other.getByRole("button", { name: "Save" }).click();
  await page.locator(".details-text").getByText("Theirs").waitFor();
  await other.close();
  await page.keyboard.press("Control+z");
  await untilToast(page, "The description of “digits/net:v1” changed since");
  await expect.poll(() => page.locator(".details-text").textContent()).toBe("Theirs");
});

test("from the history the newest change is undone, and an older one put back", async () => {
  await openVersion(1, "history");
  await entry("edited: description").getByRole("button", { name: /^Undo/ }).click();
  await untilToast(page, "The former description of v1 is back.");
  await button("Undo: best back to no version").click();
  await untilToast(page, "best names no version now, as before.");
  await closeMessages(page);
  await openVersion(0, "history");
  expect(await entry("logged").getByRole("button").count()).toBe(0);
});

test("tags of the artifact go back from the history, and forth again", async () => {
  await openVersion(1);
  await button("More").click();
  await page.getByRole("menuitem", { name: "Artifact tags…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("golden");
  await page.keyboard.press("Enter");
  await button("Save").click();
  await untilToast(page, "Tags of net saved.");
  const tags = page.getByRole("list", { name: "Tags" });
  await tags.getByText("golden").waitFor();
  await openVersion(1, "history");
  await entry("artifact edited: tags").getByRole("button", { name: /^Undo/ }).click();
  await untilToast(page, "The artifact's former tags are back.");
  await expect.poll(() => tags.count()).toBe(0);
  await page.keyboard.press("Control+z");
  await tags.getByText("golden").waitFor();
});

test("a source and a run drawn by hand go and come back, by key and from the history", async () => {
  await openVersion(1, "history");
  expect(await entry("source added").count()).toBe(0);
  await openVersion(1, "lineage");
  await page.getByRole("button", { name: /^List/ }).click();
  await button("Derived from…").click();
  await page.getByLabel("Source version").fill("digits/net:v0");
  await button("Add").click();
  await untilToast(page, "Derived from digits/net:v0.");
  await page.keyboard.press("Control+z");
  await untilToast(page, "No longer derived from digits/net:v0.");
  await openVersion(1, "history");
  await entry("source removed").getByRole("button", { name: /^Undo/ }).click();
  await untilToast(page, "Derived from digits/net:v0.");
  await entry("source added").getByRole("button", { name: /^Undo/ }).click();
  await untilToast(page, "No longer derived from digits/net:v0.");
});

test("a deleted version is put back from the history of another", async () => {
  await openVersion(0);
  await button("More").click();
  await page.getByRole("menuitem", { name: "Delete version…" }).click();
  await page.getByLabel("Take away prod").check();
  await button("Delete").click();
  await untilVersion(page, "net:v1");
  await closeMessages(page);
  await openVersion(1, "history");
  await entry("v0 put into the trash")
    .getByRole("button", { name: /^Put back/ })
    .click();
  await untilToast(page, "Restored 1 version.");
  const pills = page.locator("[data-version=v0] .chip");
  await expect.poll(() => pills.allTextContents()).toEqual(["prod"]);
  // What was undone elsewhere can't be undone twice.
  await page.keyboard.press("Control+z");
  await untilToast(page, "It is not in the trash any more");
});

test("what a keep rule took is named in the trash", async () => {
  await openVersion(0);
  await page.getByRole("button", { name: /^Alias prod/ }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await button("More").click();
  await page.getByRole("menuitem", { name: "Keep rule…" }).click();
  await page.getByLabel(/^Keep the newest/).fill("1");
  await button("Save and apply").click();
  await untilToast(page, "1 version went to the trash.");
  await page.goto(`${app.url}#/trash`);
  await page.getByText("1 version, taken by the keep rule").waitFor();
  await page.keyboard.press("Control+z");
  await untilToast(page, "The keep rule is gone. Restored 1 version.");
  await expect.poll(() => page.getByText("taken by the keep rule").count()).toBe(0);
});
