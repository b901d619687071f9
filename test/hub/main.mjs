// @ts-check
// The test hub in its own process: node main.mjs <settings as JSON> <folder for large files>
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const [, , settings = "{}", folder = ""] = process.argv;
/** @type {typeof import("./server/start.ts")} */
const { startServers } = (
  await runnerImport(fileURLToPath(new URL("./server/start.ts", import.meta.url)), {
    configFile: false,
    logLevel: "error",
  })
).module;
process.send?.(await startServers(JSON.parse(settings), folder));
// The test's end is ours too, and nobody else is left to tidy up.
process.on("disconnect", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
