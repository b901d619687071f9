// A profile that visited the app once and keeps its files. Keeping them takes a browser longer than much of what
// journeys do, so each worker has it done once, and apps are opened with copies.
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { launch } from "./browser.ts";
import { startServer, type StaticServer } from "./server.ts";

export interface KeptApp {
  /** Runs as long as the worker: the profile knows the app by its port. */
  readonly server: StaticServer;
  /** To be copied; no browser runs with it. */
  readonly profile: string;
}

let kept: Promise<KeptApp> | undefined;

/** This worker's, made at the first call. */
export function keptApp(): Promise<KeptApp> {
  return (kept ??= keepApp().catch((error: unknown) => {
    kept = undefined;
    throw error;
  }));
}

async function keepApp(): Promise<KeptApp> {
  const server = await startServer();
  const profile = await mkdtemp(join(inject("profiles"), "kept-"));
  const { context } = await launch(profile);
  const page = await context.newPage();
  // The app's own page would make a database, too.
  await page.goto(`${server.url}robots.txt`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" });
    await navigator.serviceWorker.ready;
  });
  await context.close();
  return { server, profile };
}
