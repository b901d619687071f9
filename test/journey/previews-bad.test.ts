import { open as openFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, zipSync } from "fflate";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { fixed, joinBytes, utf8, type Bytes } from "../support/byte-writer.ts";
import { makeFolder, noise, type FolderContent, type TempFolder } from "../support/fixtures.ts";
import { makeGguf, makeOnnx, makeSafetensorsOf } from "../support/make-model-files.ts";
import { makeGoodFiles, makePdf } from "../support/make-preview-files.ts";
import { closeMessages, log, untilLoaded } from "../support/pages.ts";

/** Scripts in files set this mark, if they run. */
const MARK = "window.wasRun = true; parent.wasRun = true; top.wasRun = true";
const HUGE_JSON_BYTES = 200 * 2 ** 20;

let app: App;
let page: Page;
let folder: TempFolder;
let address: string;
beforeAll(async () => {
  app = await openApp();
  page = app.page;
  await untilLoaded(page);
  folder = await makeFolder("hostile", await makeBadFiles());
  await writeHugeJson(folder.at("huge.json"));
  await log(page, [folder.path], "hostile:v0");
  address = page.url();
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
  await folder.remove();
});
beforeEach(() => closeMessages(page));

async function makeBadFiles(): Promise<FolderContent> {
  const good = await makeGoodFiles();
  const cut = (name: string, bytes: number): Uint8Array => {
    const content = good[name];
    if (!(content instanceof Uint8Array)) throw new Error(`${name} has no bytes`);
    return content.subarray(0, bytes);
  };
  const deep = "[".repeat(100_000);
  return {
    "page.html": `<!doctype html><script>${MARK}</script><img src=x onerror="${MARK}"><iframe src="javascript:${MARK}"></iframe>`,
    "page.txt": `<script>${MARK}</script>`,
    "image.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="${MARK}"><rect width="40" height="40"/><script>${MARK}</script><image href="https://example.org/x.png"/></svg>`,
    "script.md": `<script>${MARK}</script>\n\n<img src=x onerror="${MARK}">\n\n[link](javascript:${encodeURI(MARK)}) ![image](javascript:1)`,
    // Says it is an image and is a page.
    "page.png": `<html><script>${MARK}</script></html>`,
    "page.pdf": `<html><script>${MARK}</script></html>`,
    "invalid.txt": Buffer.from([0x6f, 0x6b, 0xff, 0xfe, 0x20, 0xc3, 0x28, 0x0a]),
    "deep.json": `${deep}${deep.replaceAll("[", "]")}`,
    "broken.json": '{"a": [1, 2',
    "broken.ipynb": '{"cells": [',
    "cut.safetensors": cut("models/tiny.safetensors", 500),
    "lying.safetensors": joinBytes([fixed("u64", 2n ** 60n), utf8("{}")]),
    "overlapping.safetensors": makeSafetensorsOf(
      '{"a":{"dtype":"F32","shape":[9007199254740991,2],"data_offsets":[-8,99999999999]}}',
      [],
    ),
    "lying.gguf": makeGguf({ tensorCount: 2n ** 62n, valueCount: 2n ** 62n }),
    "cut.onnx": makeOnnx().subarray(0, 40),
    "cut.parquet": cut("data/flights.parquet", 10_000),
    "lying.parquet": joinBytes([utf8("PAR1"), noise(64), fixed("u32", 2 ** 31), utf8("PAR1")]),
    "cut.zip": cut("packed/bundle.zip", 60),
    "bomb.zip": zipSync({ "zeros.bin": new Uint8Array(20 << 20) }),
    "bomb.csv.gz": gzipSync(new Uint8Array(1 << 20)),
    "cut.tar": cut("packed/old.tar", 700),
    "cut.png": cut("img/7zip.png", 90),
    "cut.wav": cut("media/tone.wav", 30),
    "cut.pdf": makePdf("cut").subarray(0, 60),
    "wide.csv": `${Array.from({ length: 20_000 }, (_, i) => `c${i}`).join(",")}\n`,
    "quote.csv": `a,b\n"${"never closed ".repeat(50_000)}`,
    "empty.json": "",
    "empty.csv": "",
    "empty.md": "",
    "empty.bin": "",
    "zeros.txt": new Uint8Array(5000),
    "bidi\u202Etxt.exe": "MZ",
  };
}

/** One line of 200 MiB: an array of strings. */
async function writeHugeJson(path: string): Promise<void> {
  const file = await openFile(path, "w");
  try {
    const piece = utf8(`"${"x".repeat(1021)}",`.repeat(4096));
    await file.write("[");
    for (let bytes = 0; bytes < HUGE_JSON_BYTES; bytes += piece.length) await file.write(piece);
    await file.write('"end"]');
  } finally {
    await file.close();
  }
}

