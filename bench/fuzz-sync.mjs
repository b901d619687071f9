// Long fuzz of syncing: `npm run fuzz:sync [-- --rounds 2000 --seed 7]`. The tests' own three browsers, faults and crashes, for many more rounds.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "2000" }, seed: { type: "string" } },
});
/** No round takes this long, whatever else the machine does. */
const ROUND_MS = 10_000;

const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "unit",
    "test/sync/fuzz.test.ts",
    `--testTimeout=${Number(options.rounds) * ROUND_MS}`,
  ],
  {
    cwd: new URL("..", import.meta.url).pathname,
    stdio: "inherit",
    env: {
      ...process.env,
      CAIRN_FUZZ_ROUNDS: options.rounds,
      ...(options.seed !== undefined && { CAIRN_FUZZ_SEED: options.seed }),
    },
  },
);
process.exitCode = status ?? 1;
