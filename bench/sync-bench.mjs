// Sync bench: `npm run bench:sync [-- --rounds 3 --only small,small-text,big,medium]`. Pushes and pulls against
// the test hub on other origins, beside the library's own uploadFiles of the same files, in turns.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { servePage, withProfile } from "./on-page.mjs";
import { watchProcesses } from "./processes.mjs";
import { changeOne, makeFiles } from "./sync-bench-files.mjs";

const MIB = 1 << 20;
const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "small,small-text,big,medium" },
  },
});
const inputs = {
  small: { title: "10,000 × 4 KiB", files: 10_000, bytes: 4096, ending: "bin", isWhole: true },
  // Which files go inline is said by their endings: here the library needs no upload of its own.
  "small-text": { title: "10,000 × 4 KiB of text", files: 10_000, bytes: 4096, ending: "txt" },
  big: { title: "1 GiB in one file", files: 1, bytes: 1024 * MIB, ending: "bin" },
  medium: { title: "200 × 5 MiB", files: 200, bytes: 5 * MIB, ending: "bin" },
};

const { startHub } = (
  await runnerImport(new URL("../test/hub/client.ts", import.meta.url).pathname)
).module;
const work = mkdtempSync(join(tmpdir(), "cairn-bench-"));
try {
  await servePage("sync-bench.html", async (open) => {
    for (const name of options.only.split(",")) await benchInput(open, name, inputs[name]);
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function benchInput(open, name, input) {
  const runs = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const folder = join(work, `${name}-${round}`);
    mkdirSync(folder);
    const files = makeFiles(folder, input);
    const hub = await startHub();
    const bench = { open, hub, files, input };
    try {
      // Who goes first finds the files' pages cold.
      const sides = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
      const rows = {};
      for (const side of sides) Object.assign(rows, await side(bench));
      runs.push(rows);
    } finally {
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  print(input, runs);
}

/** Cairn: logged in a browser that is closed then, so that only syncing is measured. */
async function ours({ open, hub, files, input }) {
  const target = { hubUrl: hub.url, type: "dataset", repo: "ada/ours" };
  const rows = {};
  await withProfile(async (profile) => {
    const log = async (page) => {
      await page.setInputFiles("#files", files);
      await page.evaluate(() => window.cairnSyncBench.log());
    };
    const sync = () => window.cairnSyncBench.sync();
    await open(profile, log);
    await open(profile, async (page) => {
      await openCairn(page, target, true);
      rows["first push"] = await measure(hub, profile, () => page.evaluate(sync));
      if (input.isWhole === true)
        rows["push again, nothing changed"] = await measure(hub, profile, () =>
          page.evaluate(sync),
        );
    });
    if (input.isWhole !== true) return;
    await withChanged(files, input, async () => {
      await open(profile, log);
      await open(profile, async (page) => {
        await openCairn(page, target, false);
        rows["push with one file changed"] = await measure(hub, profile, () => page.evaluate(sync));
      });
    });
  });
  await withProfile((profile) =>
    open(profile, async (page) => {
      await openCairn(page, target, true);
      rows["pull: index and file lists"] = await measure(hub, profile, () =>
        page.evaluate(() => window.cairnSyncBench.sync()),
      );
      rows["pull: all bytes"] = await measure(hub, profile, () =>
        page.evaluate(() => window.cairnSyncBench.fetchAll()),
      );
    }),
  );
  return rows;
}

function openCairn(page, target, isNew) {
  return page.evaluate(
    ([one, connects]) => window.cairnSyncBench.open(one.hubUrl, connects ? one : null),
    [target, isNew],
  );
}

/** The library, each time in a browser of its own. */
async function theirs({ open, hub, files, input }) {
  const repo = "ada/theirs";
  const made = await fetch(`${hub.url}/api/repos/create`, {
    method: "POST",
    headers: { Authorization: "Bearer hf_ada", "Content-Type": "application/json" },
    body: JSON.stringify({ type: "dataset", organization: "ada", name: "theirs" }),
  });
  if (!made.ok) throw new Error(await made.text());
  const rows = {};
  const upload = (name) =>
    withProfile((profile) =>
      open(profile, async (page) => {
        await page.setInputFiles("#files", files);
        rows[`library: ${name}`] = await measure(hub, profile, () =>
          page.evaluate(([url, to]) => window.cairnSyncBench.upload(url, to), [hub.url, repo]),
        );
      }),
    );
  await upload("first push");
  if (input.isWhole !== true) return rows;
  await upload("push again, nothing changed");
  await withChanged(files, input, () => upload("push with one file changed"));
  return rows;
}

async function withChanged(files, input, run) {
  const restore = changeOne(files[Math.floor(files.length / 2)], input.bytes);
  try {
    await run();
  } finally {
    restore();
  }
}

async function measure(hub, profile, run) {
  // What earlier work left for the disk must not slow this.
  execFileSync("sync");
  await hub.clearRequests();
  const processes = await watchProcesses(profile);
  const before = processes.begin();
  const ms = await run();
  const { cpu, memory, allMemory } = processes.end(before);
  process.stderr.write(`${(ms / 1000).toFixed(1)} s `);
  return { ms, cpu, memory, allMemory, ...tally(await hub.requests()) };
}

/** Requests by kind, and their bytes. */
function tally(all) {
  const requests = all.filter(({ method }) => method !== "OPTIONS");
  const kinds = {};
  for (const request of requests) {
    const kind = kindOf(request);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const sum = (field) => all.reduce((bytes, request) => bytes + request[field], 0);
  return {
    requests: requests.length,
    preflights: all.length - requests.length,
    kinds,
    sent: sum("bytesIn"),
    received: sum("bytesOut"),
  };
}

function kindOf({ host, method, path }) {
  if (method === "PUT") return "put";
  if (path.includes("/objects/batch")) return "batch";
  for (const kind of ["preupload", "commit", "resolve", "paths-info", "tree"])
    if (path.includes(`/${kind}/`)) return kind;
  return host === "storage" ? `storage ${method}` : `other ${method}`;
}

function print({ title, files, bytes }, runs) {
  const mib = (n) => (n / MIB).toFixed(1);
  const [first] = runs;
  console.log(`\n## ${title} (${runs.length} rounds, medians)\n`);
  console.log(
    "| what | s | requests | preflights | sent MiB | received MiB | renderers + MiB | browser + MiB | CPU s | MB/s | requests by kind |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|---|---|");
  const mid = (what, field) => median(runs.map((run) => run[what]?.[field]));
  for (const what of Object.keys(first).toSorted()) {
    const ms = mid(what, "ms");
    const cells = [
      what,
      (ms / 1000).toFixed(2),
      mid(what, "requests"),
      mid(what, "preflights"),
      mib(mid(what, "sent")),
      mib(mid(what, "received")),
      mid(what, "memory").toFixed(0),
      mid(what, "allMemory").toFixed(0),
      mid(what, "cpu").toFixed(1),
      ((files * bytes) / ms / 1000).toFixed(1),
      Object.entries(first[what].kinds)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(", "),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
  for (const what of Object.keys(first).filter((key) => `library: ${key}` in first)) {
    const ratio = (field) => (mid(`library: ${what}`, field) / mid(what, field)).toFixed(2);
    console.log(
      `\n${what}, library / Cairn: requests ${ratio("requests")}, preflights ${ratio("preflights")}, sent ${ratio("sent")}, time ${ratio("ms")}, memory ${ratio("memory")} (browser ${ratio("allMemory")}), CPU ${ratio("cpu")}`,
    );
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
