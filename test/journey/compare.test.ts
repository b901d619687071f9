import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { makeFolder, noise, type TempFolder } from "../support/fixtures.ts";
import { f32Tensor, makeSafetensors } from "../support/make-model-files.ts";
import {
  closeMessages,
  commit,
  fill,
  log,
  openSheet,
  unfold,
  untilStaged,
} from "../support/pages.ts";

/** A pixel, as small as PNG gets; blue, and red. */
const PNG = [
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYPgPAAEDAQAIicLsAAAAAElFTkSuQmCC",
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
].map((text) => Buffer.from(text, "base64"));
const CODE = Array.from({ length: 60 }, (_, i) => `step_${i + 1} = run(${i + 1})`);
const TWIN = { "train.py": "print('hello')\n", "same.bin": noise(2_000, 5) };

let app: App;
let page: Page;
let cnn: TempFolder;
let twin: TempFolder;
let clone: TempFolder;

beforeAll(async () => {
  cnn = await makeFolder("cnn", {
    "train.py": `${CODE.join("\n")}\n`,
    "notes/plan.txt": "the plan\n",
    "weights/old.bin": noise(5_000),
    "gone.bin": noise(3_000, 3),
    "same.bin": noise(2_000, 5),
    "data.csv": "id,label,score\n1,cat,0.5\n2,dog,0.25\n",
    "model.safetensors": makeSafetensors([
      f32Tensor("embed.weight", [4, 2]),
      f32Tensor("head.weight", [2, 2]),
      f32Tensor("head.bias", [2]),
    ]),
    "plot.png": PNG[0] ?? "",
    "raw.dat": noise(1_000, 9),
  });
  app = await openApp();
  page = app.page;
  await openSheet(page, [cnn.path]);
  await fill(page, "Project", "digits");
  await unfold(page, "Description, metadata, run");
  await fill(page, "Metadata", JSON.stringify({ accuracy: 0.93, train: { lr: 0.1, epochs: 5 } }));
  await untilStaged(page);
  await commit(page, "cnn:v0");
  await changeFiles();
  await openSheet(page, [cnn.path]);
  await unfold(page, "Description, metadata, run");
  await fill(
    page,
    "Metadata",
    JSON.stringify({ accuracy: 0.95, train: { lr: 0.1, epochs: 8 }, notes: "first\nsecond\n" }),
  );
  await untilStaged(page);
  await commit(page, "cnn:v1");
  twin = await makeFolder("twin", TWIN);
  await log(page, [twin.path], "twin:v0");
  clone = await makeFolder("clone", TWIN);
  await log(page, [clone.path], "clone:v0");
});
afterEach(() => app.expectNoConsoleErrors());
afterAll(async () => {
  await app.close();
  await cnn.remove();
  await twin.remove();
  await clone.remove();
});

async function changeFiles(): Promise<void> {
  const code = [...CODE];
  code[29] = "step_30 = run(30, fast=True)";
  await writeFile(cnn.at("train.py"), `${code.join("\n")}\n`);
  await mkdir(dirname(cnn.at("archive/old.bin")));
  await rename(cnn.at("weights/old.bin"), cnn.at("archive/old.bin"));
  await rm(cnn.at("gone.bin"));
  await writeFile(cnn.at("new.txt"), "one\ntwo\n");
  await writeFile(cnn.at("data.csv"), "id,label,weight\n1,cat,1\n2,dog,2\n3,eel,3\n");
  await writeFile(
    cnn.at("model.safetensors"),
    makeSafetensors([
      f32Tensor("embed.weight", [4, 2]),
      f32Tensor("head.weight", [2, 2], 9),
      f32Tensor("head.bias", [3]),
      f32Tensor("extra.weight", [1]),
    ]),
  );
  await writeFile(cnn.at("plot.png"), PNG[1] ?? "");
  await writeFile(cnn.at("raw.dat"), noise(1_500, 11));
}

