// The package as its users get it: packed, installed, type-checked and bundled by a project of their own.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../scripts/steps.mjs";
import { openApp, type App } from "../support/app.ts";

const run = promisify(execFile);

const INDEX = `<!doctype html><title>user</title><link rel="icon" href="data:," /><p id="answer"></p><script type="module" src="./main.ts"></script>`;
const MAIN = `
import { Api, Artifact, init, type LinkedArtifact } from "cairn-registry";
const run = await init({ project: "from-npm" });
const artifact = new Artifact({ name: "net", type: "model" }).addFile("weights", "w.bin");
await run.logArtifact(artifact, { aliases: ["best"] });
const api = new Api();
await api.setProfile("Ada");
const registry = await api.createRegistry({ name: "models" });
const linked: LinkedArtifact = await run.linkArtifact("net:best", "models/nets", { aliases: ["prod"] });
for await (const { event } of registry.audit()) if (event.act.kind === "version-linked") event.act.number satisfies number;
const used = await run.useArtifact("registry-models/nets:prod", { type: "model" });
document.querySelector("#answer")!.textContent = used.qualifiedName + " " + linked.qualifiedName + " " + (await used.text("w.bin"));
`;
const TSCONFIG = {
  compilerOptions: {
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    lib: ["es2022", "dom", "dom.iterable"],
    strict: true,
    noEmit: true,
    types: [],
  },
  files: ["main.ts"],
};

let project: string;
let app: App | undefined;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "cairn-user-"));
  await run(process.execPath, [join(ROOT, "scripts/build-lib.mjs")], { cwd: ROOT });
  await mkdir(join(project, "node_modules"));
  await symlink(ROOT, join(project, "node_modules/cairn-registry"), "dir");
  await writeFile(join(project, "index.html"), INDEX);
  await writeFile(join(project, "main.ts"), MAIN);
  await writeFile(join(project, "tsconfig.json"), JSON.stringify(TSCONFIG));
});
afterAll(async () => {
  await app?.close();
  await rm(project, { recursive: true, force: true });
});

test("its types are found and fit", async () => {
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  await expect(run(process.execPath, [tsc, "-p", project])).resolves.toMatchObject({ stdout: "" });
});

test("bundled by another project it logs, links and uses an artifact, workers and all", async () => {
  await build({
    root: project,
    configFile: false,
    logLevel: "error",
    base: "./",
    worker: { format: "es" },
    build: { outDir: join(project, "dist"), target: "es2022" },
  });
  app = await openApp({ folder: join(project, "dist") });
  await expect
    .poll(() => app?.page.locator("#answer").textContent())
    .toBe("from-npm/net:v0 registry-models/nets:v0 weights");
  app.expectNoConsoleErrors();
});

test("it holds no interface and no test", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: readonly { path: string }[] }];
  const paths = files.map(({ path }) => path);
  expect(paths).toContain("lib/src/index.js");
  expect(paths).toContain("lib/workers/hash.worker.js");
  expect(paths.filter((path) => /\/(ui|test)\/|preact/.test(path))).toEqual([]);
});
