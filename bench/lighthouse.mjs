// Lighthouse on the built app: `npm run lighthouse [-- --mobile]`. Prints a table of scores for each page; fails below 98.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { BROWSER_ARGS, bringBrowser } from "../scripts/find-browser.mjs";

/** Not a dependency: it weighs 150 MB. This is the last version for Node 20. */
const LIGHTHOUSE = "lighthouse@12.8.2";
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const LEAST = 98;
const isMobile = process.argv.includes("--mobile");
const dist = new URL("../dist/", import.meta.url).pathname;

/** The sample project has a page of each kind. */
const PAGES = [
  ["home, first visit", "", false],
  ["home", "", true],
  ["project", "#/p/sample-digits", true],
  ["version", "#/p/sample-digits/reader", true],
  ["lineage", "#/p/sample-digits/reader?tab=lineage", true],
];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/** Answers as static hosts do: text comes gzipped. */
async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = pathname === "/" ? "/index.html" : normalize(decodeURIComponent(pathname));
  const bytes = await readFile(join(dist, path));
  const type = TYPES[extname(path)] ?? "application/octet-stream";
  const isText = type !== "image/png";
  response.writeHead(200, {
    "content-type": type,
    "cache-control": path.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-cache",
    ...(isText && { "content-encoding": "gzip" }),
  });
  response.end(isText ? gzipSync(bytes) : bytes);
}

function serve() {
  const server = createServer((request, response) => {
    answer(request, response).catch(() =>
      response.writeHead(404, { "content-type": "text/plain" }).end("not found"),
    );
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

function lighthouse(url, port, report) {
  const form = isMobile ? ["--form-factor=mobile"] : ["--preset=desktop"];
  const child = spawn(
    "npx",
    [
      "--yes",
      LIGHTHOUSE,
      url,
      `--port=${port}`,
      "--disable-storage-reset",
      `--only-categories=${CATEGORIES.join(",")}`,
      "--output=json",
      `--output-path=${report}`,
      "--quiet",
      ...form,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return new Promise((resolve, reject) => {
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`lighthouse: ${code}`))));
  });
}

/** What cost points, in few words. */
function findings(result) {
  return CATEGORIES.flatMap((id) =>
    result.categories[id].auditRefs
      .filter(({ id: audit, weight }) => weight > 0 && (result.audits[audit].score ?? 1) < 0.9)
      .map(({ id: audit }) => `${audit} ${result.audits[audit].displayValue ?? ""}`.trim()),
  ).join("; ");
}

const server = await serve();
const home = `http://127.0.0.1:${server.address().port}/`;
const folder = mkdtempSync(join(tmpdir(), "cairn-lighthouse-"));
const debugPort = 9_222 + (process.pid % 1_000);
const context = await chromium.launchPersistentContext(join(folder, "profile"), {
  executablePath: await bringBrowser(),
  headless: true,
  args: [...BROWSER_ARGS, `--remote-debugging-port=${debugPort}`],
  ignoreDefaultArgs: ["--disable-dev-shm-usage"],
});
let isGood = true;
try {
  let isSeeded = false;
  console.log(`| page | ${CATEGORIES.join(" | ")} | what cost points |`);
  console.log("|---|---|---|---|---|");
  for (const [name, hash, needsData] of PAGES) {
    if (needsData && !isSeeded) {
      const page = await context.newPage();
      await page.goto(home);
      await page.getByRole("button", { name: /sample/i }).click();
      await page.getByRole("link", { name: "sample-digits" }).first().waitFor();
      await page.close();
      isSeeded = true;
    }
    const report = join(folder, "report.json");
    await lighthouse(home + hash, debugPort, report);
    const result = JSON.parse(readFileSync(report, "utf8"));
    const scores = CATEGORIES.map((id) => Math.round(result.categories[id].score * 100));
    isGood &&= scores.every((score) => score >= LEAST);
    console.log(`| ${[name, ...scores, findings(result)].join(" | ")} |`);
  }
} finally {
  await context.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
if (!isGood) {
  console.error(`A score is below ${LEAST}.`);
  process.exitCode = 1;
}