async function open(path: string): Promise<Locator> {
  await page.goto(`${address}?file=${encodeURIComponent(path)}`);
  const shown = page.getByRole("region", { name: /^Preview of / });
  await shown.waitFor();
  return shown;
}

/** What the pane says once it has opened the file, with how long the page was away at most. */
async function look(path: string): Promise<{ text: string; awayMs: number }> {
  await page.goto(address);
  const lag = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let last = performance.now();
        let most = 0;
        const timer = setInterval(() => {
          const now = performance.now();
          most = Math.max(most, now - last);
          last = now;
          if (document.querySelector(".preview-body > :not(.preview-loading, .preview-slow)")) {
            clearInterval(timer);
            resolve(most);
          }
        }, 10);
      }),
  );
  const shown = await open(path);
  const awayMs = await lag;
  // The code of a viewer comes after the file was opened; what a frame shows has no text of ours.
  const body = shown.locator(".preview-body");
  await expect
    .poll(async () => ((await body.textContent()) ?? "") + (await body.locator("iframe").count()))
    .not.toMatch(/^0?$/);
  return { text: (await shown.textContent()) ?? "", awayMs };
}

test.each([
  ["page.html", "<!doctype html>"],
  ["page.txt", "<script>"],
  ["image.svg", "40 × 40 px"],
  ["script.md", "<script>"],
  ["page.png", "<html>"],
  ["page.pdf", "<html>"],
  ["invalid.txt", "not valid UTF-8"],
  ["deep.json", "[1 item]"],
  ["broken.json", "can't be shown"],
  ["broken.ipynb", "can't be shown"],
  ["cut.safetensors", "cut off inside its header"],
  ["lying.safetensors", "can't be shown"],
  ["lying.gguf", "can't be shown"],
  ["lying.parquet", "can't be shown"],
  ["cut.parquet", "can't be shown"],
  ["bomb.zip", "zeros.bin"],
  ["wide.csv", "Only the first 1,000 columns"],
  ["quote.csv", "never closed"],
  ["empty.json", "empty"],
  ["empty.csv", "empty"],
  ["empty.bin", "empty"],
  ["bidi\u202Etxt.exe", "\\u{202e}"],
])("%j: %s", async (path, expected) => {
  const { text } = await look(path);
  expect(text).toContain(expected);
});

/** What is said of these is up to their reader; that something is said, and the page lives on, is not. */
test.each([
  ["overlapping.safetensors"],
  ["cut.onnx"],
  ["cut.zip"],
  ["bomb.csv.gz"],
  ["cut.tar"],
  ["cut.png"],
  ["cut.wav"],
  ["cut.pdf"],
  ["empty.md"],
  ["zeros.txt"],
])("%s is shown or refused, and the page lives on", async (path) => {
  const { text } = await look(path);
  expect(text).not.toContain("went wrong inside Cairn");
  const shown = page.getByRole("region", { name: /^Preview of / });
  await shown.getByRole("button", { name: /^Close preview/ }).click();
  await shown.waitFor({ state: "detached" });
});

test("[L1 L3] a line of 200 MB: opened at once, the page stays quick", async () => {
  const { text, awayMs } = await look("huge.json");
  expect(text).toMatch(/huge\.json/);
  expect(text).toMatch(/more characters on this line|can't be shown|too l/);
  expect(awayMs).toBeLessThan(1500);
  await page.getByRole("treegrid").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: /^Preview of / }).waitFor({ state: "detached" });
});

test("[L4] no script in any of them ran", async () => {
  expect(await page.evaluate(() => "wasRun" in window)).toBe(false);
});

test("bytes that the disk lost: the pane says so, and Verify is at hand", async () => {
  const big: Bytes = noise(3 << 20);
  const model = await makeFolder("lost", { "weights.bin": big });
  await log(page, [model.path], "lost:v0");
  const lost = page.url();
  await app.context.close();
  await loseBlobs(app.profile);
  page = await app.reopen();
  await untilLoaded(page);
  await page.goto(`${lost}?file=weights.bin`);
  const shown = page.getByRole("region", { name: "Preview of weights.bin" });
  await shown.getByRole("alert").waitFor();
  await expect.poll(() => shown.getByRole("alert").textContent()).toContain("not in this browser");
  await shown.getByRole("button", { name: "Verify this file" }).click();
  await page.locator(".damage").getByText("weights.bin").waitFor();
  await model.remove();
});

/** Deletes what the browser keeps of large files, as a failing disk might. */
async function loseBlobs(profile: string): Promise<void> {
  const stored = join(profile, "Default/IndexedDB");
  for (const name of await readdir(stored))
    if (name.endsWith(".blob"))
      for (const entry of await readdir(join(stored, name), {
        recursive: true,
        withFileTypes: true,
      }))
        if (entry.isFile()) await rm(join(entry.parentPath, entry.name));
}
