// Ingest bench: `npm run bench [-- --rounds 3 --only big,medium,small,huge]`. Prints one table per input.
import { execFileSync } from "node:child_process";
import {
  mkdtempSync,
  mkdirSync,
  openSync,
  rmSync,
  writeSync,
  closeSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { BROWSER_ARGS, bringBrowser } from "../scripts/find-browser.mjs";
import { watchProcesses } from "./processes.mjs";

const MIB = 1 << 20;
const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "big,medium,small" },
  },
});
const rounds = Number(options.rounds);
const inputs = {
  big: { title: "1 GiB in one file", files: 1, bytes: 1024 * MIB },
  medium: { title: "200 × 5 MiB", files: 200, bytes: 5 * MIB },
  small: { title: "10,000 × 4 KiB", files: 10_000, bytes: 4096 },
  huge: { title: "4 GiB in one file", files: 1, bytes: 4096 * MIB },
};

const configFile = new URL("./vite.config.ts", import.meta.url).pathname;
await build({ configFile, logLevel: "warn" });
const server = await preview({ configFile, preview: { host: "127.0.0.1", port: 0 } });
const address = server.resolvedUrls.local[0];
const executablePath = await bringBrowser();
const work = mkdtempSync(join(tmpdir(), "cairn-bench-"));
try {
  for (const name of options.only.split(",")) await benchInput(name, inputs[name]);
} finally {
  rmSync(work, { recursive: true, force: true });
  await server.close();
}

async function benchInput(name, input) {
  const folder = makeFiles(join(work, name), input);
  const total = input.files * input.bytes;
  const runs = [];
  for (let round = 0; round < rounds; round++) runs.push(await oneRound(name, folder, input));
  const natives = nativeTimes(folder);
  console.log(
    `\n## ${input.title} (${rounds} rounds, fresh profile each; median, best, CPU seconds)\n`,
  );
  console.log("| arrangement | median ms | best ms | MB/s | files/s | CPU s | memory + MiB |");
  console.log("|---|---|---|---|---|---|---|");
  for (const key of Object.keys(runs[0])) {
    const times = runs.map((run) => run[key].ms);
    const memory = Math.max(...runs.map((run) => run[key].memory ?? 0));
    row(key, times, median(runs.map((run) => run[key].cpu)), memory, total, input.files);
  }
  for (const [key, ms] of Object.entries(natives))
    row(key, [ms], undefined, undefined, total, input.files);
  const mid = (key) => median(runs.map((run) => run[key]?.ms ?? Number.NaN));
  const best = (key) => Math.min(...runs.map((run) => run[key]?.ms ?? Number.NaN));
  for (const { label, pick } of [
    { label: "median", pick: mid },
    { label: "best", pick: best },
  ]) {
    const series = pick("(b) store only") + pick("(a') hash stored copy");
    const ratios = [
      `series of store + hash stored / ingest = ${(series / pick("(c) ingest")).toFixed(2)}`,
      `read + hash files / ingest = ${(pick("(a) hash files") / pick("(c) ingest")).toFixed(2)}`,
    ];
    if (!Number.isNaN(pick("naive")))
      ratios.push(`naive / ingest = ${(pick("naive") / pick("(c) ingest")).toFixed(1)}`);
    console.log(`\n${label}: ${ratios.join("; ")}`);
  }
}

async function oneRound(name, folder, input) {
  const profile = mkdtempSync(join(work, "profile-"));

  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: BROWSER_ARGS,
    ignoreDefaultArgs: ["--disable-dev-shm-usage"],
  });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.setInputFiles("#folder", folder, { timeout: 600_000 });
    const processes = await watchProcesses(profile);
    const measure = async (run) => {
      // What an earlier arrangement left for the disk must not slow this one.
      execFileSync("sync");
      const before = processes.begin();
      const result = await run();
      return { result, ...processes.end(before) };
    };
    await page.evaluate(() => window.cairnBench.warm());
    const rows = {};
    const hash = await measure(() => page.evaluate(() => window.cairnBench.hashFiles()));
    rows["(a) hash files"] = { ms: hash.result, cpu: hash.cpu, memory: hash.memory };
    if (input.bytes >= 64 * 1024) {
      const store = await measure(() =>
        page.evaluate(() => window.cairnBench.storeThenHashStored()),
      );
      rows["(b) store only"] = { ms: store.result.store, cpu: store.cpu, memory: store.memory };
      rows["(a') hash stored copy"] = { ms: store.result.hashStored, cpu: store.cpu };
    }
    const ingest = await measure(() => page.evaluate(() => window.cairnBench.ingest()));
    rows["(c) ingest"] = { ms: ingest.result.total, cpu: ingest.cpu, memory: ingest.memory };
    rows["    of it the commit"] = { ms: ingest.result.total - ingest.result.staged, cpu: 0 };
    if (name !== "huge") {
      const naive = await measure(() => page.evaluate(() => window.cairnBench.naive()));
      rows.naive = { ms: naive.result, cpu: naive.cpu, memory: naive.memory };
    }
    return rows;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Writes the input files with bytes that neither repeat nor compress. */
function makeFiles(folder, { files, bytes }) {
  mkdirSync(folder, { recursive: true });
  const block = new Uint32Array(Math.min(bytes, MIB) / 4);
  let seed = 1;
  const fill = () => {
    for (let i = 0; i < block.length; i++) {
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      block[i] = seed;
    }
    return new Uint8Array(block.buffer);
  };
  for (let i = 0; i < files; i++) {
    const path = join(folder, `file-${String(i).padStart(5, "0")}.bin`);
    if (bytes <= MIB) writeFileSync(path, fill());
    else {
      const file = openSync(path, "w");
      for (let at = 0; at < bytes; at += MIB) writeSync(file, fill());
      closeSync(file);
    }
  }
  return folder;
}

/** The same work by native tools, where they are installed. */
function nativeTimes(folder) {
  const commands = {
    b3sum: `find ${folder} -type f -print0 | xargs -0 b3sum`,
    sha256sum: `find ${folder} -type f -print0 | xargs -0 sha256sum`,
    cp: `cp -r ${folder} ${folder}-copy`,
  };
  const times = {};
  for (const [tool, command] of Object.entries(commands)) {
    try {
      execFileSync("sh", ["-c", `command -v ${tool}`], { stdio: "ignore" });
    } catch {
      continue;
    }
    const from = performance.now();
    execFileSync("sh", ["-c", `${command} > /dev/null`]);
    times[tool] = performance.now() - from;
  }
  rmSync(`${folder}-copy`, { recursive: true, force: true });
  return times;
}

function row(key, times, cpu, memory, bytes, files) {
  const ms = median(times);
  const cells = [
    key,
    ms.toFixed(0),
    Math.min(...times).toFixed(0),
    (bytes / ms / 1000).toFixed(0),
    (files / (ms / 1000)).toFixed(0),
    cpu === undefined ? "" : cpu.toFixed(1),
    memory === undefined ? "" : memory.toFixed(0),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
