// @ts-check
// The checks that need no browser, each as a function: format, lint, types, build, size.
import { mustRunNode } from "./steps.mjs";

/** Named, so that no tool wanders into node_modules. */
const SOURCES = [
  "src",
  "workers",
  "test",
  "scripts",
  "bench",
  "examples",
  "vite.config.ts",
  "vitest.config.ts",
  "package.json",
  ".oxlintrc.json",
];
const LINTED = SOURCES.filter((path) => !path.endsWith(".json"));
/** One for each kind of context: the language alone, workers, the page, tests and tools. */
const PROGRAMS = [
  "tsconfig.core.json",
  "tsconfig.worker.json",
  "tsconfig.page.json",
  "tsconfig.test.json",
];

/** @param {"--check" | "--write"} mode */
export const format = (mode) => mustRunNode("node_modules/oxfmt/bin/oxfmt", [mode, ...SOURCES]);

export const lint = () =>
  mustRunNode("node_modules/oxlint/bin/oxlint", ["--type-aware", "--deny-warnings", ...LINTED]);

export async function types() {
  for (const program of PROGRAMS)
    await mustRunNode("node_modules/typescript/bin/tsc", ["-p", program]);
}

/** The app, then the example beside it: the other way round the app's build would empty its folder. */
export async function build() {
  await mustRunNode("node_modules/vite/bin/vite.js", ["build"]);
  await mustRunNode("node_modules/vite/bin/vite.js", ["build", "-c", "examples/vite.config.ts"]);
}

export const size = () => mustRunNode("scripts/size-report.mjs", []);
