// What the benches of one page share: the page built, served, and opened in a browser of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { BROWSER_ARGS, bringBrowser } from "../scripts/find-browser.mjs";

const at = (path) => new URL(path, import.meta.url).pathname;

/** Opens a page of this folder, such as `index-bench.html`, for as long as `run` takes. */
export async function onPage(html, run) {
  const configFile = at("./vite.config.ts");
  await build({
    configFile,
    logLevel: "warn",
    build: { rolldownOptions: { input: at(html) } },
  });
  const server = await preview({ configFile, preview: { host: "127.0.0.1", port: 0 } });
  const profile = mkdtempSync(join(tmpdir(), "cairn-bench-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await bringBrowser(),
    headless: true,
    args: BROWSER_ARGS,
    ignoreDefaultArgs: ["--disable-dev-shm-usage"],
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(600_000);
    await page.goto(new URL(html, server.resolvedUrls.local[0]).href);
    await run(page);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    await server.close();
  }
}
