// Index bench: `npm run bench:index`. Reading an index of 100,000 versions, as one table.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { BROWSER_ARGS, bringBrowser } from "../scripts/find-browser.mjs";

const at = (path) => new URL(path, import.meta.url).pathname;
const configFile = at("./vite.config.ts");
await build({
  configFile,
  logLevel: "warn",
  build: { rolldownOptions: { input: at("./index-bench.html") } },
});
const server = await preview({ configFile, preview: { host: "127.0.0.1", port: 0 } });
const profile = mkdtempSync(join(tmpdir(), "cairn-index-bench-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: await bringBrowser(),
  headless: true,
  args: BROWSER_ARGS,
  ignoreDefaultArgs: ["--disable-dev-shm-usage"],
});
try {
  const page = await context.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(new URL("index-bench.html", server.resolvedUrls.local[0]).href);
  const written = await page.evaluate(() => window.cairnIndexBench.write());
  console.log(`\nWritten in ${(written / 1000).toFixed(0)} s.\n`);
  await page.evaluate(() => window.cairnIndexBench.reopen());
  // Once to warm up, as the second screen a person opens is.
  await page.evaluate(() => window.cairnIndexBench.run());
  const rows = await page.evaluate(() => window.cairnIndexBench.run());
  console.log("| call | calls | rows | median ms | slowest ms | bare getAll ms | ratio |");
  console.log("|---|---|---|---|---|---|---|");
  for (const { name, calls, rows: count, ms, slowest, bareMs } of rows)
    console.log(
      `| ${[name, calls, count, ...[ms, slowest, bareMs].map((n) => n.toFixed(1)), (ms / bareMs).toFixed(1)].join(" | ")} |`,
    );
  const {
    rows: files,
    paths,
    letters,
    blobs,
    bytes,
  } = await page.evaluate(() => window.cairnIndexBench.size());
  const mib = (n) => `${(n / 2 ** 20).toFixed(1)} MiB`;
  console.log(
    `\nIndex of files: ${files} files, ${paths} paths of ${mib(letters)}, ${blobs} digests; columns and tables ${mib(bytes)}.`,
  );
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
  await server.close();
}
