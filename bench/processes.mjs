// CPU seconds and memory of a browser, read from Linux's /proc.
import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;
const SAMPLE_MS = 250;

/** Finds the processes of the browser with this profile and watches them. */
export async function watchProcesses(profile) {
  return {
    begin() {
      const start = { cpu: cpuSeconds(profile), before: privateMiB(profile) };
      start.peak = start.before;
      start.timer = setInterval(() => {
        const now = privateMiB(profile);
        start.peak = {
          renderers: Math.max(start.peak.renderers, now.renderers),
          all: Math.max(start.peak.all, now.all),
        };
      }, SAMPLE_MS);
      return start;
    },
    end(start) {
      clearInterval(start.timer);
      return {
        cpu: cpuSeconds(profile) - start.cpu,
        memory: start.peak.renderers - start.before.renderers,
        allMemory: start.peak.all - start.before.all,
      };
    },
  };
}

function processesOf(profile) {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map();
  let root;
  for (const pid of all) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      parents.set(pid, {
        parent: fields[1],
        ticks: Number(fields[11]) + Number(fields[12]),
        command,
      });
      if (command.includes(profile) && !command.includes("--type=") && command.includes("chrom"))
        root ??= pid;
    } catch {
      // It ended while being looked at.
    }
  }
  const mine = [];
  for (const [pid, info] of parents) {
    for (let at = pid; at !== undefined && at !== "0"; at = parents.get(at)?.parent)
      if (at === root) {
        mine.push({ pid, ...info });
        break;
      }
  }
  return mine;
}

function cpuSeconds(profile) {
  return processesOf(profile).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** Private memory: of the renderers, which are page and workers, and of all processes together. */
function privateMiB(profile) {
  let renderers = 0;
  let all = 0;
  for (const { pid, command } of processesOf(profile)) {
    const own = privateKiB(pid);
    all += own;
    if (command.includes("--type=renderer")) renderers += own;
  }
  return { renderers: renderers / 1024, all: all / 1024 };
}

function privateKiB(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    let kib = 0;
    for (const [, value] of rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)) kib += Number(value);
    return kib;
  } catch {
    // It ended while being looked at.
    return 0;
  }
}
