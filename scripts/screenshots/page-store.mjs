// @ts-check
// The app's own store worker, for filling its database as another tab would.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/**
 * Runs a function in the page with a store. It is sent as its text, so it may use nothing from outside
 * but `Comlink`.
 *
 * @template Arg
 * @param {import("playwright-core").Page} page shows the app
 * @param {(store: any, arg: Arg) => Promise<void>} run
 * @param {Arg} arg
 */
export async function withStore(page, run, arg) {
  const comlink = createRequire(import.meta.url).resolve("comlink/dist/umd/comlink.js");
  // Evaluated by the debugger, so that the page's CSP stays as it is.
  await page.evaluate(await readFile(comlink, "utf8"));
  await page.evaluate(`(async () => {
    const { name: url } = performance
      .getEntriesByType("resource")
      .find(({ name }) => name.includes("/store.worker"));
    const worker = new Worker(url, { type: "module" });
    await new Promise((ready) => worker.addEventListener("message", ready, { once: true }));
    await (${run.toString()})(Comlink.wrap(worker), ${JSON.stringify(arg)});
    worker.terminate();
  })()`);
}
