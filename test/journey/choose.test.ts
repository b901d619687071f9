import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, type TempFolder } from "../support/fixtures.ts";
import {
  chooserOf,
  commit,
  digestOf,
  digestsBelow,
  fill,
  openSheet,
  saved,
  savedZip,
  sheetOf,
  untilLoaded,
  untilStaged,
  untilToast,
  untilVersion,
} from "../support/pages.ts";

let app: App;
let page: Page;
let tree: TempFolder;
beforeAll(async () => {
  app = await openApp();
  page = app.page;
  await app.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // The real one is a window of the system's; a folder of this origin stands in for the person's.
  await app.context.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
  });
  await page.reload();
  tree = await makeFolder("tree", { "a.txt": "a", "in/b.txt": "b", "in/c.txt": "c" });
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
  await tree.remove();
});

async function choose(button: string, paths: string | string[]): Promise<void> {
  await untilLoaded(page);
  const chooser = await chooserOf(page, () =>
    page.getByRole("button", { name: button, exact: true }).click(),
  );
  await chooser.setFiles(paths);
  await sheetOf(page).waitFor();
}

/** Path → text of what was saved to the stand-in folder. */
function savedToFolder(): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const files: Record<string, string> = {};
    const read = async (folder: FileSystemDirectoryHandle, prefix: string): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (handle instanceof FileSystemDirectoryHandle) await read(handle, `${prefix}${name}/`);
        else if (handle instanceof FileSystemFileHandle)
          files[prefix + name] = await (await handle.getFile()).text();
      }
    };
    await read(await navigator.storage.getDirectory(), "");
    return files;
  });
}

const hash = (): string => new URL(page.url()).hash;

test("Choose folder makes an artifact named after it", async () => {
  await choose("Choose folder", tree.path);
  await expect.poll(() => sheetOf(page).getByLabel("Name").inputValue()).toBe("tree");
  await fill(page, "Type", "model");
  await untilStaged(page);
  await commit(page, "tree:v0");
  expect(await savedZip(page, "my-project/tree_v0")).toEqual(await digestsBelow(tree.path));
});

test("Choose files takes several, which need a name of their own; one brings its stem", async () => {
  await choose("Add files", [tree.at("a.txt"), tree.at("in/b.txt")]);
  await expect.poll(() => sheetOf(page).getByLabel("Name").inputValue()).toBe("");
  await sheetOf(page).getByRole("button", { name: "Commit" }).click();
  await sheetOf(page).getByText("It is empty.").waitFor();
  await fill(page, "Name", "pair");
  await fill(page, "Type", "dataset");
  await untilStaged(page);
  await commit(page, "pair:v0");
  expect(await savedZip(page, "my-project/pair_v0")).toEqual({
    "a.txt": await digestOf(Buffer.from("a")),
    "b.txt": await digestOf(Buffer.from("b")),
  });

  await choose("Add files", tree.at("in/c.txt"));
  await expect.poll(() => sheetOf(page).getByLabel("Name").inputValue()).toBe("c");
  await sheetOf(page)
    .getByRole("button", { name: /^Cancel draft/ })
    .click();
});

// A test can't put files of the disk on the system's clipboard; an image is a file all the same.
test("a pasted picture is a file; pasted text is none, except in a field", async () => {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2, 2);
    canvas.getContext("2d")?.fillRect(0, 0, 1, 1);
    await navigator.clipboard.write([
      new ClipboardItem({ "image/png": await canvas.convertToBlob() }),
    ]);
  });
  await page.keyboard.press("Control+V");
  await sheetOf(page).waitFor();
  await expect.poll(() => sheetOf(page).getByLabel("Name").inputValue()).toBe("image");
  await untilStaged(page);
  await commit(page, "image:v0");
  await page.getByRole("row").filter({ hasText: "image.png" }).waitFor();

  await page.evaluate(() => navigator.clipboard.writeText("a.txt"));
  await page.locator("main").focus();
  await page.keyboard.press("Control+V");
  await untilToast(page, "That was text, not files.");
  await page.getByLabel("Search in paths").focus();
  await page.keyboard.press("Control+V");
  await page.getByText("No path contains this text.").waitFor();
  expect(await sheetOf(page).count()).toBe(0);
});