const open = async (search: string): Promise<void> => {
  await page.goto(`${app.url}#/compare?${search}`);
  await page.getByRole("heading", { level: 1, name: "Compare versions" }).waitFor();
};
const V0_V1 = "a=digits/cnn:v0&b=digits/cnn:v1";
const tree = (): Locator => page.getByRole("tree");
const line = (name: string | RegExp): Locator => tree().getByRole("treeitem", { name });
const mark = (name: string): Locator =>
  page.getByRole("group", { name: "Files shown" }).getByRole("button", { name });
const detail = (path: string): Locator => page.getByRole("article", { name: path });
const choose = async (path: string): Promise<Locator> => {
  await page.goto(`${app.url}#/compare?${V0_V1}&file=${encodeURIComponent(path)}`);
  const found = detail(path);
  await found.waitFor();
  return found;
};
const hash = (): string => new URL(page.url()).hash;

async function shownLines(): Promise<readonly (string | undefined)[]> {
  const texts = await tree().getByRole("treeitem").allInnerTexts();
  return texts.map((text) => text.split("\n")[0]);
}

describe("the files of two versions", () => {
  it("are reached from a version's page, with the version before it or another", async () => {
    await closeMessages(page);
    await page.goto(`${app.url}#/p/digits/cnn/v1`);
    await page.getByRole("link", { name: "Compare with v0" }).click();
    await line(/train\.py/).waitFor();
    await expect.poll(hash).toBe("#/compare?a=digits%2Fcnn%3Av0&b=digits%2Fcnn%3Av1");
    await expect.poll(() => page.title()).toBe("digits/cnn:v0 → digits/cnn:v1 · Cairn");
    await page.goto(`${app.url}#/p/digits/cnn/v0`);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Compare with another…" }).click();
    await page.getByText("Choose a version on each side").waitFor();
    await page.getByRole("combobox", { name: "Before: version" }).click();
    await page.getByRole("option", { name: /cnn:v1/ }).click();
    await line(/train\.py/).waitFor();
  });

  it("are summed up, and show what differs", async () => {
    await open(V0_V1);
    // The page before may have shown a comparison, too.
    await expect
      .poll(shownLines)
      .toEqual([
        "archive",
        "old.bin from weights/old.bin",
        "data.csv",
        "gone.bin",
        "model.safetensors",
        "new.txt",
        "plot.png",
        "raw.dat",
        "train.py",
      ]);
    for (const text of ["Changed 5", "Added 1", "Removed 1", "Renamed 1", "Copied 0", "Same 2"])
      await mark(text).waitFor();
    await page.getByText("9 of 10 files").waitFor({ state: "detached" });
  });

  it("are filtered by what happened and by path, and the URL says so", async () => {
    await open(V0_V1);
    await mark("Changed 5").click();
    await expect.poll(() => hash()).toContain("marks=added%2Cremoved%2Crenamed");
    await expect.poll(() => line(/train\.py/).count()).toBe(0);
    await page.getByRole("searchbox", { name: "Search in paths" }).fill("weights");
    await line("archive/old.bin from weights/old.bin").waitFor();
    await expect.poll(() => tree().getByRole("treeitem").count()).toBe(1);
    await page.reload();
    await line("archive/old.bin from weights/old.bin").waitFor();
    await mark("Same 2").click();
    await page.getByRole("searchbox", { name: "Search in paths" }).fill("");
    await line(/same\.bin/).waitFor();
  });

  it("have the keyboard of a tree", async () => {
    await open(V0_V1);
    await line(/archive/).waitFor();
    await tree().focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => line(/old\.bin/).count()).toBe(0);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await detail("archive/old.bin").getByText("Renamed from weights/old.bin").waitFor();
    await expect.poll(hash).toContain("file=archive%2Fold.bin");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await detail("train.py").waitFor();
  });
});

