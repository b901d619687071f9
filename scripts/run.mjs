// @ts-check
// `node scripts/run.mjs fmt|lint|types|build|size`: one of the steps by itself.
import { main, StepError } from "./steps.mjs";
import { build, format, lint, size, types } from "./tools.mjs";

/** Some files come to rest only in oxfmt's second pass. */
async function write() {
  await format("--write");
  await format("--write");
}

/** @type {Record<string, () => Promise<void>>} */
const CHECKS = { fmt: write, lint, types, build, size };

await main(async () => {
  const check = CHECKS[process.argv[2] ?? ""];
  if (check === undefined) throw new StepError(`say which: ${Object.keys(CHECKS).join(", ")}`);
  await check();
});
