import { rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, noise, type TempFolder } from "../support/fixtures.ts";
import {
  chipsOf,
  closeMessages,
  commit,
  countStore,
  fill,
  log,
  openSheet,
  untilFocused,
  untilStaged,
  untilToast,
  untilVersion,
} from "../support/pages.ts";

/** Only v2 has these. */
const EXTRA_BYTES = 50_000;

let app: App;
let page: Page;
let net: TempFolder;

beforeAll(async () => {
  net = await makeFolder("net", { "config.json": "{}", "weights.bin": noise(100_000) });
  app = await openApp();
  page = app.page;
  await app.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openSheet(page, [net.path]);
  await fill(page, "Project", "digits");
  await fill(page, "Aliases", "prod");
  await untilStaged(page);
  await commit(page, "net:v0");
  await writeFile(net.at("config.json"), '{"layers": 2}');
  await log(page, [net.path], "net:v1");
  await writeFile(net.at("extra.bin"), noise(EXTRA_BYTES, 7));
  await log(page, [net.path], "net:v2");
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
  await net.remove();
});

const openVersion = async (number: number): Promise<void> => {
  await page.goto(`${app.url}#/p/digits/net/v${number}`);
  await untilVersion(page, `net:v${number}`);
};
const openTab = (name: string): Promise<void> => page.getByRole("tab", { name }).click();
const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
const undo = async (said: string | RegExp): Promise<void> => {
  await button("Undo").click();
  await untilToast(page, said);
  await closeMessages(page);
};
const chooseMore = async (item: string): Promise<void> => {
  await button("More").click();
  await page.getByRole("menuitem", { name: item }).click();
};
const addAlias = async (alias: string, note: string): Promise<void> => {
  await button("Add alias").click();
  await page.getByLabel("New alias").fill(alias);
  await page.getByText(note, { exact: true }).waitFor();
  await page.keyboard.press("Enter");
};

test("views and menus have the keyboard, and give it back", async () => {
  await closeMessages(page);
  await openVersion(2);
  const focused = page.locator(":focus");
  await page.getByRole("tab", { name: "Files" }).press("ArrowRight");
  await expect.poll(() => focused.textContent()).toBe("Metadata");
  await focused.press("End");
  await expect.poll(() => focused.textContent()).toBe("History");
  await expect.poll(() => new URL(page.url()).hash).toBe("#/p/digits/net/v2?tab=history");
  await page.reload();
  await page.getByRole("tab", { name: "History", selected: true }).press("Home");
  await button("More").press("ArrowDown");
  await untilFocused(page.getByRole("menuitem").first());
  await focused.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Delete net?" }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => focused.getAttribute("aria-label")).toBe("More");
});

test("an alias is checked while typed, moves with a word, and comes back by Undo [A1 N3]", async () => {
  await button("Add alias").click();
  await page.getByLabel("New alias").fill("v7");
  await page.getByText("Cairn manages this alias itself.").waitFor();
  await page.keyboard.press("Escape");
  await addAlias("prod", "Moves from v0.");
  await untilToast(page, "prod is on v2; it moved from v0.");
  await expect.poll(() => chipsOf(page)).toEqual(["unspecified", "latest", "prod"]);
  await undo("prod is on v0 again.");
  await expect.poll(() => chipsOf(page)).toEqual(["unspecified", "latest"]);
});