describe("what changed in a file", () => {
  it("is shown line by line, with words marked and same lines to unfold", async () => {
    const found = await choose("train.py");
    await found.getByText("+1 line").waitFor();
    const lines = found.getByRole("region", { name: "Differences, line by line" });
    await lines.getByText("step_30 = run(30, fast=True)").waitFor();
    expect((await lines.locator("mark").allInnerTexts()).join()).toContain("fast");
    expect(await lines.getByText("step_5 = run(5)").count()).toBe(0);
    await lines.getByRole("button", { name: "26 same lines" }).click();
    await lines.getByText("step_5 = run(5)").waitFor();
    await found.getByRole("button", { name: "Side by side" }).click();
    await found.locator(".diff-pair").first().waitFor();
  });

  it("is told of a text that is new", async () => {
    const found = await choose("new.txt");
    await found.getByText("+2 lines").waitFor();
    await expect.poll(() => found.getByText("not there").count()).toBe(1);
  });

  it("is told by columns and rows of a table, and by lines as well", async () => {
    const found = await choose("data.csv");
    await found.getByText("2 → 3 rows (+1)").waitFor();
    await found.getByText("2 of 4 columns differ").waitFor();
    const columns = found.getByRole("list", { name: "Columns" });
    await expect
      .poll(() => columns.locator(".piece-name").allInnerTexts())
      .toEqual(["weight", "score"]);
    await found.getByRole("button", { name: "Lines" }).click();
    await found.getByText("+4 lines").waitFor();
  });

  it("is told tensor by tensor", async () => {
    const found = await choose("model.safetensors");
    await found.getByText("3 of 4 tensors differ").waitFor();
    const tensors = found.getByRole("list", { name: "Tensors" }).getByRole("listitem");
    await tensors.filter({ hasText: "head.weight" }).getByText("values differ").waitFor();
    await tensors.filter({ hasText: "head.bias" }).getByText("F32 [3]").waitFor();
    await tensors.filter({ hasText: "extra.weight" }).getByText("added").waitFor();
    expect(await tensors.filter({ hasText: "embed.weight" }).count()).toBe(0);
    await found.getByRole("button", { name: "Only changed" }).click();
    await tensors.filter({ hasText: "embed.weight" }).getByText("same").waitFor();
    await found.getByRole("searchbox", { name: "Search in names" }).fill("bias");
    await expect.poll(() => tensors.count()).toBe(1);
  });

  it("is shown as images side by side", async () => {
    const found = await choose("plot.png");
    await expect
      .poll(() => found.getByRole("img", { name: /^(Before|After): plot\.png/ }).count())
      .toBe(2);
    await found.getByText("1 × 1 px").first().waitFor();
  });

  it("is told by size and digest where nothing else can be said", async () => {
    const found = await choose("raw.dat");
    await found.getByText("not of a kind that can be compared").waitFor();
    const link = found.getByRole("link", { name: "Look into the file" });
    await expect.poll(() => link.getAttribute("href")).toBe("#/p/digits/cnn/v1?file=raw.dat");
  });
});

