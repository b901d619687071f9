// Interaction bench: `npm run bench:interaction`, after `npm run build`. From a click or key to the next paint, on very long lists.
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { BROWSER_ARGS, bringBrowser } from "../scripts/find-browser.mjs";
import { addManyArtifacts } from "../scripts/screenshots/many-rows.mjs";
import { PROJECT, writeLists } from "./interaction-rows.mjs";

const FILES = 100_000;
const MANY = 10_000;
/** What an interaction may take. */
const TARGET_MS = 100;

const root = new URL("..", import.meta.url).pathname;
const server = await preview({ root, logLevel: "error", preview: { host: "127.0.0.1", port: 0 } });
const [url] = server.resolvedUrls.local;
const profile = mkdtempSync(join(tmpdir(), "cairn-interaction-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: await bringBrowser(),
  headless: true,
  args: BROWSER_ARGS,
  ignoreDefaultArgs: ["--disable-dev-shm-usage"],
  viewport: { width: 1280, height: 800 },
});
const page = await context.newPage();
page.setDefaultTimeout(120_000);
const button = (name) => page.getByRole("button", { name });
const tab = (name) => page.getByRole("tab", { name });
try {
  await context.addInitScript(watch);
  await page.goto(url);
  await button(/sample project/).waitFor();
  await page.evaluate(writeLists, { project: PROJECT, files: FILES, versions: MANY });
  await addManyArtifacts(page, "many", MANY);
  console.log(`Load ${loadavg()[0].toFixed(1)}.\n`);
  console.log("| page | interactions | median ms | p98 ms | slowest ms | which | its script ms |");
  console.log("|---|---|---|---|---|---|---|");
  await bench("a version of 100,000 files", "#/p/bench/wide", files);
  await bench("10,000 versions", "#/p/bench/long", versions);
  await bench("metrics of 10,000 versions", "#/p/bench/long?tab=metrics", metrics);
  await bench("a project of 10,000 artifacts", "#/p/many", artifacts);
  await bench("the palette over all of it", "#/p/many", palette);
  console.log(`\nLoad ${loadavg()[0].toFixed(1)} at the end.`);
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
  await server.close();
}

/** Runs in the page: keeps every interaction, and how long its handlers ran. */
function watch() {
  window.cairnEvents = [];
  window.cairnStep = "";
  new PerformanceObserver((list) => {
    for (const {
      interactionId,
      duration,
      processingStart,
      processingEnd,
      name,
    } of list.getEntries())
      if (interactionId !== 0)
        window.cairnEvents.push({
          id: interactionId,
          ms: duration,
          script: processingEnd - processingStart,
          what: `${window.cairnStep}: ${name}`,
        });
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}

/** Does the steps of a page twice, the first time to warm up, and prints a line. */
async function bench(title, hash, steps) {
  await page.goto(`${url}${hash}`);
  for (const isWarm of [false, true]) {
    await page.evaluate(() => (window.cairnEvents = []));
    await steps();
    if (isWarm) print(title, await page.evaluate(() => window.cairnEvents));
  }
}

/** Names what is done, and gives the page time to paint it and tell. */
async function step(name, act) {
  await page.evaluate((text) => (window.cairnStep = text), name);
  await act();
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 120))),
  );
}

/** Of the events of one interaction the longest counts, as for INP; their handlers are added up. */
function print(title, events) {
  const byId = new Map();
  for (const event of events) {
    const known = byId.get(event.id);
    const script = event.script + (known?.script ?? 0);
    byId.set(event.id, { ...(known === undefined || event.ms > known.ms ? event : known), script });
  }
  const sorted = [...byId.values()].toSorted((a, b) => a.ms - b.ms);
  const at = (part) => sorted[Math.ceil(part * sorted.length) - 1]?.ms ?? 0;
  const worst = sorted.at(-1);
  const cells = [title, sorted.length, at(0.5), at(0.98), worst?.ms, worst?.what];
  console.log(`| ${[...cells, worst?.script.toFixed(0)].join(" | ")} |`);
  for (const { ms, script, what } of sorted.filter((event) => event.ms > TARGET_MS).toReversed())
    console.log(`  over ${TARGET_MS} ms: ${what}, ${ms} ms, script ${script.toFixed(0)}`);
}

