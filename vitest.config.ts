import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { BROWSER_ARGS, findBrowser } from "./scripts/find-browser.mjs";
import { tallyReporter } from "./scripts/vitest-tally.ts";
import { HUB_COMMANDS } from "./test/support/hub-commands.ts";
import { PATIENCE_MS } from "./test/support/patience.ts";

const executablePath = await findBrowser();
const tallyFile = process.env["CAIRN_TALLY"];
const BROWSER_TESTS = "test/**/*.browser.test.{ts,tsx}";
/** For two cores; what journeys measure of time has bounds far above. */
const JOURNEYS_AT_ONCE = 3;
const JOURNEYS = ["test/journey/**/*.test.ts", "test/pwa/**/*.test.ts"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: {
    alias: {
      // As in vite.config.ts: its form for browsers asks a document, which the preview worker has none of.
      "decode-named-character-reference": fileURLToPath(
        new URL("node_modules/decode-named-character-reference/index.js", import.meta.url),
      ),
    },
  },
  server: { host: "127.0.0.1" },
  test: {
    reporters: ["default", ...(tallyFile === undefined ? [] : [tallyReporter(tallyFile)])],
    // A test's own bound is for what never ends, not for what is slow.
    testTimeout: 5 * PATIENCE_MS,
    hookTimeout: 5 * PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          isolate: false,
          setupFiles: "test/support/fresh-start.ts",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: [BROWSER_TESTS, ...JOURNEYS],
        },
      },
      {
        extends: true,
        // Bundled up front: finding one in mid-run reloads the tests' page.
        optimizeDeps: {
          // Its openers bring many, each when it is first needed.
          entries: ["workers/preview.worker.ts"],
          include: [
            "@huggingface/hub",
            "@preact/signals",
            "@zip.js/zip.js/lib/zip-core-reader.js",
            "client-zip",
            "comlink",
            "fast-check",
            "fflate",
            "hash-wasm",
            "idb",
            "ignore",
            "ulid",
          ],
        },
        test: {
          name: "browser",
          include: [BROWSER_TESTS],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            api: { host: "127.0.0.1" },
            commands: HUB_COMMANDS,
            provider: playwright({
              launchOptions: {
                args: BROWSER_ARGS,
                ...(executablePath !== undefined && { executablePath }),
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: "journey",
          environment: "node",
          include: JOURNEYS,
          globalSetup: "test/support/need-build.ts",
          // After the others. Each file has browsers of its own, and waits for them half of its time.
          sequence: { groupOrder: 1 },
          maxWorkers: JOURNEYS_AT_ONCE,
          // What the files of a worker share takes long to make: modules, and a browser's profile that keeps the app.
          isolate: false,
        },
      },
    ],
  },
});
