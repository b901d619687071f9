// Builds workers/sw.ts to one file at the root of dist, with the list of everything it has to keep.
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { build, type Plugin, type ResolvedConfig } from "vite";
import type { Precache } from "../workers/precache.ts";

const SW_FILE = "sw.js";
/** Names all files of the build: what a published Space consists of. */
const FILE_LIST = "app-files.json";
/** Stands in the built service worker for the list; must survive minification as it is. */
const PLACEHOLDER = "__CAIRN_PRECACHE__";

/** Emits `sw.js` after everything else was written. */
export function serviceWorker(entry: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: "cairn-service-worker",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        const folder = resolve(config.root, config.build.outDir);
        const code = await bundle(join(config.root, entry));
        await listBuild(folder);
        const list = await precacheOf(folder, code);
        await markPage(join(folder, "index.html"), list.version);
        await writeFile(
          join(folder, SW_FILE),
          code.replace(PLACEHOLDER, () => JSON.stringify(list)),
        );
        config.logger.info(
          `${SW_FILE}  version ${list.version}, keeps ${list.files.length + 1} files`,
        );
      },
    },
  };
}

/** Lets the service worker tell whether a page is of its build, and a page whether it is the chosen one. */
async function markPage(file: string, version: string): Promise<void> {
  const html = await readFile(file, "utf8");
  if (!html.includes("</head>")) throw new Error("index.html has no head to mark");
  await writeFile(
    file,
    html.replace("</head>", () => `  <meta name="build" content="${version}" />\n  </head>`),
  );
}

async function bundle(entry: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { PRECACHE: PLACEHOLDER },
    build: {
      write: false,
      target: "es2022",
      rolldownOptions: { input: entry, output: { format: "iife", codeSplitting: false } },
    },
  });
  const [chunk] = "output" in output ? output.output : [];
  if (chunk?.type !== "chunk" || chunk.imports.length > 0 || !chunk.code.includes(PLACEHOLDER))
    throw new Error("the service worker must build to one chunk that holds the precache list");
  return chunk.code;
}

async function listBuild(folder: string): Promise<void> {
  const files = [...(await listFiles(folder)), FILE_LIST, SW_FILE];
  await writeFile(join(folder, FILE_LIST), JSON.stringify([...new Set(files)].toSorted()));
}

async function precacheOf(folder: string, code: string): Promise<Precache> {
  const hash = createHash("sha256").update(code);
  const files: string[] = [];
  for (const path of await listFiles(folder)) {
    hash.update(`\0${path}\0`).update(await readFile(join(folder, path)));
    // The page is kept under the scope's own URL, which no host redirects.
    if (path !== "index.html") files.push(path);
  }
  return { version: hash.digest("hex").slice(0, 12), files };
}

/** Paths with `/`, sorted, of all files a visitor may ask for. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter(
      (path) => path !== SW_FILE && !path.split("/").some((segment) => segment.startsWith(".")),
    )
    .toSorted();
}
