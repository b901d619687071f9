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
  const files = (await readdir(new URL("src/core/", ROOT))).filter((file) => file.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = await read(`src/core/${file}`);
    const from = [...text.matchAll(/(?<!["'\w])(?:from|import)\s*\(?\s*["']([^"']+)["']/g)];
    expect
      .soft(
        from.map(([, module]) => module).filter((module) => !/^\.\/[\w-]+\.ts$/.test(module ?? "")),
        file,
      )
      .toEqual([]);
    expect.soft(text, file).not.toContain("/// <reference");
  }
});
