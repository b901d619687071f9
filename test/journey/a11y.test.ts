import axe from "axe-core";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dropPaths, openApp, type App } from "../support/app.ts";
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

const WIDTHS = [1280, 360] as const;
const SCHEMES = ["light", "dark"] as const;

let app: App;
let page: Page;
let tree: TempFolder;
beforeAll(async () => {
  app = await openApp();
  page = app.page;
  app.context.setDefaultTimeout(15_000);
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

/** What axe finds wrong with the page as it is, in each colour scheme and width, and whether it is too wide. */
async function faults(): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const problem of await violations()) found.push(`${width} ${colorScheme}: ${problem}`);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) found.push(`${width}: the page is ${overflow} px too wide`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return found;
}

/** Runs axe in the page; evaluated by the debugger, so that the page's CSP stays as it is. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe.source);
  // Colours fade to those of the other scheme, inherited ones after those they come from.
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  await page.waitForFunction(
    () =>
      !document
        .getAnimations()
        .some(
          ({ playState, effect }) =>
            playState === "running" && effect?.getComputedTiming().iterations !== Infinity,
        ),
  );
  const results = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id} (${help}) ${html} ${any[0]?.message ?? ""}`),
  );
}

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
