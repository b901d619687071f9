// @ts-check
// Finds a Chromium for tests and icons, or brings one. Node built-ins only: runs before packages are there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];
const INSTALL_MS = 300_000;
const DOWNLOAD_MS = 180_000;

/** What Chromium needs to run on small and shared machines. Only root has to do without the sandbox. */
export const BROWSER_ARGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @returns {string[]} where browsers are on macOS and Windows */
function knownPlaces() {
  if (process.platform === "darwin")
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  if (process.platform === "win32")
    return ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((folder) =>
      ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"].map(
        (file) => join(process.env[folder] ?? "C:/Program Files", file),
      ),
    );
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @returns {Promise<string | undefined>} the one that Playwright downloaded earlier */
async function playwrightsOwn() {
  try {
    const { chromium } = await import("playwright-core");
    return [chromium.executablePath()].find((path) => existsSync(path));
  } catch {
    // Packages are not installed yet.
    return undefined;
  }
}

/**
 * The path of a Chromium that is already on this machine.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findBrowser() {
  const chosen = process.env.CAIRN_CHROMIUM;
  if (chosen !== undefined && chosen !== "") {
    if (!existsSync(chosen)) throw new Error(`CAIRN_CHROMIUM names ${chosen}, which is not there.`);
    return chosen;
  }
  return knownPlaces().find((path) => existsSync(path)) ?? (await playwrightsOwn());
}

/**
 * The path of a Chromium, installed if need be.
 *
 * @returns {Promise<string>}
 */
export async function bringBrowser() {
  const found = (await findBrowser()) ?? (await installBrowser());
  if (found === undefined)
    throw new Error(
      "No browser for the tests: install Chromium or Google Chrome, or set CAIRN_CHROMIUM to the path of one.",
    );
  return found;
}

/** @returns {Promise<string | undefined>} */
async function installBrowser() {
  if (process.getuid?.() === 0 && isDebian()) {
    run("apt-get", ["update"], INSTALL_MS);
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], INSTALL_MS);
    const found = await findBrowser();
    if (found !== undefined) return found;
  }
  run(process.execPath, ["node_modules/playwright/cli.js", "install", "chromium"], DOWNLOAD_MS);
  return findBrowser();
}

function isDebian() {
  return (
    existsSync("/etc/os-release") &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"))
  );
}

/**
 * Tries a command; what counts is whether a browser is there afterwards.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {number} timeout
 */
function run(command, args, timeout) {
  console.log(`no browser found, trying: ${[command, ...args].join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(command, args, {
    stdio: ["ignore", "ignore", "inherit"],
    timeout,
    killSignal: "SIGKILL",
    env,
  });
}
