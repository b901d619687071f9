// @ts-check
// A plain static host in its own process: node static-server.mjs <folder> <base path> <port>
// Sends no security headers, as most static hosts, and `Vary: Origin`, as some do.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const [, , folder = "dist", base = "/", port = "0"] = process.argv;
/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};

/** @param {string} url */
async function findFile(url) {
  const { pathname } = new URL(url, "http://localhost");
  if (!pathname.startsWith(base)) return undefined;
  const path = join(
    folder,
    normalize(`/${decodeURIComponent(pathname.slice(base.length)) || "index.html"}`),
  );
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, size: found.size } : undefined;
}

const server = createServer((request, response) => {
  findFile(request.url ?? "/").then(
    (file) => {
      if (file === undefined) {
        response.writeHead(404, { "content-type": "text/plain" }).end("not found");
        return;
      }
      response.writeHead(200, {
        "content-type": TYPES[extname(file.path)] ?? "application/octet-stream",
        "content-length": file.size,
        "cache-control": "no-cache",
        vary: "Origin",
      });
      createReadStream(file.path).pipe(response);
    },
    (/** @type {unknown} */ error) => response.writeHead(400).end(String(error)),
  );
});

server.listen(Number(port), "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.({ port: address?.port });
});
// The test's end is ours too.
process.on("disconnect", () => process.exit());
