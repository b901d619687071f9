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
  await servePage(html, (open) => withProfile((profile) => open(profile, run)));
}

/** Builds and serves a page; `run` may open it as often as it likes, each time in a browser with a given profile. */
export async function servePage(html, run) {
  const configFile = at("./vite.config.ts");
  await build({
    configFile,
    logLevel: "warn",
    build: { rolldownOptions: { input: at(html) } },
  });
  const server = await preview({ configFile, preview: { host: "127.0.0.1", port: 0 } });
  const url = new URL(html, server.resolvedUrls.local[0]).href;
  try {
    await run((profile, use) => openPage(url, profile, use));
  } finally {
    await server.close();
  }
}

/** Gives `run` a browser profile that nobody used before. */
export async function withProfile(run) {
  const profile = mkdtempSync(join(tmpdir(), "cairn-bench-"));
  try {
    return await run(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function openPage(url, profile, use) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await bringBrowser(),
    headless: true,
    args: BROWSER_ARGS,
    ignoreDefaultArgs: ["--disable-dev-shm-usage"],
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(600_000);
    await page.goto(url);
    return await use(page);
  } finally {
    await context.close();
  }
}