async function type(field, text) {
  await field.click();
  for (const letter of text) await step(`type ${letter}`, () => page.keyboard.press(letter));
  for (const _ of text) await step("delete a letter", () => page.keyboard.press("Backspace"));
}

async function press(keys) {
  for (const key of keys) await step(`press ${key}`, () => page.keyboard.press(key));
}

async function files() {
  const tree = page.getByRole("treegrid");
  const line = (name) => tree.getByRole("row", { name }).locator(".file-label").first();
  await step("unfold a folder of 50,000", () => line(/images/).click());
  await step("choose all", () => page.getByRole("checkbox", { name: "Choose all shown" }).click());
  await step("choose none", () => page.getByRole("checkbox", { name: "Choose all shown" }).click());
  await step("choose one", () =>
    tree
      .getByRole("checkbox", { name: /000003/ })
      .first()
      .click(),
  );
  await step("choose a folder", () =>
    tree.getByRole("checkbox", { name: "Choose images" }).first().click(),
  );
  await step("clear", () => button("Clear").click());
  await tree.focus();
  await press(["ArrowDown", "ArrowDown", "PageDown", "PageDown", "End", "ArrowUp", "Home"]);
  await step("fold", () => line(/images/).click());
  await step("unfold a folder of folders", () => line(/labels/).click());
  await step("fold", () => line(/labels/).click());
  await type(page.getByLabel("Search in paths"), "0042");
  await step("to metadata", () => tab(/Metadata/).click());
  await step("to files", () => tab(/Files/).click());
  await tree.waitFor();
}

async function versions() {
  const list = page.getByRole("list", { name: "Versions, newest first" });
  for (let i = 1; i <= 4; i++)
    await step("go to another version", () =>
      list
        .getByRole("link")
        .nth(2 * i)
        .click(),
    );
  await step("choose two", () => button("Choose two versions to compare").click());
  await step("choose one", () => list.getByRole("button").nth(3).click());
  await press(["Escape"]);
  await list.getByRole("link").first().focus();
  await press(["Tab", "Tab", "Tab", "Tab"]);
  for (const name of [/Metadata/, /Usage/, /History/, /Lineage/, /Files/])
    await step(`to ${name.source}`, () => tab(name).click());
}

async function metrics() {
  const table = page.getByRole("table", { name: "Metrics by version" });
  for (const name of ["accuracy", "eval.loss", "Version", "Version"])
    await step(`sort by ${name}`, () =>
      table.locator(".metrics-sort").filter({ hasText: name }).first().click(),
    );
  await table.focus();
  await press(["PageDown", "PageDown", "End", "Home"]);
}

async function artifacts() {
  await button(/^All 10,000$/).waitFor();
  const heads = page.getByRole("group", { name: "Sort by" });
  for (const name of [/^Size/, /^Size/, /^Updated/, /^Versions/, /^Name/, /^Name/])
    await step(`sort by ${name.source}`, () => heads.getByRole("button", { name }).click());
  await type(page.getByLabel("Search names"), "ment-042");
  await step("one type", () => button(/^model /).click());
  await step("all types", () => button(/^All /).click());
  await step("to runs", () => tab("Runs").click());
  await step("to artifacts", () => tab("Artifacts").click());
}

async function palette() {
  await step("open it", () => page.keyboard.press("Control+k"));
  const field = page.locator(".palette-input");
  await field.waitFor();
  await type(field, "experiment 042");
  await press(["ArrowDown", "ArrowUp", "Escape"]);
}
