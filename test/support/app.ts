// Opens the built app in a real Chromium with a profile of its own.
import { cp, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { inject } from "vitest";
import { launch } from "./browser.ts";
import { keptApp } from "./kept-app.ts";
import { removeProfile } from "./profiles.ts";
import { startServer, type ServerOptions, type StaticServer } from "./server.ts";

export interface App {
  readonly server: StaticServer;
  readonly url: string;
  readonly profile: string;
  /** The tab opened first, in the browser that runs now. */
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens the app in one more tab. */
  openTab(path?: string): Promise<Page>;
  /** Starts a browser with the same profile, after {@link App.killBrowser} or instead of the one that runs. */
  reopen(): Promise<Page>;
  /** kill -9: no process of the browser gets to finish anything. */
  killBrowser(): Promise<void>;
  /** Takes back {@link AppOptions.quotaBytes}. */
  liftQuota(): Promise<void>;
  /** Fails the test if any tab logged an error or broke the Content Security Policy, and forgets them. */
  expectNoConsoleErrors(): void;
  close(): Promise<void>;
}

export interface AppOptions extends ServerOptions {
  /**
   * The browser never saw the app, whose server is its own: it may be stopped. Else, without options of a server, it
   * was there once and keeps the app's files.
   */
  readonly isFirstVisit?: boolean;
  /** What follows the app's address, for instance `#/projects`. */
  readonly path?: string;
  /** What the app may store, until {@link App.liftQuota}. */
  readonly quotaBytes?: number;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Starts a server and a browser, and opens the app. Close it when done: that removes the profile. */
export async function openApp(options: AppOptions = {}): Promise<App> {
  const { server, profile, end } = await (isFirst(options) ? visitFirst(options) : visitAgain());
  let browser = await launch(profile, options.viewport);
  const open = async (path = ""): Promise<Page> => {
    const page = await browser.context.newPage();
    await page.goto(server.url + path);
    return page;
  };
  let page = await browser.context.newPage();
  const liftQuota =
    options.quotaBytes === undefined
      ? undefined
      : await limitStorage(page, server.url, options.quotaBytes);
  await page.goto(server.url + (options.path ?? ""));
  return {
    server,
    url: server.url,
    profile,
    get page() {
      return page;
    },
    get context() {
      return browser.context;
    },
    openTab: open,
    async reopen() {
      await browser.context.close();
      browser = await launch(profile, options.viewport);
      return (page = await open(options.path));
    },
    killBrowser: () => kill(browser.context),
    async liftQuota() {
      await liftQuota?.();
    },
    expectNoConsoleErrors: () => browser.console.expectNoErrors(),
    async close() {
      await browser.context.close();
      await end();
      await removeProfile(profile);
    },
  };
}

interface Visit {
  readonly server: StaticServer;
  readonly profile: string;
  /** Stops the server, if it is this visit's own. */
  end(): Promise<void>;
}

async function visitFirst(options: ServerOptions): Promise<Visit> {
  const [server, profile] = await Promise.all([startServer(options), makeProfile()]);
  return { server, profile, end: () => server.stop() };
}

async function visitAgain(): Promise<Visit> {
  const [kept, profile] = await Promise.all([keptApp(), makeProfile()]);
  await cp(kept.profile, profile, { recursive: true });
  const refuse = (): Promise<never> =>
    Promise.reject(new Error("other tests use this server, too: open the app with isFirstVisit"));
  const server = { url: kept.server.url, stop: refuse, restart: refuse };
  return { server, profile, end: () => Promise.resolve() };
}

/** The kept app is in a folder of its own at no other path. */
function isFirst({ isFirstVisit = false, folder, basePath }: AppOptions): boolean {
  return isFirstVisit || folder !== undefined || basePath !== undefined;
}

function makeProfile(): Promise<string> {
  return mkdtemp(join(inject("profiles"), "profile-"));
}

async function kill(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  if (browser === null) throw new Error("the browser is not running");
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const closed = new Promise((resolve) => context.once("close", resolve));
  for (const { id } of processInfo) killIfThere(id);
  await closed;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended with its parent.
  }
}

/** The key as {@link dropPaths} takes it. */
export const SHIFT = 8;

/**
 * Drops files and folders of this machine onto an element, as the operating system does.
 *
 * @param modifiers keys held meanwhile
 */
export async function dropPaths(
  page: Page,
  paths: readonly string[],
  target = "body",
  modifiers = 0,
): Promise<void> {
  const box = await page.locator(target).first().boundingBox();
  if (box === null) throw new Error(`${target} is not visible`);
  const viewport = page.viewportSize() ?? { width: 1280, height: 800 };
  // The body may be longer than the window.
  const x = Math.min(box.x + box.width / 2, viewport.width / 2);
  const y = Math.min(box.y + box.height / 2, viewport.height / 2);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, x, y, data, modifiers });
  await session.detach();
}

/**
 * Limits what an origin may store; `navigator.storage.estimate()` doesn't show it.
 *
 * Chromium remembers the space it last saw for half a minute: set the limit before the first write.
 *
 * @returns lifts the limit
 */
async function limitStorage(
  page: Page,
  url: string,
  quotaSize: number,
): Promise<() => Promise<void>> {
  const { origin } = new URL(url);
  // The limit lasts as long as the session, which ends with the page.
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
  return async () => {
    await session.send("Storage.overrideQuotaForOrigin", { origin });
  };
}
