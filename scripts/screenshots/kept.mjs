// @ts-check
// The screenshots that are kept: README, docs and the manifest show them.
import { join } from "node:path";
import { ROOT } from "../steps.mjs";
import { closeMessages, drop } from "./gestures.mjs";

/** @typedef {import("playwright-core").Page} Page */

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 780 };

/**
 * @param {Page} page
 * @param {string} address
 * @param {string} model a folder that changed since it was logged
 */
export async function takeKept(page, address, model) {
  /** @param {string} path */
  const shoot = (path) => page.screenshot({ path: join(ROOT, path) });
  await page.setViewportSize(WIDE);
  await page.goto(`${address}#/p/ocr/reader`);
  await page.getByRole("treegrid").waitFor();
  for (const colorScheme of /** @type {const} */ (["dark", "light"])) {
    await page.emulateMedia({ colorScheme });
    await shoot(`docs/screenshots/version-${colorScheme}.png`);
  }
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
  await drop(page, model);
  await shoot("docs/screenshots/sheet-light.png");
  await page.getByRole("button", { name: /^Cancel draft/ }).click();
  await closeMessages(page);
  await page.setViewportSize(NARROW);
  await shoot("public/screenshots/narrow.png");
}
