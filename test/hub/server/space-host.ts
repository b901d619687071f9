// Static Spaces as they are served: each public one at an origin of its own, its files as they are at the head.
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import type { Hub } from "./hub.ts";
import { sendReply } from "./listen.ts";
import { textReply, type Reply } from "./reply.ts";
import type { Repo } from "./repo.ts";
import { findFile } from "./tree.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Answers one request of a visitor. */
export async function serveSpace(
  hub: Hub,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume();
  const origin = `http://${request.headers.host ?? ""}`;
  const space = hub
    .repos()
    .filter(({ type, sdk, isPrivate }) => type === "space" && sdk === "static" && !isPrivate)
    .find((repo) => hub.spaceOrigin(repo) === origin);
  const { pathname } = new URL(request.url ?? "/", origin);
  sendReply(response, await fileOf(hub, space, decodeURIComponent(pathname.slice(1))));
}

async function fileOf(hub: Hub, space: Repo | undefined, path: string): Promise<Reply> {
  const file =
    space === undefined
      ? undefined
      : findFile(space.resolve("main").root, path === "" ? "index.html" : path);
  if (file === undefined) return textReply("Not found", "text/plain", {}, 404);
  const { content } = file;
  const bytes =
    content.kind === "lfs" ? await readFile(hub.objects.pathOf(content.sha256)) : content.bytes;
  return {
    status: 200,
    headers: {
      "Content-Type":
        TYPES[extname(path === "" ? "index.html" : path)] ?? "application/octet-stream",
      "Cache-Control": "no-cache",
    },
    body: { kind: "bytes", bytes },
  };
}
