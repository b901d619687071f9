import { writeFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { faultsIn } from "../support/axe.ts";
import { makeFolder, type TempFolder } from "../support/fixtures.ts";
import { makeGoodFiles, PARQUET_ROWS } from "../support/make-preview-files.ts";
import { closeMessages, log, saved, untilFocused, untilLoaded } from "../support/pages.ts";

let app: App;
let page: Page;
let folder: TempFolder;
/** The address of the version, without a file. */
let address: string;
const requests: string[] = [];
beforeAll(async () => {
  app = await openApp();
  page = app.page;
  app.context.on("request", (request) => requests.push(request.url()));
  await untilLoaded(page);
  folder = await makeFolder("everything", {
    ...(await makeGoodFiles()),
    "media/clip.webm": await recordClip(page),
  });
  await log(page, [folder.path], "everything:v0");
  address = page.url();
});
beforeEach(() => closeMessages(page));
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
  await folder.remove();
});

/** A short film, recorded by the browser itself. */
async function recordClip(from: Page): Promise<Buffer> {
  const base64 = await from.evaluate(async () => {
    const canvas = document.createElement("canvas");
    canvas.width = 64;
    canvas.height = 48;
    const context = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/webm" });
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    for (let frame = 0; frame < 12; frame++) {
      context?.fillRect(frame, frame, 20, 20);
      await new Promise((painted) => requestAnimationFrame(painted));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  return Buffer.from(base64, "base64");
}

const pane = (): Locator => page.getByRole("region", { name: /^Preview of / });

/** Opens a file by its address and waits for the pane. */
async function open(path: string): Promise<Locator> {
  const next = `${address}?file=${encodeURIComponent(path)}`;
  // The same address again would change nothing.
  if (page.url() === next) await page.goto(address);
  await page.goto(next);
  const shown = page.getByRole("region", { name: `Preview of ${path}`, exact: true });
  await shown.waitFor();
  return shown;
}

/** Files and something of what is in them. */
test.each([
  ["train.py", "math.exp"],
  ["long.log", "1 epoch done"],
  ["config.json", "{3 members}"],
  ["README.md", "Tiny model"],
  ["notes.ipynb", "Loss goes down."],
  ["page.html", "<script>window.wasRun = true</script>"],
  ["data/zipcodes.csv", "Holtsville"],
  ["data/unemployment.tsv", "rate"],
  ["data/scores.jsonl", "500 rows, 3 columns"],
  ["data/flights.parquet", `${PARQUET_ROWS.toLocaleString("en")} rows, 43 columns`],
  ["img/7zip.png", "100 × 100 px"],
  ["img/logo.svg", "120 × 80 px"],
  ["media/tone.wav", "1 s"],
  ["media/clip.webm", "64 × 48 px"],
  ["models/tiny.safetensors", "60,544 in 97 tensors"],
  ["models/tiny.gguf", "blk.0.attn_q.weight"],
  ["models/angle.onnx", "float32"],
  ["packed/bundle.zip", "bundle/readme.txt"],
  ["packed/old.tar", "old/weights.txt"],
  ["blob.bin", "00000010"],
])("shows %s", async (path, text) => {
  const shown = await open(path);
  await shown.getByText(text).first().waitFor();
  // The tree unfolded to its line.
  const line = page.locator(".file-line[aria-current=true]");
  await expect.poll(() => line.textContent()).toContain(path.split("/").at(-1));
});

test("shows a PDF in the browser's own reader", async () => {
  const shown = await open("docs/hello.pdf");
  const frame = await shown.locator("iframe").elementHandle();
  const reader = await frame?.contentFrame();
  expect(reader?.url()).toMatch(/^blob:/);
});

test("shows each in other ways too, and its bytes", async () => {
  const shown = await open("README.md");
  await shown.getByRole("button", { name: "View as" }).click();
  await page.getByRole("menuitem", { name: "Text" }).click();
  await shown.getByText("# Tiny model").waitFor();
  await shown.getByRole("button", { name: "View as" }).click();
  await page.getByRole("menuitem", { name: "Bytes" }).click();
  await expect.poll(() => shown.textContent()).toContain("23 20 54 69 6e 79 20 6d");
});

test("a text leads to files of its version, to the web in a new tab, and nowhere else", async () => {
  const shown = await open("README.md");
  await shown.getByRole("img", { name: "7-Zip" }).waitFor();
  await shown.getByText("Tracker: not loaded from example.org").waitFor();
  const paper = shown.getByRole("link", { name: /^paper/ });
  await expect.poll(() => paper.getAttribute("rel")).toBe("noopener noreferrer");
  await expect.poll(() => paper.getAttribute("target")).toBe("_blank");
  await paper.getByText("example.org").waitFor();
  expect(await shown.getByRole("link", { name: "nowhere" }).count()).toBe(0);
  await shown.getByRole("button", { name: "settings" }).click();
  await page.getByRole("region", { name: "Preview of config.json" }).waitFor();
});

test("the JSON tree unfolds by keyboard, page by page", async () => {
  const shown = await open("config.json");
  const tree = shown.getByRole("tree");
  await tree.focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
  await tree.getByRole("treeitem", { name: /^0\s*:\s*0$/ }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await tree.getByText("Show more: 200 of 1,000").waitFor();
  await expect.poll(() => shown.locator(".json-path").textContent()).toBe("$.seeds");
  await page.keyboard.press("Enter");
  // The keyboard is where the next members begin.
  await tree.getByRole("treeitem", { name: /^200\s*:\s*200$/ }).waitFor();
  await page.keyboard.press("End");
  await tree.getByText("Show more: 400 of 1,000").waitFor();
});

test("a table: far rows and columns, a column's summary, a whole cell", async () => {
  const shown = await open("data/flights.parquet");
  const grid = shown.getByRole("grid");
  await grid.getByText("SFO").first().waitFor();
  // Columns out of view don't exist.
  expect(await grid.getByText("feature_39").count()).toBe(0);
  await shown.getByLabel("Go to row").fill("29,999");
  await page.keyboard.press("Enter");
  await grid.getByRole("rowheader", { name: "29,999" }).waitFor();
  await grid.focus();
  await page.keyboard.press("End");
  await grid.getByText("feature_39").waitFor();
  // 29,998 · 42, of a thousand.
  await shown.getByLabel("Cell", { exact: true }).getByText("916").waitFor();
  await page.keyboard.press("Control+Home");
  await grid.getByText("delay").click();
  const card = page.getByRole("dialog", { name: "Summary of delay" });
  await card.getByText("Mean").waitFor();
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });
  await untilFocused(grid);
});

test("rows of a CSV are counted and read as they come into view", async () => {
  const shown = await open("data/zipcodes.csv");
  await shown.getByText("42,049 rows, 6 columns").waitFor();
  await shown.getByRole("grid").focus();
  await page.keyboard.press("Control+End");
  await expect.poll(() => shown.getByRole("rowheader", { name: "42,049" }).count()).toBe(1);
});

test("a long text goes on where it was scrolled to", async () => {
  const shown = await open("long.log");
  const text = shown.getByRole("region", { name: "Text" });
  await text.getByText("1 epoch done", { exact: true }).waitFor();
  await expect
    .poll(async () => {
      await text.evaluate((element) => (element.scrollTop = element.scrollHeight));
      return text.getByText("20000 epoch done").count();
    })
    .toBe(1);
});

test("tensors are found, unfolded and sorted", async () => {
  const shown = await open("models/tiny.safetensors");
  await shown.getByRole("button", { name: "h.0", exact: true }).click();
  await shown.getByText("h.0.mlp.weight").waitFor();
  await shown.getByRole("button", { name: "Parameters" }).click();
  await shown.getByRole("button", { name: "Parameters" }).click();
  await expect
    .poll(() => shown.getByRole("row").nth(1).textContent())
    .toBe("wte.weightF321000 × 1616K64 kB");
  await shown.getByLabel("Search in names").fill("h.7.");
  await shown.getByText("4 of 97 tensors").waitFor();
  await shown.getByRole("button", { name: "Metadata" }).click();
  await shown.getByText("license").waitFor();
});

test("an ONNX model tells its inputs and operators", async () => {
  const shown = await open("models/angle.onnx");
  await shown.getByRole("button", { name: "Graph" }).click();
  await shown.getByRole("heading", { name: "Inputs" }).waitFor();
  await expect.poll(() => shown.getByText(/^Conv × \d+$/).count()).toBe(1);
});

test("the tree opens files by keyboard, the pane follows it, Esc gives the keyboard back", async () => {
  await page.goto(address);
  const tree = page.getByRole("treegrid");
  await tree.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Preview of train.py" }).waitFor();
  await expect.poll(() => page.url()).toContain("file=train.py");
  await page.keyboard.press("ArrowUp");
  await page.getByRole("region", { name: "Preview of page.html" }).waitFor();
  await pane().getByRole("button", { name: "View as" }).focus();
  await page.keyboard.press("Escape");
  await pane().waitFor({ state: "detached" });
  await untilFocused(tree);
  await expect.poll(() => page.url()).toBe(address);
});

test("the divider moves by keyboard and by dragging", async () => {
  await open("train.py");
  const divider = page.getByRole("separator", { name: "Width of the list of files" });
  const width = async (): Promise<number> => Number(await divider.getAttribute("aria-valuenow"));
  const before = await width();
  await divider.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBe(before + 2);
  const box = await divider.boundingBox();
  if (box === null) throw new Error("no divider");
  await page.mouse.move(box.x + 8, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x - 92, box.y + 100);
  await page.mouse.up();
  await expect.poll(width).toBeLessThan(before);
});

test("on a narrow page the pane takes the place of the tree, and Back closes it", async () => {
  await page.setViewportSize({ width: 500, height: 800 });
  await page.goto(address);
  await page.getByRole("row", { name: /train\.py/ }).click();
  await pane().getByText("math.exp").waitFor();
  expect(await page.getByRole("treegrid").isVisible()).toBe(false);
  await pane().getByRole("button", { name: "Files", exact: true }).click();
  await page.getByRole("treegrid").waitFor();
  await page.getByRole("row", { name: /train\.py/ }).click();
  await pane().waitFor();
  // The browser notes a step of its history a little after the page made it.
  await expect.poll(() => page.url()).toContain("file=");
  await page.goBack();
  await page.getByRole("treegrid").waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("downloads the file that is shown", async () => {
  const shown = await open("packed/old.tar");
  const file = await saved(page, () =>
    shown.getByRole("button", { name: "Download old.tar" }).click(),
  );
  expect(file.name).toBe("old.tar");
});

test("a file that is not there says so", async () => {
  const shown = await open("no/such.file");
  await expect.poll(() => shown.textContent()).toContain("This version has no such file");
});

/** One of each family of viewers; what surrounds the pane is looked at in other journeys. */
test.each([
  ["README.md", "Tiny model", "light"],
  ["config.json", "{3 members}", "light"],
  ["models/tiny.safetensors", "97 tensors", "dark"],
] as const)("%s has no faults of accessibility", async (path, text, scheme) => {
  const shown = await open(path);
  await shown.getByText(text).first().waitFor();
  expect(await faultsIn(page, ".preview-pane", scheme)).toEqual([]);
});

test("nor has a table with a column summed up", async () => {
  const shown = await open("data/scores.jsonl");
  await shown.getByRole("columnheader", { name: /^loss/ }).click();
  await page.getByRole("dialog", { name: "Summary of loss" }).getByText("Mean").waitFor();
  expect(await faultsIn(page, ".preview-pane", "dark")).toEqual([]);
});

test("another version keeps the file open, and a reload the width of the tree", async () => {
  await open("config.json");
  const divider = page.getByRole("separator", { name: "Width of the list of files" });
  const before = await divider.getAttribute("aria-valuenow");
  await divider.press("End");
  await expect.poll(() => divider.getAttribute("aria-valuenow")).not.toBe(before);
  const width = await divider.getAttribute("aria-valuenow");
  await writeFile(folder.at("later.txt"), "more");
  await log(page, [folder.path], "everything:v1");
  await page.goto(`${page.url()}?file=config.json`);
  await pane().getByText("{3 members}").first().waitFor();
  await page.reload();
  await pane().getByText("{3 members}").first().waitFor();
  await expect.poll(() => divider.getAttribute("aria-valuenow")).toBe(width);
  await page
    .getByRole("navigation", { name: "Versions" })
    .getByRole("link", { name: /v0/ })
    .click();
  await page.getByRole("heading", { level: 1, name: "everything:v0", exact: true }).waitFor();
  await pane().getByText("{3 members}").first().waitFor();
  await expect.poll(() => page.url()).toContain("file=config.json");
});

test("nothing in any file ran, and nothing was fetched from elsewhere", async () => {
  expect(await page.evaluate(() => "wasRun" in window)).toBe(false);
  const { origin } = new URL(app.url);
  // The browser's own reader of PDF files is made of pages of its own.
  const foreign = requests.filter((url) => /^(http|ws)/.test(url) && !url.startsWith(origin));
  expect(foreign).toEqual([]);
  expect(requests.length).toBeGreaterThan(0);
});
