import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dropPaths, openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { makeFolder, ODD_CONTENT, type TempFolder } from "../support/fixtures.ts";
import {
  closeMessages,
  commit,
  fill,
  openSheet,
  sheetOf,
  unfold,
  untilLoaded,
  untilStaged,
  untilVersion,
} from "../support/pages.ts";

let app: App;
let page: Page;
let tree: TempFolder;
beforeAll(async () => {
  app = await openApp();
  page = app.page;
  tree = await makeFolder("a-folder-with-a-rather-long-name-for-a-small-screen", {
    ...ODD_CONTENT,
    "a/very/deep/path/with-a-long-file-name-that-cannot-fit-on-a-small-screen.parquet": "x",
  });
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
  await tree.remove();
});

const faults = (): Promise<string[]> => faultsOf(page);

test("home, with nothing yet", async () => {
  await untilLoaded(page);
  expect(await faults()).toEqual([]);
});

test("an address where nothing is", async () => {
  await page.goto(`${app.url}#/nowhere/at/all`);
  await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  expect(await faults()).toEqual([]);
  await page.goto(`${app.url}#/p/none/such`);
  await page.getByRole("heading", { name: /^There is no / }).waitFor();
  expect(await faults()).toEqual([]);
});

test("the sheet, with problems shown", async () => {
  await page.goto(`${app.url}#/`);
  await openSheet(page, [tree.path]);
  await dropPaths(page, [tree.path], ".ingest-sheet");
  await sheetOf(page).getByText("would have the path").waitFor();
  await fill(page, "Name", "not a name");
  await fill(page, "Aliases", "latest");
  await unfold(page, "Description, metadata, run");
  await fill(page, "Metadata", "{");
  await unfold(page, "Ignore rules");
  await unfold(page, "Paths");
  await sheetOf(page).getByRole("button", { name: "Commit" }).click();
  expect(await faults()).toEqual([]);
  await sheetOf(page)
    .getByRole("button", { name: /^Cancel draft/ })
    .click();
});

test("the sheet ready to commit, and a draft in the tray", async () => {
  await openSheet(page, [tree.path]);
  await dropPaths(page, [tree.at("README.md")], ".brand");
  await page.getByRole("complementary", { name: "Drafts" }).waitFor();
  await fill(page, "Aliases", "prod");
  await page.keyboard.press("Enter");
  await untilStaged(page);
  expect(await faults()).toEqual([]);
  await commitBoth();
});

async function commitBoth(): Promise<void> {
  await sheetOf(page).getByRole("button", { name: "Commit" }).click();
  await page.getByRole("dialog", { name: "Draft README" }).waitFor();
  await untilStaged(page);
  await commit(page, "README:v0");
}

test("home, a project, a version", async () => {
  await page.goto(`${app.url}#/`);
  await page.getByRole("heading", { name: "Storage" }).waitFor();
  expect(await faults()).toEqual([]);

  await page.getByRole("link", { name: /^my-project/ }).click();
  await page.getByRole("list", { name: "Artifacts" }).waitFor();
  expect(await faults()).toEqual([]);

  await page.getByRole("link", { name: /^a-folder/ }).click();
  await untilVersion(page, "a-folder-with-a-rather-long-name-for-a-small-screen:v0");
  await closeMessages(page);
  await page.getByRole("checkbox", { name: "Choose README.md" }).check();
  await page.getByRole("treegrid").press("ArrowRight");
  expect(await faults()).toEqual([]);
});

test("the views of a version, with forms open", async () => {
  await page.getByRole("tab", { name: "Metadata" }).click();
  for (const name of ["description", "metadata", "tags"])
    await page.getByRole("button", { name: `Edit ${name}`, exact: true }).click();
  await page.getByRole("textbox", { name: "Metadata" }).fill("{");
  expect(await faults()).toEqual([]);
  await page.getByRole("tab", { name: "Lineage" }).click();
  await page.getByRole("button", { name: "List", exact: true }).click();
  await page.getByRole("button", { name: "Derived from…", exact: true }).click();
  await page.getByLabel("Source version").fill("not a spec");
  expect(await faults()).toEqual([]);
  await page.getByRole("tab", { name: "Usage" }).click();
  await page.getByRole("button", { name: "Copy TypeScript", exact: true }).waitFor();
  expect(await faults()).toEqual([]);
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("list", { name: "History, newest first" }).waitFor();
  await page.getByRole("button", { name: "Add alias", exact: true }).click();
  await page.getByLabel("New alias").fill("not an alias");
  expect(await faults()).toEqual([]);
  await page.keyboard.press("Escape");
});

test("a menu, a keep rule tried out, a delete to be confirmed", async () => {
  const more = page.getByRole("button", { name: "More", exact: true });
  await more.click();
  expect(await faults()).toEqual([]);
  await page.getByRole("menuitem", { name: "Keep rule…" }).click();
  await page.getByLabel(/^Keep the newest/).fill("1");
  await page.getByText("Nothing would go now.").waitFor();
  expect(await faults()).toEqual([]);
  await page.keyboard.press("Escape");
  await more.click();
  await page.getByRole("menuitem", { name: "Delete version…" }).click();
  await page.getByLabel("Take away prod").waitFor();
  expect(await faults()).toEqual([]);
  await page.getByLabel("Take away prod").check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "my-project" }).waitFor();
});

test("runs, the trash, storage and safety", async () => {
  await page.getByRole("tab", { name: "Runs" }).click();
  await page.getByRole("heading", { name: "No runs yet" }).waitFor();
  expect(await faults()).toEqual([]);
  await page.goto(`${app.url}#/trash`);
  await page.getByRole("button", { name: /^Restore / }).waitFor();
  expect(await faults()).toEqual([]);
  await page.goto(`${app.url}#/care`);
  await page.getByRole("button", { name: "Verify everything" }).click();
  await page.getByText("all as they were logged").waitFor();
  await page.getByRole("button", { name: "Verify log" }).click();
  await page.getByText("each follows from the one before").waitFor();
  await page.locator(".event-list summary").first().click();
  expect(await faults()).toEqual([]);
});
