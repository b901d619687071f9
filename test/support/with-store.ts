// Works in the app's database through a store worker of its own, as another tab would.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import type { StoreApi } from "../../src/protocol/store-api.ts";

/**
 * Runs a function in the page with a store. It is sent as its text, so it may use nothing from
 * outside. The page must show the app.
 */
export async function withStore<Arg, Answer>(
  page: Page,
  run: (store: StoreApi, arg: Arg) => Promise<Answer>,
  arg: Arg,
): Promise<Answer> {
  const comlink = createRequire(import.meta.url).resolve("comlink/dist/umd/comlink.js");
  // Evaluated by the debugger, so that the page's CSP stays as it is.
  await page.evaluate(await readFile(comlink, "utf8"));
  return page.evaluate<Answer>(`(async () => {
    const { name: url } = performance
      .getEntriesByType("resource")
      .find(({ name }) => name.includes("/store.worker"));
    const worker = new Worker(url, { type: "module" });
    await new Promise((ready) => worker.addEventListener("message", ready, { once: true }));
    try {
      return await (${run.toString()})(Comlink.wrap(worker), ${JSON.stringify(arg)});
    } finally {
      worker.terminate();
    }
  })()`);
}
