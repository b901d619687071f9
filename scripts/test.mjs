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
 * Runs vitest and prints what its reporters counted. Chromium's process of a page was seen to crash,
 * about once in a thousand drops; files it happened in run once more, and count by that.
 *
 * @param {readonly string[]} args
 * @returns {Promise<boolean>} whether all passed
 */
async function test(args) {
  const first = await runTests(args);
  const crashed = first.files.filter(({ hasCrashed }) => hasCrashed).map(({ file }) => file);
  let files = first.files;
  let broken = first.broken;
  if (crashed.length > 0) {
    console.log(
      `\nThe browser crashed in these files, which run once more:\n${crashed.join("\n")}\n`,
    );
    const again = await runTests(crashed);
    files = [...files.filter(({ hasCrashed }) => !hasCrashed), ...again.files];
    broken += again.broken;
  }
  /** @param {"passed" | "failed" | "skipped"} what */
  const sum = (what) => files.reduce((total, file) => total + file[what], 0);
  const failed = sum("failed") + broken;
  process.once("exit", () =>
    console.log(`\ntests: ${sum("passed")} passed, ${failed} failed, ${sum("skipped")} skipped`),
  );
  return failed === 0;
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<{ readonly files: readonly import("./vitest-tally.ts").FileTally[], readonly broken: number }>}
 *   `broken`: errors beside the tests; a runner that broke off counts as one
 */
async function runTests(args) {
  const folder = await mkdtemp(join(tmpdir(), "cairn-tally-"));
  const file = join(folder, "tally.json");
  const code = await runNode("node_modules/vitest/vitest.mjs", ["run", ...args], {
    CAIRN_TALLY: file,
  });
  const tally = await readFile(file, "utf8").then(
    (text) => /** @type {import("./vitest-tally.ts").Tally} */ (JSON.parse(text)),
    () => ({ files: [], unhandled: 1 }),
  );
  await rm(folder, { recursive: true });
  const isSaid = tally.unhandled > 0 || tally.files.some(({ failed }) => failed > 0);
  return { files: tally.files, broken: code !== 0 && !isSaid ? 1 : tally.unhandled };
}
