// @ts-check
// `npm test`: from a fresh clone to one plain line of counts. `--quick` leaves out build and browsers.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringBrowser } from "./find-browser.mjs";
import { installPackages, main, runNode, step, StepError } from "./steps.mjs";
import { build, format, lint, size, types } from "./tools.mjs";

const quick = process.argv.includes("--quick");

await main(async () => {
  await installPackages();
  if (!quick)
    await step("browser", async () => console.log((process.env.CAIRN_CHROMIUM = await findOne())));
  await step("format", () => format("--check"));
  await step("lint", lint);
  await step("types", types);
  if (!quick) {
    await step("build", build);
    await step("size", size);
  }
  const ok = await step("tests", () => test(quick ? ["--project", "unit"] : []));
  if (!ok) process.exitCode = 1;
});

/** @returns {Promise<string>} */
async function findOne() {
  try {
    return await bringBrowser();
  } catch (error) {
    throw new StepError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Runs vitest and prints what its reporter counted.
 *
 * @param {readonly string[]} args
 * @returns {Promise<boolean>} whether all passed
 */
async function test(args) {
  const folder = await mkdtemp(join(tmpdir(), "cairn-tally-"));
  const file = join(folder, "tally.json");
  const code = await runNode("node_modules/vitest/vitest.mjs", ["run", ...args], {
    CAIRN_TALLY: file,
  });
  const tally = await readFile(file, "utf8").then(
    (text) => /** @type {import("./vitest-tally.ts").Tally} */ (JSON.parse(text)),
    () => ({ passed: 0, failed: 1, skipped: 0 }),
  );
  await rm(folder, { recursive: true });
  // A runner that broke off counts as one failure, however many tests it got to.
  const failed = tally.failed === 0 && code !== 0 ? 1 : tally.failed;
  process.once("exit", () =>
    console.log(`\ntests: ${tally.passed} passed, ${failed} failed, ${tally.skipped} skipped`),
  );
  return failed === 0;
}
