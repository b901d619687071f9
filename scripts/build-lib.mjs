// @ts-check
// Builds the npm package's modules into lib/: one file a source file, so that any bundler finds the workers.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { main, mustRunNode, ROOT, StepError } from "./steps.mjs";

const LIB = join(ROOT, "lib");
/** How a module names its worker; the compiler rewrites imports alone. */
const WORKER_URL = /(new URL\("[^"]+)\.ts(", import\.meta\.url\))/g;

await main(async () => {
  await rm(LIB, { recursive: true, force: true });
  await mustRunNode("node_modules/typescript/bin/tsc", ["-p", "tsconfig.lib.json"]);
  let workers = 0;
  for (const entry of await readdir(LIB, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".js")) continue;
    const path = join(entry.parentPath, entry.name);
    const code = await readFile(path, "utf8");
    if (!WORKER_URL.test(code)) continue;
    workers++;
    await writeFile(path, code.replaceAll(WORKER_URL, "$1.js$2"));
  }
  if (workers !== 2)
    throw new StepError(`expected the store's and the hash workers' URLs, found ${workers}`);
});