test("Save to folder writes the layout, skips what is there, and overwrites only when told [U2 U3]", async () => {
  await page.goto(`${app.url}#/p/my-project/tree`);
  await untilVersion(page, "tree:v0");
  const save = page.getByRole("button", { name: "Save to folder…" });
  await save.click();
  await page.getByText("3 files written, 3 B, each checked").waitFor();
  const whole = {
    "my-project/tree_v0/a.txt": "a",
    "my-project/tree_v0/in/b.txt": "b",
    "my-project/tree_v0/in/c.txt": "c",
  };
  expect(await savedToFolder()).toEqual(whole);

  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const project = await root.getDirectoryHandle("my-project");
    const file = await (await project.getDirectoryHandle("tree_v0")).getFileHandle("a.txt");
    const stream = await file.createWritable();
    await stream.write("x");
    await stream.close();
  });
  await save.click();
  await page.getByText("2 files already there").waitFor();
  await page.getByText("1 file is there with other content and was left alone").waitFor();
  expect(await savedToFolder()).toEqual({ ...whole, "my-project/tree_v0/a.txt": "x" });

  await page.getByRole("button", { name: "Overwrite it" }).click();
  await page.getByText("1 file written, 1 B, each checked").waitFor();
  expect(await savedToFolder()).toEqual(whole);
});

test("the type filter and the search narrow a project, and the address follows", async () => {
  await page.goto(`${app.url}#/p/my-project`);
  const rows = page.getByRole("list", { name: "Artifacts" }).getByRole("listitem");
  await expect.poll(() => rows.count()).toBe(3);
  await page.getByRole("button", { name: "model 1" }).click();
  await expect.poll(hash).toBe("#/p/my-project?type=model");
  await expect.poll(() => rows.allTextContents()).toEqual([expect.stringMatching(/^treemodel/)]);
  await page.getByLabel("Search names, aliases, tags").fill("pair");
  await page.getByText("No artifact matches").waitFor();
  await expect.poll(hash).toBe("#/p/my-project?type=model&q=pair");
  await page.getByRole("button", { name: "Show all" }).click();
  await expect.poll(() => rows.count()).toBe(3);
  await expect.poll(hash).toBe("#/p/my-project");
});

test("an address with a search opens exactly that", async () => {
  const tab = await app.openTab("#/p/my-project/tree/v0?q=in%2Fc");
  await untilVersion(tab, "tree:v0");
  await tab.getByText("1 of 3 files").waitFor();
  await expect.poll(() => tab.getByLabel("Search in paths").inputValue()).toBe("in/c");
  await tab.getByRole("row").filter({ hasText: "in/c.txt" }).waitFor();
  await tab.close();

  const other = await app.openTab("#/p/my-project?q=PAI&type=dataset");
  await other.getByRole("link", { name: /^pair/ }).waitFor();
  expect(await other.getByRole("listitem").filter({ hasText: "tree" }).count()).toBe(0);
  await other.close();
});

test("the files can be reached, unfolded, chosen and saved by keyboard alone", async () => {
  await page.goto(`${app.url}#/p/my-project/tree/v0`);
  await untilVersion(page, "tree:v0");
  const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute("role") ?? null);
  for (let presses = 0; presses < 40 && (await focused()) !== "treegrid"; presses++)
    await page.keyboard.press("Tab");
  expect(await focused()).toBe("treegrid");

  // Folders first: in/, then a.txt.
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("row", { name: /b\.txt/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.getByText("1 file chosen, 1 B").waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Space");
  await page.getByText("2 files chosen, 2 B").waitFor();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => page.getByRole("row", { name: /b\.txt/ }).count()).toBe(0);
  await page.keyboard.press("End");
  const file = await saved(page, () => page.keyboard.press("d"));
  expect(file.name).toBe("a.txt");
  expect(Buffer.from(file.bytes).toString()).toBe("a");
});

test("Esc puts the sheet into the tray, and Ctrl+Enter commits", async () => {
  const sheet = await openSheet(page, [tree.at("in/b.txt")]);
  await untilStaged(page);
  await page.keyboard.press("Escape");
  await expect.poll(() => sheet.count()).toBe(0);
  const inTray = page
    .getByRole("complementary", { name: "Drafts" })
    .getByRole("button", { name: /^b\b/ });
  await inTray.focus();
  await page.keyboard.press("Enter");
  await sheet.waitFor();
  await page.keyboard.press("Control+Enter");
  await untilVersion(page, "b:v0");
});
