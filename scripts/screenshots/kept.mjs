// @ts-check
// The screenshots that are kept: README and the manifest show them.
import { join } from "node:path";
import { ROOT } from "../steps.mjs";
import { closeMessages, untilStill } from "./gestures.mjs";

/** @typedef {import("playwright-core").Page} Page */

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 780 };

/** What README shows, and where it is. */
const README = [
  ["home", "#/"],
  ["preview", "#/p/sample-digits/reader?file=model.safetensors"],
  [
    "compare",
    "#/compare?a=sample-digits%2Freader%3Av1&b=sample-digits%2Freader%3Av2&file=model.safetensors",
  ],
  ["lineage", "#/p/scribe/transcriber?tab=lineage"],
  ["registry", "#/r/models/digit-reader"],
];

/** @param {Page} page shows the app with the sample, a model and a lineage @param {string} address */
export async function takeKept(page, address) {
  /** @param {string} hash @param {string} path */
  const shoot = async (hash, path) => {
    await page.goto("about:blank");
    await page.goto(address + hash);
    await untilStill(page);
    await closeMessages(page);
    await page.screenshot({ path: join(ROOT, path) });
  };
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDE);
  for (const [name, hash] of README) await shoot(hash ?? "", `docs/screenshots/${name}-light.png`);
  await shoot("#/p/ocr/reader", "public/screenshots/wide.png");
  await page.setViewportSize(NARROW);
  await shoot("#/p/ocr/reader", "public/screenshots/narrow.png");
}
