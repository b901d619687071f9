// A published Space: made of the build and what a device synced, and opened by a visitor who has nothing.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { BROWSER_ARGS, bringBrowser } from "../../scripts/find-browser.mjs";
import type { PublishRequest } from "../../src/protocol/sync-api.ts";
import { publishSpace } from "../../src/sync/publish.ts";
import { NEVER, silent, type Device } from "../sync/devices.ts";
import { watchConsole, type ConsoleWatch } from "./console-watch.ts";
import { PATIENCE_MS } from "./patience.ts";
import { DIST } from "./server.ts";

/** The files that the build says it wrote. */
export async function listedFiles(): Promise<readonly string[]> {
  return JSON.parse(await readFile(join(DIST, "app-files.json"), "utf8")) as string[];
}

/** Publishes what a device synced, with the files that a page would gather. Answers the address. */
export async function publishBuild(device: Device, space: string): Promise<string> {
  const files = await Promise.all(
    (await listedFiles()).map(async (path) => ({
      path,
      body: new Blob([await readFile(join(DIST, path))]),
    })),
  );
  const request: PublishRequest = { space, title: "Nets", home: "https://cairn.example/", files };
  const { url } = await publishSpace(device.sync, await device.row(), request, silent(), NEVER);
  return url;
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly watch: ConsoleWatch;
  close(): Promise<void>;
}

/** Opens a browser that was never anywhere, and has no token. */
export async function openVisitor(): Promise<Visitor> {
  const browser = await chromium.launch({
    executablePath: await bringBrowser(),
    args: BROWSER_ARGS,
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  return { context, watch: await watchConsole(context), close: () => browser.close() };
}

const CHANGES =
  "Add|Approve|Become|Bring in|Create|Decline|Delete|Edit|Forget|Leave|Link|Move|New|Pin|Profile|Promote|Protect|" +
  "Remove|Restore|Role of|Roll back|Say|Sync|Trash|Undo|Unlink|Withdraw";

/** The controls of a page that would change something: a visitor should find none. */
export async function changesOffered(page: Page): Promise<readonly string[]> {
  const name = new RegExp(`^(${CHANGES})\\b`);
  const found: string[] = [];
  for (const role of ["button", "link", "textbox", "combobox"] as const)
    found.push(
      ...(await page
        .getByRole(role, { name })
        .evaluateAll((all) => all.map((one) => one.outerHTML))),
    );
  for (const menu of await page.getByRole("button", { name: "More", exact: true }).all()) {
    await menu.click();
    await page.getByRole("menuitem").first().waitFor();
    found.push(...(await page.getByRole("menuitem", { name }).allInnerTexts()));
    await page.keyboard.press("Escape");
  }
  return found;
}
