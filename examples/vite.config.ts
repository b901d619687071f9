// Builds the example beside the app, from where it sees the same artifacts. Run after the app's
// build, which empties dist/ and lists for its service worker what it finds there.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { cspMeta } from "../scripts/vite-csp.ts";

export default defineConfig({
  root: fileURLToPath(new URL("train/", import.meta.url)),
  base: "./",
  publicDir: false,
  plugins: [cspMeta()],
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("../dist/examples/train/", import.meta.url)),
    emptyOutDir: true,
    target: ["chrome111", "firefox115", "safari16.4"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
