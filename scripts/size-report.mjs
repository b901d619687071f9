// @ts-check
// Prints what a first visit loads, gzipped, and fails when a budget is broken.
import { readdir, readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { parseAst } from "vite";
import { main, ROOT, StepError } from "./steps.mjs";

const KIB = 1024;
const dist = join(ROOT, "dist");

/** @param {string} path */
const read = (path) => readFile(join(dist, path), "utf8");

/**
 * A script and all that it imports statically.
 *
 * @param {string} path
 * @param {Set<string>} seen
 */
async function withImports(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const node of parseAst(await read(path)).body)
    if ("source" in node && node.source?.value.startsWith("."))
      await withImports(posix.join(posix.dirname(path), node.source.value), seen);
  return seen;
}

/** The page's scripts and styles, as index.html names them. */
async function pageFiles() {
  const html = await read("index.html");
  const named = Array.from(
    html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g),
    ([, path]) => path ?? "",
  );
  const files = new Set(named.filter((path) => path.endsWith(".css")));
  for (const path of named) if (path.endsWith(".js")) await withImports(path, files);
  return files;
}

/**
 * @param {readonly string[]} assets
 * @param {string} name
 */
async function workerFiles(assets, name) {
  const file = assets.find((asset) => asset.startsWith(`${name}-`) && asset.endsWith(".js"));
  if (file === undefined) throw new StepError(`the build has no ${name}`);
  return withImports(`assets/${file}`);
}

/** Base64 inside a script: WebAssembly that hash-wasm carries, which no budget of ours can shrink. */
const EMBEDDED = /["'`][A-Za-z0-9+/=]{2000,}["'`]/g;

/**
 * @param {string} name
 * @param {Iterable<string>} files
 * @param {number} budget in KiB
 */
async function measure(name, files, budget) {
  let code = 0;
  let wasm = 0;
  for (const path of files) {
    const text = await read(path);
    const bare = text.replace(EMBEDDED, '""');
    code += gzipSync(bare).length;
    wasm += bare === text ? 0 : gzipSync(text).length - gzipSync(bare).length;
  }
  return { name, code: code / KIB, wasm: wasm / KIB, budget, files: Array.from(files).length };
}

await main(async () => {
  const assets = await readdir(join(dist, "assets")).catch(() => {
    throw new StepError("nothing to measure: run `npm run build` first");
  });
  const rows = [
    await measure("first page", await pageFiles(), 60),
    await measure("store worker", await workerFiles(assets, "store.worker"), 34),
    await measure("sync worker", await workerFiles(assets, "sync.worker"), 24),
    await measure("hash worker", await workerFiles(assets, "hash.worker"), 10),
    // Half of it is the list of files to keep.
    await measure("service worker", ["sw.js"], 7),
    await measure("preview worker", await workerFiles(assets, "preview.worker"), 12),
    await measure("layout worker", await workerFiles(assets, "layout.worker"), 9),
  ];
  console.log("gzip KiB          code   wasm  budget  files");
  for (const { name, code, wasm, budget, files } of rows)
    console.log(
      name.padEnd(15) +
        [code.toFixed(1), wasm.toFixed(1), String(budget), String(files)]
          .map((cell) => cell.padStart(7))
          .join(""),
    );
  const over = rows.filter(({ code, budget }) => code > budget);
  if (over.length > 0)
    throw new StepError(`over budget: ${over.map(({ name }) => name).join(", ")}`);
});