test("an alias moves to a version chosen from a list, and is removed without moving [A5]", async () => {
  await addAlias("best", "A new alias.");
  await untilToast(page, "best is on v2.");
  await page.getByRole("button", { name: /^Alias best/ }).click();
  await page.getByRole("menuitem", { name: "Move to…" }).click();
  await page.getByRole("dialog").getByRole("radio", { name: /^v1/ }).check();
  await button("Move to v1").click();
  await untilToast(page, "best is on v1; it moved from v2.");
  await openVersion(1);
  await page.getByRole("button", { name: /^Alias best/ }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await untilToast(page, "Removed best from v1.");
  await expect.poll(() => chipsOf(page)).toEqual(["unspecified"]);
  await closeMessages(page);
});

test("the history tells every move, and puts one back as one more move [A4]", async () => {
  await openTab("History");
  await expect.poll(() => new URL(page.url()).hash).toBe("#/p/digits/net/v1?tab=history");
  const entries = page.getByRole("list", { name: "History, newest first" }).getByRole("listitem");
  await entries.filter({ hasText: "best removed from v1" }).waitFor();
  await entries
    .filter({ hasText: "best moved from v2 to v1" })
    .getByRole("button", { name: "Put back: best back to v2" })
    .click();
  await untilToast(page, "best is on v2 again.");
  await expect
    .poll(() => entries.first().locator(".history-text").textContent())
    .toBe("best put on v2");
  await closeMessages(page);
});

test("metadata is checked, saved and put back [V3]", async () => {
  await openTab("Metadata");
  await button("Edit metadata").click();
  const text = page.getByRole("textbox", { name: "Metadata" });
  await text.fill('{"accuracy": ');
  await page.getByText("it is not JSON (it ends too early)").waitFor();
  await expect.poll(() => button("Save").isDisabled()).toBe(true);
  await text.fill('{"accuracy": 0.93}');
  await button("Save").click();
  await page.getByLabel("Metadata as JSON").getByText('"accuracy": 0.93').waitFor();
  await undo("The former value is back.");
  await page.getByLabel("Metadata as JSON").waitFor({ state: "detached" });
});

test("usage is copied as whole code", async () => {
  await openTab("Usage");
  await button("Copy Python · Trackio").click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('artifact = trackio.use_artifact("net:v1")');
});

test("lineage is drawn by hand and taken back [R2 R3]", async () => {
  await openTab("Lineage");
  await page.getByRole("button", { name: /^List/ }).click();
  await button("Derived from…").click();
  await page.getByLabel("Source version").fill("net:prod");
  await button("Add").click();
  const sources = page.getByRole("region", { name: "Derived from" });
  await sources.getByRole("link", { name: "digits/net:v0" }).waitFor();
  await undo("No longer derived from digits/net:v0.");
  await sources.getByText("No version is named as its source.").waitFor();
  await button("Used by run…").click();
  await page.getByRole("combobox", { name: "Run" }).fill("eval-1");
  await button("Add").click();
  await untilToast(page, "Used by eval-1.");
  await closeMessages(page);
  await page.getByRole("link", { name: "eval-1" }).click();
  await page.getByRole("row", { name: /^eval-1 finished/ }).waitFor();
  await expect.poll(() => new URL(page.url()).hash).toBe("#/p/digits?tab=runs&q=eval-1");
});

test("the files of a version are read back and compared [U4]", async () => {
  await openVersion(2);
  await chooseMore("Verify");
  await page.getByText("3 files, 150 kB: all as they were logged").waitFor();
  await button("Close").click();
  await openTab("Metadata");
  const facts = page.getByRole("region", { name: "Facts" });
  await expect.poll(() => facts.textContent()).not.toContain("not yet");
  await openTab("Files");
});

test("a keep rule is tried out before it is set, and taken back whole [D4]", async () => {
  await chooseMore("Keep rule…");
  await page.getByLabel(/^Keep the newest/).fill("1");
  await page.getByText("1 of 3 versions would go now: v1").waitFor();
  await page.getByText("v0 stays: it has an alias").waitFor();
  await button("Save and apply").click();
  await untilToast(page, "The keep rule is set. 1 version went to the trash.");
  await page.getByRole("link", { name: /^v1/ }).waitFor({ state: "detached" });
  await undo("The keep rule is gone. Restored 1 version.");
  const timeline = page.getByRole("list", { name: "Versions, newest first" });
  await expect.poll(() => timeline.getByRole("listitem").count()).toBe(3);
});

test("a delete says what it touches, wants its aliases confirmed, and comes back with them [A6 D1 D2]", async () => {
  await chooseMore("Delete version…");
  const dialog = page.getByRole("dialog", { name: "Delete net:v2?" });
  await dialog.getByText("v2 → v1").waitFor();
  await dialog.getByText("50 kB", { exact: true }).waitFor();
  await expect.poll(() => button("Delete").isDisabled()).toBe(true);
  await dialog.getByLabel("Take away best").check();
  await button("Delete").click();
  await untilVersion(page, "net:v1");
  await expect.poll(() => chipsOf(page)).toEqual(["unspecified", "latest"]);
  await undo("Restored 1 version.");
  await untilVersion(page, "net:v2");
  await expect.poll(() => chipsOf(page)).toEqual(["unspecified", "latest", "best"]);
});

test("an emptied trash frees exactly what was promised, and the number stays taken [D2 D3 V1]", async () => {
  await chooseMore("Delete version…");
  await page.getByLabel("Take away best").check();
  await button("Delete").click();
  await untilVersion(page, "net:v1");
  await closeMessages(page);
  await page.goto(`${app.url}#/p/digits/net/v2`);
  await page.getByRole("button", { name: "Open the trash" }).click();
  await page.getByRole("listitem").filter({ hasText: "digits/net:v2" }).waitFor();
  await page.getByText("30 days left").waitFor();
  await button("Empty trash…").click();
  await page.getByText("This frees 50 kB.").waitFor();
  await button("Empty trash").click();
  await untilToast(page, "Deleted 1 version for good. 50 kB freed.");
  await page.getByRole("heading", { name: "The trash is empty" }).waitFor();
  await closeMessages(page);
  const left = await countStore(page);
  expect(left["trash"]).toBeUndefined();
  await rm(net.at("extra.bin"));
  await writeFile(net.at("config.json"), '{"layers": 3}');
  await log(page, [net.path], "net:v3");
});

test("everything is right, and the log holds together [E2]", async () => {
  await page.goto(`${app.url}#/care`);
  await button("Verify everything").click();
  await page.getByText(/^4 different files, 100 kB: all as they were logged$/).waitFor();
  await button("Verify log").click();
  await page.getByText(/^\d+ events, each follows from the one before\.$/).waitFor();
  await page.getByLabel("Project, or project/name:v2").fill("digits/net:v2");
  const events = page.getByRole("list", { name: "Events, newest first" });
  await events.getByText("logged", { exact: false }).first().waitFor();
  await expect.poll(() => events.getByText("digits/net:v0").count()).toBe(0);
});

test("content that lies in the trash gets a new number and a way to its twin [V6]", async () => {
  await openVersion(3);
  await chooseMore("Delete version…");
  await page.getByText("v3 → v1").waitFor();
  await button("Delete").click();
  await untilVersion(page, "net:v1");
  await closeMessages(page);
  await log(page, [net.path], "net:v4");
  await untilToast(page, "The trash holds net:v3 with the same content.");
  await button("Open the trash").click();
  await button("Restore digits/net:v3").click();
  await untilToast(page, "digits/net:v3: Restored 1 version.");
  await openVersion(3);
  await expect.poll(() => chipsOf(page)).toEqual(["unspecified"]);
});
