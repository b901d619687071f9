// Lineage graph bench: `npm run bench:graph`, after `npm run build`. Layout time, and frames while 1,000 nodes are moved.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { createServer, preview } from "vite";
import { BROWSER_ARGS, bringBrowser } from "../scripts/find-browser.mjs";
import { writeGraph } from "./lineage-graph-rows.mjs";

const NODES = 1000;
const LAYERS = 10;
const root = new URL("..", import.meta.url).pathname;

await benchLayout();
await benchFrames();

/** The layout by itself, in this process. */
async function benchLayout() {
  const server = await createServer({ root, logLevel: "error", server: { middlewareMode: true } });
  const { layoutGraph } = await server.ssrLoadModule("/src/graph/layout.ts");
  const nodes = Array.from({ length: NODES }, () => ({ width: 204, height: 56, lastY: null }));
  console.log(`| layout of ${NODES} nodes | edges | median ms | slowest ms |`);
  console.log("|---|---|---|---|");
  for (const [name, edges] of Object.entries(shapes())) {
    const times = Array.from({ length: 7 }, () => {
      const from = performance.now();
      layoutGraph({ nodes, edges });
      return performance.now() - from;
    });
    console.log(
      `| ${[name, edges.length, median(times).toFixed(0), Math.max(...times).toFixed(0)].join(" | ")} |`,
    );
  }
  await server.close();
}

function shapes() {
  const per = NODES / LAYERS;
  const random = dice();
  const layers = [];
  for (let to = per; to < NODES; to++) {
    const layer = Math.floor(to / per) - 1;
    for (let i = 0; i < 2; i++) layers.push({ from: layer * per + random(per), to });
  }
  const hub = Array.from({ length: NODES - 1 }, (_, i) => ({
    from: i % 2 === 0 ? 0 : i,
    to: i + 1,
  }));
  const chain = hub.flatMap((_, i) => [
    { from: i, to: i + 1 },
    ...(i >= 20 && i % 3 === 0 ? [{ from: i - 20, to: i + 1 }] : []),
  ]);
  return { [`${LAYERS} layers`]: layers, "a hub": hub, "a chain with long lines": chain };
}

/** The built app in Chromium: time to the drawn graph, and frames while it is dragged. */
async function benchFrames() {
  const server = await preview({
    root,
    logLevel: "error",
    preview: { host: "127.0.0.1", port: 0 },
  });
  const profile = mkdtempSync(join(tmpdir(), "cairn-graph-bench-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await bringBrowser(),
    headless: true,
    args: BROWSER_ARGS,
    ignoreDefaultArgs: ["--disable-dev-shm-usage"],
    viewport: { width: 1600, height: 1000 },
  });
  try {
    const page = await context.newPage();
    const [url] = server.resolvedUrls.local;
    await page.goto(url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const name = await page.evaluate(writeGraph, { nodes: NODES, layers: LAYERS });
    await page.goto(`${url}#/p/bench/${name}?tab=lineage`);
    await page.reload();
    await page.locator(".lg-node").first().waitFor();
    const more = page.getByRole("button", { name: "More hops" });
    for (let i = 0; i < LAYERS; i++) await more.click();
    const from = performance.now();
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByText(`${NODES.toLocaleString("en")} nodes`).waitFor();
    await page.getByRole("button", { name: "Fit (0)" }).click();
    await page.waitForFunction(
      (count) => document.querySelectorAll(".lg-node").length === count,
      NODES,
    );
    console.log(
      `\nFrom 500 nodes to ${NODES}: read, laid out and drawn in ${(performance.now() - from).toFixed(0)} ms.\n`,
    );
    console.log("| dragged | frames | median ms | p95 ms | slowest ms |");
    console.log("|---|---|---|---|---|");
    await drag(page, `all ${NODES} in view`);
    for (let i = 0; i < 14; i++) await page.getByRole("button", { name: "Zoom in (+)" }).click();
    await drag(page, "close by");
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    await server.close();
  }
}

async function drag(page, what) {
  const box = await page.locator(".lg-view").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(() => {
    const frames = (window.cairnFrames = []);
    let last = performance.now();
    const note = (now) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < 3; i++) {
    await page.mouse.move(x + 300, y + 120, { steps: 40 });
    await page.mouse.move(x - 300, y - 120, { steps: 40 });
  }
  await page.mouse.up();
  const frames = (await page.evaluate(() => window.cairnFrames)).slice(1);
  const sorted = frames.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)];
  console.log(
    `| ${[what, frames.length, median(frames).toFixed(1), p95.toFixed(1), sorted.at(-1).toFixed(1)].join(" | ")} |`,
  );
}

function dice() {
  let state = 1;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
