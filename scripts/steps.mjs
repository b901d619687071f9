// @ts-check
// Runs commands as named, timed steps. Node built-ins only: runs before packages are there.
import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A step failed for a reason that one sentence can tell; no stack needed. */
export class StepError extends Error {}

/**
 * Prints a step's name before and its time after.
 *
 * @template Result
 * @param {string} name
 * @param {() => Promise<Result>} act
 * @returns {Promise<Result>}
 */
export async function step(name, act) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  try {
    return await act();
  } finally {
    console.log(`   ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

/**
 * Runs a Node script to its end, with nothing to read from.
 *
 * @param {string} script path below the project's folder
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 * @returns {Promise<number>} its exit code
 */
export function runNode(script, args, env = {}) {
  return spawned(process.execPath, [script, ...args], { ...process.env, ...env });
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
export async function mustRunNode(script, args) {
  const code = await runNode(script, args);
  if (code !== 0) throw new StepError(`${[script, ...args].join(" ")} ended with code ${code}`);
}

/** Installs the packages of the lockfile, if they aren't there or are older than it. */
export async function installPackages() {
  const installed = `${ROOT}node_modules/.package-lock.json`;
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(`${ROOT}package-lock.json`).mtimeMs
  )
    return;
  await step("packages (npm ci)", async () => {
    const npm = process.env.npm_execpath;
    const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    const code =
      npm !== undefined && /\.c?js$/.test(npm)
        ? await spawned(process.execPath, [npm, ...args], process.env)
        : await spawned(process.platform === "win32" ? "npm.cmd" : "npm", args, process.env);
    if (code !== 0) throw new StepError("npm ci failed: is the package registry reachable?");
  });
}

/**
 * Runs a script's whole work: a failed step ends it with one sentence and code 1.
 *
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof StepError ? `\n✗ ${error.message}` : error);
    process.exit(1);
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function spawned(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      stdio: ["ignore", "inherit", "inherit"],
      shell: command.endsWith(".cmd"),
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}
