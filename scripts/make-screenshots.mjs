// @ts-check
// `npm run screenshots`: every page of the built app, filled with real files, in light and dark at three widths,
// into screenshots/. `-- --keep` takes the few that README and manifest show; `-- home runs` only those scenes.
import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { BROWSER_ARGS, bringBrowser } from "./find-browser.mjs";
import { drop, fill, untilStill } from "./screenshots/gestures.mjs";
import { takeKept } from "./screenshots/kept.mjs";
import { addLineage } from "./screenshots/lineage-rows.mjs";
import { addManyArtifacts } from "./screenshots/many-rows.mjs";
import { addRegistries } from "./screenshots/registry-rows.mjs";
import { SCENES } from "./screenshots/scenes.mjs";
import { addNeighbours, addSample, deleteSome, logModel } from "./screenshots/seed.mjs";
import { main, ROOT, step, StepError } from "./steps.mjs";
import { build } from "./tools.mjs";

/** @typedef {import("playwright-core").Page} Page */

const FOLDER = join(ROOT, "screenshots");
const SIZES = [
  { width: 360, height: 780 },
  { width: 768, height: 1024 },
  { width: 1600, height: 1000 },
];
const PATIENCE_MS = 60_000;

const asked = process.argv.slice(2).filter((name) => !name.startsWith("--"));
const isKept = process.argv.includes("--keep");

/** What could not be shown, with the reason. @type {string[]} */
const failures = [];

/** @param {Page} page @param {string} address @param {string} work */
async function takeAll(page, address, work) {
  await mkdir(FOLDER, { recursive: true });
  await page.goto(address);
  await shoot(page, "home-empty");
  await page.goto(`${address}#/registries`);
  await shoot(page, "registries-empty");
  await page.goto(`${address}#/profile`);
  await shoot(page, "profile-empty");
  await page.goto(`${address}#/`);
  await addSample(page);
  const model = await logModel(page, work);
  await addLineage(page, "scribe");
  await addNeighbours(page);
  await addRegistries(page);
  if (isKept) return takeKept(page, address);
  await addManyArtifacts(page, "ten-thousand", 10_000);
  await deleteSome(page, address);
  for (const { name, hash, act } of SCENES) {
    if (!isWanted(name)) continue;
    await attempt(name, async () => {
      await page.goto("about:blank");
      await page.goto(address + hash);
      await untilStill(page);
      await act?.(page);
      await shoot(page, name);
    });
  }
  if (!isWanted("sheet")) return;
  await attempt("sheet", async () => {
    await page.goto(`${address}#/p/ocr`);
    await untilStill(page);
    await drop(page, model);
    await fill(page, {}, "best");
    await shoot(page, "sheet");
  });
}

/** @param {string} name */
const isWanted = (name) => asked.length === 0 || asked.includes(name);

/** One page that fails keeps no other from being seen. @param {string} name @param {() => Promise<void>} act */
async function attempt(name, act) {
  try {
    await act();
  } catch (error) {
    failures.push(`${name}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : ""}`);
  }
}

/** @param {Page} page @param {string} name */
async function shoot(page, name) {
  if (!isWanted(name)) return;
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      await untilStill(page);
      const path = join(FOLDER, `${name}-${size.width}-${colorScheme}.png`);
      await page.screenshot({ path });
    }
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (tooWide > 0) failures.push(`${name}: ${tooWide} px too wide at ${size.width}`);
  }
  console.log(name);
}

/** Whether something the build is made of is newer than it. */
async function isStale() {
  const built = join(ROOT, "dist/sw.js");
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  if (statSync(join(ROOT, "index.html")).mtimeMs > mtimeMs) return true;
  for (const folder of ["src", "workers", "public"]) {
    const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries)
      if (entry.isFile() && statSync(join(entry.parentPath, entry.name)).mtimeMs > mtimeMs)
        return true;
  }
  return false;
}

await main(async () => {
  if (await isStale()) await step("build", build);
  const work = await mkdtemp(join(tmpdir(), "cairn-shots-"));
  const server = await preview({ root: ROOT, preview: { port: 0 } });
  const address = server.resolvedUrls?.local[0] ?? "";
  const context = await chromium.launchPersistentContext(join(work, "profile"), {
    executablePath: await bringBrowser(),
    args: BROWSER_ARGS,
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    await takeAll(await context.newPage(), address, work);
  } finally {
    await context.close();
    await server.close();
    await rm(work, { recursive: true, force: true });
  }
  if (failures.length > 0) throw new StepError(failures.join("\n"));
});
