import { readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import {
  chipsOf,
  closeMessages,
  commit,
  countStore,
  digestOf,
  digestsBelow,
  openSheet,
  saved,
  savedZip,
  sheetOf,
  unfold,
  untilStaged,
  untilToast,
  untilVersion,
} from "../support/pages.ts";
import {
  DATASET_DIR,
  makeFolder,
  MODEL_DIR,
  ODD_CONTENT,
  type TempFolder,
} from "../support/fixtures.ts";
import { untilOffline } from "../support/service-worker.ts";

const isLeftOut = (path: string): boolean => path.endsWith(".DS_Store") || path.startsWith(".git/");

/** A folder with what people really drop: a model, datasets, odd names, and what systems leave behind. */
async function makeTree(): Promise<TempFolder> {
  const crowd = Object.fromEntries(
    Array.from({ length: 230 }, (_, i) => [`crowd/${String(i).padStart(3, "0")}.txt`, `${i}\n`]),
  );
  const folder = await makeFolder("Café models", {
    ...ODD_CONTENT,
    ...crowd,
    "model/net.onnx": await readFile(join(MODEL_DIR, "ch_ppocr_mobile_v2.0_cls_infer.onnx")),
    "model/large.onnx": await readFile(join(MODEL_DIR, "ch_PP-OCRv4_rec_infer.onnx")),
    "model/keys.txt": await readFile(join(MODEL_DIR, "ppocr_keys_v1.txt")),
    "data/cars.json": await readFile(join(DATASET_DIR, "cars.json")),
    "data/flights.arrow": await readFile(join(DATASET_DIR, "flights-200k.arrow")),
    "data/airports.csv": await readFile(join(DATASET_DIR, "airports.csv")),
    ".DS_Store": "finder",
    "data/.DS_Store": "finder",
    ".git/config": "[core]\n",
    ".git/objects/ab/cd": "object",
  });
  await symlink("model/net.onnx", folder.at("link.onnx"));
  return folder;
}

describe("a real folder, dropped as the operating system does", () => {
  let app: App;
  let tree: TempFolder;
  beforeAll(async () => {
    [app, tree] = await Promise.all([openApp({ isFirstVisit: true }), makeTree()]);
    await app.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await untilOffline(app.page);
  });
  afterAll(async () => {
    await app.close();
    await tree.remove();
  });

  test("is staged with a name proposed, its files and sizes, and what is left out [N1 F4 F6]", async () => {
    const sheet = await openSheet(app.page, [tree.path]);
    await untilStaged(app.page);
    await expect.poll(() => sheet.getByLabel("Name").inputValue()).toBe("Cafe-models");
    await expect.poll(() => sheet.getByLabel("Project").inputValue()).toBe("my-project");
    await expect.poll(() => sheet.getByLabel("Type").inputValue()).toBe("unspecified");
    // 230 in one folder, 6 real ones, 9 odd ones; the symbolic link is none.
    await sheet.getByText(/^Staged: 245 files · 13\.\d MB$/).waitFor();
    await sheet.getByText("1 empty folder not kept").waitFor();
    await sheet.getByText("1 folder, 2 files left out").waitFor();
    await sheet.getByText(/^First version · 13\.\d MB new to the store$/).waitFor();

    await sheet.getByLabel("Search in paths").fill("large");
    const row = sheet.getByRole("listitem").filter({ hasText: "model/large.onnx" });
    await expect.poll(() => row.textContent()).toContain("10.8 MB");
    await expect
      .poll(() => sheet.getByRole("list", { name: "Files" }).getByRole("listitem").count())
      .toBe(1);
  });

  test("becomes v0 · latest, with every file's BLAKE3 [M1 V1 A2]", async () => {
    await sheetOf(app.page).getByLabel("Type").fill("model");
    await sheetOf(app.page).getByLabel("Aliases").fill("prod");
    await commit(app.page, "Cafe-models:v0");
    await expect.poll(() => chipsOf(app.page)).toEqual(["model", "latest", "prod"]);
    await expect.poll(() => new URL(app.page.url()).hash).toBe("#/p/my-project/Cafe-models/v0");

    const expected = await digestOf(await readFile(tree.at("model/net.onnx")));
    await app.page.getByLabel("Search in paths").fill("net.onnx");
    await app.page.getByRole("row").filter({ hasText: "model/net.onnx" }).waitFor();
    await app.page.getByTitle(expected, { exact: true }).waitFor();
    await app.page.getByRole("button", { name: "Copy digest of model/net.onnx" }).click();
    await expect.poll(() => app.page.evaluate(() => navigator.clipboard.readText())).toBe(expected);
    await app.page.getByLabel("Search in paths").fill("");
  });

  test("comes back byte for byte: all, a chosen few, one [U2 U4]", async () => {
    const { page } = app;
    const onDisk = await digestsBelow(tree.path, isLeftOut);
    expect(await savedZip(page, "my-project/Cafe-models_v0")).toEqual(onDisk);
    await page.getByText(/^245 files in the zip, 13\.\d MB, each checked$/).waitFor();

    await closeMessages(page);
    await page.getByRole("checkbox", { name: "Choose data" }).check();
    await page.getByRole("checkbox", { name: "Choose README.md" }).check();
    const some = await savedZip(page, "my-project/Cafe-models_v0", "Download 4 files");
    const wanted = ["README.md", "data/airports.csv", "data/cars.json", "data/flights.arrow"];
    expect(some).toEqual(Object.fromEntries(wanted.map((path) => [path, onDisk[path]])));
    await page.getByRole("button", { name: "Clear" }).click();

    await page.getByLabel("Search in paths").fill("データ");
    const one = await saved(page, () =>
      page.getByRole("button", { name: "Download 日本語/データ.csv" }).click(),
    );
    expect(one.name).toBe("データ.csv");
    expect(await digestOf(one.bytes)).toBe(onDisk["日本語/データ.csv"]);
    await page.getByLabel("Search in paths").fill("");
    app.expectNoConsoleErrors();
  });

  test("dropped again changed, shows what changed and becomes v1; given aliases move [V1 A2 A3]", async () => {
    await writeFile(tree.at("data/cars.json"), "[]");
    await writeFile(tree.at("data/new.csv"), "a,b\n");
    await rm(tree.at("crowd/007.txt"));
    const sheet = await openSheet(app.page, [tree.path]);
    await sheet.getByText("Exists; its latest is v0").waitFor();
    await untilStaged(app.page);
    await sheet
      .getByText("Against v0: +1 added ~1 changed −1 removed · 6 B new to the store")
      .waitFor();
    await sheet.getByRole("button", { name: "Removed 1" }).click();
    await sheet.getByRole("listitem").filter({ hasText: "crowd/007.txt" }).waitFor();
    await expect.poll(() => sheet.getByLabel("Type").inputValue()).toBe("model");
    await sheet.getByLabel("Aliases").fill("prod");
    await commit(app.page, "Cafe-models:v1");
    await expect.poll(() => chipsOf(app.page)).toEqual(["model", "latest", "prod"]);
    await app.page.getByRole("link", { name: /^v0/ }).click();
    await untilVersion(app.page, "Cafe-models:v0");
    await expect.poll(() => chipsOf(app.page)).toEqual(["model"]);
  });

  test("dropped again unchanged, is “Same as v1” and creates nothing [V2]", async () => {
    const before = await countStore(app.page);
    const sheet = await openSheet(app.page, [tree.path]);
    await untilStaged(app.page);
    await sheet.getByText("Same as v1.").waitFor();
    await unfold(app.page, "Description, metadata, run");
    await sheet.getByLabel("Description").fill("not applied");
    await commit(app.page, "Cafe-models:v1");
    await untilToast(app.page, "Same content as v1; nothing new was stored.");
    await untilToast(app.page, "The description and metadata were not applied");
    // That it was logged again is on record [E1].
    const events = (before["events"] ?? 0) + 1;
    expect(await countStore(app.page)).toEqual({ ...before, events });
    app.expectNoConsoleErrors();
  });

  test("is still all there with the server stopped, after a reload and in a new browser", async () => {
    const v1 = await digestsBelow(tree.path, isLeftOut);
    await app.server.stop();
    await app.page.reload();
    await untilVersion(app.page, "Cafe-models:v1");
    await expect.poll(() => chipsOf(app.page)).toEqual(["model", "latest", "prod"]);
    expect(await savedZip(app.page, "my-project/Cafe-models_v1")).toEqual(v1);
    app.expectNoConsoleErrors();

    const page = await app.reopen();
    await page.getByRole("link", { name: /^my-project/ }).click();
    await page.getByRole("link", { name: /^Cafe-models/ }).click();
    await untilVersion(page, "Cafe-models:v1");
    expect(await savedZip(page, "my-project/Cafe-models_v1")).toEqual(v1);
    app.expectNoConsoleErrors();
  });
});
