// Starts a Chromium with a profile of its own.
import { chromium, type BrowserContext } from "playwright-core";
import { BROWSER_ARGS, bringBrowser } from "../../scripts/find-browser.mjs";
import { watchConsole, type ConsoleWatch } from "./console-watch.ts";
import { PATIENCE_MS } from "./patience.ts";

/** Starts one that nobody sees; what its tabs complain about is remembered. */
export async function launch(
  profile: string,
  viewport = { width: 1280, height: 800 },
): Promise<{ context: BrowserContext; console: ConsoleWatch }> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await bringBrowser(),
    args: BROWSER_ARGS,
    // /dev/shm is large enough here, and /tmp may be slow.
    ignoreDefaultArgs: ["--disable-dev-shm-usage"],
    viewport,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const console = await watchConsole(context);
  return { context, console };
}
