// The pure rules stay pure: what keeps the platform out of src/core is itself kept.
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, ROOT), "utf8");

test("core is compiled where no platform exists", async () => {
  const core: unknown = JSON.parse(await read("tsconfig.core.json"));
  const base: unknown = JSON.parse(await read("tsconfig.base.json"));
  expect(core).toMatchObject({ compilerOptions: { lib: ["es2023"] }, include: ["src/core"] });
  expect(core).not.toHaveProperty("compilerOptions.types");
  expect(base).toMatchObject({ compilerOptions: { types: [] } });
});

test("core imports only core, and pulls no types in by comment", async () => {
  const core = new URL("src/core/", ROOT);
  const files = (await readdir(core, { recursive: true })).filter((file) => file.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = await read(`src/core/${file}`);
    const from = [...text.matchAll(/(?<!["'\w])(?:from|import)\s*\(?\s*["']([^"']+)["']/g)];
    const outside = from
      .map(([, module = ""]) => module)
      .filter((module) => !isBelow(core, new URL(file, core), module));
    expect.soft(outside, file).toEqual([]);
    expect.soft(text, file).not.toContain("/// <reference");
  }
});

/** Whether a module, as a file names it, is a file below a folder. */
function isBelow(folder: URL, file: URL, module: string): boolean {
  return /^\.\.?\/.*\.ts$/.test(module) && new URL(module, file).href.startsWith(folder.href);
}
