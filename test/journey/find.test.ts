import { rm } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dropPaths, openApp, SHIFT, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { makeFolder, manyFiles, noise, type TempFolder } from "../support/fixtures.ts";
import {
  chooserOf,
  commit,
  digestOf,
  fill,
  openSheet,
  readStore,
  sheetOf,
  unfold,
  untilLoaded,
  untilFocused,
  untilStaged,
  untilToast,
  untilVersion,
} from "../support/pages.ts";

const WEIGHTS = noise(300_000, 5);

let app: App;
let page: Page;
let model: TempFolder;
let data: TempFolder;
beforeAll(async () => {
  app = await openApp();
  page = app.page;
  await app.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  model = await makeFolder("mnist-cnn", {
    "weights/model.safetensors": WEIGHTS,
    "config.json": '{"layers": 3}',
    "notes <b>bold</b>.txt": "a name with markup",
  });
  data = await makeFolder("digits-data", { "train/rows.csv": "x,y\n1,2\n", "LICENSE.txt": "free" });
  await openSheet(page, [model.path]);
  await fill(page, "Aliases", "production");
  await page.keyboard.press("Enter");
  await unfold(page, "Description, metadata, run");
  await fill(page, "Produced by run", "brisk-heron-7");
  await untilStaged(page);
  await commit(page, "mnist-cnn:v0");
  await openSheet(page, [data.path]);
  await untilStaged(page);
  await commit(page, "digits-data:v0");
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
  await Promise.all([model.remove(), data.remove()]);
});

function palette(): Locator {
  return page.getByRole("dialog", { name: "Search" });
}

/** Opens the search with the keyboard and types. */
async function find(text: string): Promise<void> {
  // The key also closes a search that is still there.
  await palette().waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await untilFocused(palette().getByRole("combobox"));
  await page.keyboard.type(text);
}

/** The option that Enter chooses. */
function current(): Promise<string> {
  return page.getByRole("combobox", { name: "Search" }).evaluate((input) => {
    const id = input.getAttribute("aria-activedescendant");
    return id === null ? "" : (document.getElementById(id)?.textContent ?? "");
  });
}

function hash(): string {
  return new URL(page.url()).hash;
}

async function goHome(): Promise<void> {
  await page.goto(`${app.url}#/`);
  await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
}

test.each([
  ["a project", "my-proj", "my-project", "#/p/my-project"],
  [
    "an artifact, by letters here and there",
    "mncnn",
    "my-project/mnist-cnn",
    "#/p/my-project/mnist-cnn",
  ],
  ["a version", "mnist-cnn:v0", "my-project/mnist-cnn:v0", "#/p/my-project/mnist-cnn/v0"],
  ["an alias", "production", "my-project/mnist-cnn:v0production", "#/p/my-project/mnist-cnn/v0"],
  ["a run", "brisk", "brisk-heron-7my-project", "#/p/my-project?tab=runs&q=brisk-heron-7"],
  [
    "a file by its path",
    "rows.csv",
    "train/rows.csvmy-project/digits-data:v0",
    "#/p/my-project/digits-data/v0?file=train%2Frows.csv",
  ],
])("the keyboard alone finds %s", async (_what, typed, row, place) => {
  await goHome();
  await find(typed);
  await expect.poll(current).toBe(row);
  await page.keyboard.press("Enter");
  await expect.poll(hash).toBe(place);
  await palette().waitFor({ state: "detached" });
});

test("tags lead to versions", async () => {
  await page.goto(`${app.url}#/p/my-project/digits-data/v0?tab=metadata`);
  await page.getByRole("button", { name: "Edit tags", exact: true }).click();
  await page.getByRole("textbox", { name: "Tags" }).fill("golden");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Edit tags", exact: true }).waitFor();
  await find("golden");
  await expect.poll(current).toBe("my-project/digits-data:v0golden");
  await page.keyboard.press("Escape");
});

test("digests of a file and of a version, as anybody writes them", async () => {
  const digest = await digestOf(WEIGHTS);
  await goHome();
  await find(`b3:${digest.slice("blake3:".length, "blake3:".length + 10)}`);
  await expect.poll(current).toContain("weights/model.safetensors");
  await page.keyboard.press("Escape");
  await page.goto(`${app.url}#/p/my-project/mnist-cnn/v0`);
  await untilVersion(page, "mnist-cnn:v0");
  const version = page.locator(".version .digest code").first();
  await find((await version.getAttribute("title")) ?? "no digest");
  await expect.poll(current).toContain("my-project/mnist-cnn:v0");
  await page.keyboard.press("Escape");
});

