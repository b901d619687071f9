// @ts-check
// Works in the app's database through a store worker of its own, as another tab would. Plain JavaScript, as the
// screenshots' script uses it, too.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/**
 * Runs a function in the page with a store. It is sent as its text, so it may use nothing from
 * outside.
 *
 * @template Arg
 * @template Answer
 * @param {import("playwright-core").Page} page shows the app
 * @param {(store: import("../../src/protocol/store-api.ts").StoreApi, arg: Arg) => Promise<Answer>} run
 * @param {Arg} arg
 * @returns {Promise<Answer>}
 */
export async function withStore(page, run, arg) {
  const comlink = createRequire(import.meta.url).resolve("comlink/dist/umd/comlink.js");
  // Evaluated by the debugger, so that the page's CSP stays as it is.
  await page.evaluate(await readFile(comlink, "utf8"));
  return page.evaluate(`(async () => {
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
