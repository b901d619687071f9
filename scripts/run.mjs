// @ts-check
// `node scripts/run.mjs fmt|lint|types|size`: one of the checks by itself.
import { main, StepError } from "./steps.mjs";
import { format, lint, size, types } from "./tools.mjs";

/** Some files come to rest only in oxfmt's second pass. */
async function write() {
  await format("--write");
  await format("--write");
}

/** @type {Record<string, () => Promise<void>>} */
const CHECKS = { fmt: write, lint, types, size };

await main(async () => {
  const check = CHECKS[process.argv[2] ?? ""];
  if (check === undefined) throw new StepError(`say which: ${Object.keys(CHECKS).join(", ")}`);
  await check();
});