test("arrows go round, Home and End lead to the ends, Esc gives the keyboard back", async () => {
  await goHome();
  const button = page.getByRole("button", { name: "Search", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  await untilFocused(palette().getByRole("combobox"));
  await page.keyboard.type("mnist");
  await expect.poll(() => page.getByRole("option").count()).toBeGreaterThan(0);
  await page.getByRole("combobox", { name: "Search" }).fill("e");
  await expect.poll(() => page.getByRole("option").count()).toBeGreaterThan(3);
  const options = await page.getByRole("option").allTextContents();
  const first = options[0] ?? "";
  const last = options.at(-1) ?? "";
  await expect.poll(current).toBe(first);
  await page.keyboard.press("ArrowDown");
  await expect.poll(current).toBe(options[1]);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowUp");
  await expect.poll(current).toBe(last);
  await page.keyboard.press("ArrowDown");
  await expect.poll(current).toBe(first);
  await page.keyboard.press("End");
  await expect.poll(current).toBe(last);
  await expect.poll(() => page.locator('[role="option"][aria-selected="true"]').count()).toBe(1);
  await page.keyboard.press("Escape");
  await palette().waitFor({ state: "detached" });
  await untilFocused(button);
});

test("Ctrl+Enter opens a new tab, and the search stays", async () => {
  await goHome();
  await find("digits-data");
  await expect.poll(current).toBe("my-project/digits-data");
  const [tab] = await Promise.all([
    app.context.waitForEvent("page"),
    page.keyboard.press("Control+Enter"),
  ]);
  await untilVersion(tab, "digits-data:v0");
  await tab.close();
  await page.bringToFront();
  expect(await palette().isVisible()).toBe(true);
  await page.keyboard.press("Control+k");
  await palette().waitFor({ state: "detached" });
});

test("actions: the theme, a link, another place, and what a screen offers", async () => {
  await page.goto(`${app.url}#/p/my-project/mnist-cnn/v0`);
  await untilVersion(page, "mnist-cnn:v0");
  await find("dark theme");
  await expect.poll(current).toContain("Dark theme");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset["theme"]))
    .toBe("dark");
  await find("theme of the system");
  await expect.poll(current).toContain("Theme of the system");
  await page.keyboard.press("Enter");
  await find("copy link");
  await expect.poll(current).toContain("Copy link to this page");
  await page.keyboard.press("Enter");
  await untilToast(page, "Link copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await find("delete version");
  await expect.poll(current).toContain("Delete version…");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: /Delete/ }).waitFor();
  await page.keyboard.press("Escape");
  await find("empty bin");
  await expect.poll(current).toBe("Trash");
  await page.keyboard.press("Enter");
  await expect.poll(hash).toBe("#/trash");
});

test("a version is compared with another that is picked", async () => {
  await page.goto(`${app.url}#/p/my-project/mnist-cnn/v0`);
  await untilVersion(page, "mnist-cnn:v0");
  await find("compare this");
  await expect.poll(current).toContain("Compare this version with…");
  await page.keyboard.press("Enter");
  const picker = page.getByRole("dialog", { name: "Compare my-project/mnist-cnn:v0 with…" });
  await untilFocused(picker.getByRole("combobox"));
  await page.keyboard.type("digits-data:v0");
  await picker.getByRole("option", { name: /digits-data:v0/ }).click();
  await expect
    .poll(hash)
    .toBe("#/compare?a=my-project%2Fdigits-data%3Av0&b=my-project%2Fmnist-cnn%3Av0");
});

test("an empty box shows where the person was, then what can be done; nothing found is said", async () => {
  await goHome();
  await page.keyboard.press("Control+k");
  await page.getByRole("group", { name: "Recent" }).waitFor();
  await expect.poll(current).toContain("→");
  await page.keyboard.type("no such thing anywhere");
  await palette().getByText("Nothing has that in its name").waitFor();
  await page.keyboard.press("Enter");
  expect(await palette().isVisible()).toBe(true);
  await page.keyboard.press("Escape");
});

test("names with markup are text", async () => {
  await goHome();
  await find("bold");
  await expect.poll(current).toContain("notes <b>bold</b>.txt");
  expect(await palette().locator("b").count()).toBe(0);
  await page.keyboard.press("Escape");
});

