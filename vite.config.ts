import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { SECURITY_HEADERS } from "./scripts/csp.ts";
import { cspHeaders, cspMeta } from "./scripts/vite-csp.ts";
import { serviceWorker } from "./scripts/vite-sw.ts";

export default defineConfig({
  // Any static host, any sub-path: every URL in the build is relative.
  base: "./",
  // Routes are hashes: an unknown path is a 404, never the page under a script's URL.
  appType: "mpa",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: {
    alias: {
      // Its form for browsers asks the page's document; Markdown is read in a worker, which has none.
      "decode-named-character-reference": fileURLToPath(
        new URL("node_modules/decode-named-character-reference/index.js", import.meta.url),
      ),
    },
  },
  plugins: [cspMeta(), cspHeaders(), serviceWorker("workers/sw.ts")],
  worker: { format: "es" },
  build: {
    target: ["chrome111", "firefox115", "safari16.4"],
    modulePreload: { polyfill: false },
    // The CSP allows data: only for images; small assets stay files so that the precache lists them.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1", headers: SECURITY_HEADERS },
});
