// The built app with one small version in it: digits/net:v0.
import type { Page } from "playwright-core";
import { openApp, type App } from "./app.ts";
import { makeFolder, type TempFolder } from "./fixtures.ts";
import { commit, fill, openSheet, untilStaged } from "./pages.ts";

export interface OpenNet {
  readonly app: App;
  readonly page: Page;
  /** Holds config.json; drop it again for another version. */
  readonly net: TempFolder;
  /** Fails the test if the console holds an error. */
  close(): Promise<void>;
}

/** Opens the app and logs the version through the page, with the aliases given. */
export async function openNet(aliases = ""): Promise<OpenNet> {
  const net = await makeFolder("net", { "config.json": "{}" });
  const app = await openApp();
  const { page } = app;
  await openSheet(page, [net.path]);
  await fill(page, "Project", "digits");
  if (aliases !== "") await fill(page, "Aliases", aliases);
  await untilStaged(page);
  await commit(page, "net:v0");
  return {
    app,
    page,
    net,
    async close() {
      app.expectNoConsoleErrors();
      await app.close();
      await net.remove();
    },
  };
}
