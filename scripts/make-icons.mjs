// @ts-check
// Renders public/favicon.svg to the PNG icons in public/icons. Run by hand after the drawing changes.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { BROWSER_ARGS, bringBrowser } from "./find-browser.mjs";

const publicFolder = fileURLToPath(new URL("../public/", import.meta.url));
const svg = await readFile(join(publicFolder, "favicon.svg"), "utf8");
/** Platforms cut these to their own shape: a full square of background. */
const square = svg.replace(/ rx="\d+"/, "");
/** Only the middle 80 % of a maskable icon is sure to be seen. */
const maskable = square.replace("<g>", '<g transform="translate(51 51) scale(0.8)">');

const icons = [
  { file: "icon-180.png", size: 180, drawing: square },
  { file: "icon-192.png", size: 192, drawing: svg },
  { file: "icon-512.png", size: 512, drawing: svg },
  { file: "maskable-512.png", size: 512, drawing: maskable },
];

await mkdir(join(publicFolder, "icons"), { recursive: true });
const browser = await chromium.launch({ executablePath: await bringBrowser(), args: BROWSER_ARGS });
for (const { file, size, drawing } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`,
  );
  await page.screenshot({ path: join(publicFolder, "icons", file), omitBackground: true });
  await page.close();
}
await browser.close();