test("what another tab logs is found at once", async () => {
  await goHome();
  const other = await app.openTab();
  const more = await makeFolder("fresh-thing", { "brand-new.bin": "new" });
  await openSheet(other, [more.path]);
  await untilStaged(other);
  await commit(other, "fresh-thing:v0");
  await other.close();
  await more.remove();
  await page.bringToFront();
  await find("brand-new");
  await expect.poll(current).toContain("brand-new.bin");
  await page.keyboard.press("Escape");
});

test("files dropped with Shift are identified, storing nothing", async () => {
  await goHome();
  const copy = await makeFolder("copy", {
    "renamed.safetensors": WEIGHTS,
    "in/license-too.txt": "free",
    "in/unknown.txt": "nobody has this",
  });
  const before = await readStore(page);
  await dropPaths(page, [copy.path], "body", SHIFT);
  const dialog = page.getByRole("dialog", { name: "Identify a folder" });
  await dialog.getByText("2 found, 1 not here.").waitFor();
  const rows = await dialog.getByRole("listitem").allTextContents();
  expect(rows.join("\n")).toMatch(/copy\/renamed\.safetensors[^\n]*in 1 place/);
  expect(rows.join("\n")).toContain("my-project/mnist-cnn:v0");
  expect(rows.join("\n")).toMatch(/copy\/in\/unknown\.txt[^\n]*not here/);
  expect(await readStore(page)).toEqual(before);
  await dialog.getByRole("button", { name: "Not here 1" }).click();
  await expect.poll(() => dialog.getByRole("listitem").count()).toBe(1);
  await dialog.getByRole("button", { name: "All 3" }).click();
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole("link", { name: "my-project/mnist-cnn:v0" }).click();
  await expect.poll(hash).toBe("#/p/my-project/mnist-cnn/v0?file=weights%2Fmodel.safetensors");
  await dialog.waitFor({ state: "detached" });
  await copy.remove();
});

test("a chosen file that is not here can be logged", async () => {
  await goHome();
  const folder = await makeFolder("loose", { "novel.txt": "a new story" });
  await find("identify files");
  await expect.poll(current).toContain("Identify files…");
  const chooser = await chooserOf(page, () => page.keyboard.press("Enter"));
  await chooser.setFiles(folder.at("novel.txt"));
  const dialog = page.getByRole("dialog", { name: "Identify 1 file" });
  await dialog.getByText("0 found, 1 not here.").waitFor();
  await dialog.getByRole("button", { name: "Log it as a new version…" }).click();
  await sheetOf(page).waitFor();
  await untilStaged(page);
  await commit(page, "novel:v0");
  await folder.remove();
});

test("thousands of files; one that vanishes before it is read is named", async () => {
  await goHome();
  const content = manyFiles(3_000);
  const many = await makeFolder("many", { ...content, "known.txt": "free" });
  const paths = [...Object.keys(content), "known.txt"].map((path) => many.at(path));
  const last = many.at("d29/f002999.txt");
  await page.getByRole("button", { name: "Settings" }).click();
  const chooser = await chooserOf(page, () =>
    page.getByRole("menuitem", { name: "Identify files…" }).click(),
  );
  await chooser.setFiles(paths);
  // Files are read in the order given: this one's turn has not come yet.
  await rm(last);
  const dialog = page.getByRole("dialog", { name: "Identify 3,001 files" });
  await dialog.getByText("1 found, 2,999 not here, 1 couldn't be read.").waitFor();
  await dialog.getByRole("button", { name: "Couldn't be read 1" }).click();
  const [named] = await dialog.getByRole("listitem").allTextContents();
  expect(named).toContain("“f002999.txt” changed or disappeared");
  await dialog.getByRole("button", { name: "Done" }).click();
  await many.remove();
});

test("the search itself has no faults, with rows and without, at every width", async () => {
  await goHome();
  await untilLoaded(page);
  await find("");
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.type("m");
  await expect.poll(() => page.getByRole("option").count()).toBeGreaterThan(1);
  expect(await faultsOf(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 700 });
  const frame = await palette().boundingBox();
  expect(frame).toMatchObject({ x: 0, y: 0, width: 360 });
  await page.getByRole("button", { name: "Close (Esc)" }).click();
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await palette().waitFor();
  await page.keyboard.press("Escape");
});