describe("two sides", () => {
  it("differ in metadata, key by key, numbers with their difference", async () => {
    await open(`${V0_V1}&tab=metadata`);
    const keys = page.getByRole("list", { name: "Metadata, key by key" }).getByRole("listitem");
    await keys.filter({ hasText: "accuracy" }).getByText("+0.02 (+2.15%)").waitFor();
    await keys.filter({ hasText: "train.epochs" }).getByText("+3 (+60%)").waitFor();
    expect(await keys.filter({ hasText: "train.lr" }).count()).toBe(0);
    await keys.filter({ hasText: "notes" }).getByRole("button", { name: "Line by line" }).click();
    await keys.filter({ hasText: "notes" }).getByText("+2 lines").waitFor();
    await page.getByRole("button", { name: "Only changed" }).click();
    await keys.filter({ hasText: "train.lr" }).waitFor();
  });

  it("change places, and are chosen by typing, across artifacts", async () => {
    await open(V0_V1);
    await page.getByRole("button", { name: "Swap sides" }).click();
    await mark("Added 1").waitFor();
    await expect.poll(hash).toBe("#/compare?a=digits%2Fcnn%3Av1&b=digits%2Fcnn%3Av0");
    const after = page.getByRole("combobox", { name: "After: version" });
    await after.click();
    await page.getByRole("option", { name: /cnn:v1/ }).waitFor();
    await after.fill("twin");
    await page
      .getByRole("option", { name: /digits\/twin/ })
      .first()
      .waitFor();
    await after.press("ArrowDown");
    await after.press("Enter");
    await expect.poll(() => hash()).toContain("twin");
    await mark("Same 1").waitFor();
    await page.goBack();
    await mark("Same 2").waitFor();
  });

  it("that are one version, or have one content, say so", async () => {
    await open("a=digits/cnn:v1&b=digits/cnn:latest");
    await page.getByText("This is one version, on both sides.").waitFor();
    await open("a=digits/twin:v0&b=digits/clone:v0");
    await page.getByText("Both versions have the same content.").waitFor();
    await page.getByRole("button", { name: /^Copy digest blake3:/ }).waitFor();
    await line(/same\.bin/).click();
    await detail("same.bin").getByText("Nothing changed: the digests are equal.").waitFor();
    await expect.poll(() => mark("Changed 0").isDisabled()).toBe(true);
  });

  it("that are not there are named, and another can be chosen", async () => {
    await open("a=digits/nothing:v3&b=digits/cnn:v1");
    const before = page.getByRole("region", { name: "Before" });
    await before.getByRole("alert").getByText("nothing").waitFor();
    await page.getByRole("combobox", { name: "Before: version" }).fill("digits/cnn:v0");
    await page.keyboard.press("Enter");
    await line(/train\.py/).waitFor();
    await expect.poll(hash).toBe("#/compare?a=digits%2Fcnn%3Av0&b=digits%2Fcnn%3Av1");
  });

  it("that nobody chose yet are asked for", async () => {
    await open("b=digits/cnn:v1");
    await page.getByText("Choose a version on each side").waitFor();
    await page.getByRole("combobox", { name: "Before: version" }).click();
    await page.getByRole("option", { name: /cnn:v0/ }).click();
    await line(/train\.py/).waitFor();
    await expect.poll(hash).toBe("#/compare?a=digits%2Fcnn%3Av0&b=digits%2Fcnn%3Av1");
  });
});

it("has no faults that axe finds, in both colour schemes, wide and narrow", async () => {
  await choose("train.py");
  await page.getByRole("region", { name: "Differences, line by line" }).waitFor();
  const faults = [await faultsOf(page)];
  await choose("model.safetensors");
  await page.getByRole("list", { name: "Tensors" }).waitFor();
  faults.push(await faultsOf(page));
  await choose("data.csv");
  await page.getByRole("list", { name: "Columns" }).waitFor();
  faults.push(await faultsOf(page));
  await open(`${V0_V1}&tab=metadata`);
  await page.getByRole("list", { name: "Metadata, key by key" }).waitFor();
  faults.push(await faultsOf(page));
  await open("a=digits/nothing:v3&b=digits/cnn:v1");
  await page.getByRole("combobox", { name: "Before: version" }).click();
  await page.getByRole("alert").waitFor();
  faults.push(await faultsOf(page));
  expect(faults.flat()).toEqual([]);
});

it("shows a version in the trash for what it is", async () => {
  await page.goto(`${app.url}#/p/digits/twin/v0`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete version…" }).click();
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("checkbox");
  if ((await confirm.count()) > 0) await confirm.first().check();
  await dialog.getByRole("button", { name: /^(Delete|Move)/ }).click();
  await dialog.waitFor({ state: "detached" });
  await open("a=digits/twin:v0&b=digits/cnn:v1");
  await page
    .getByRole("region", { name: "Before" })
    .getByRole("button", { name: "Open the trash" })
    .click();
  await page.getByRole("heading", { level: 1, name: "Trash" }).waitFor();
  await expect.poll(hash).toBe("#/trash");
});
