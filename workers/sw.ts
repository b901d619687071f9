// The service worker: keeps every file of this build for use without a network, and streams downloads to disk.
import { receiveStream } from "../src/protocol/byte-stream.ts";
import type { OfferDownload } from "../src/protocol/downloads.ts";
import type { ServiceWorkerMessage, ServiceWorkerNotice } from "../src/protocol/service-worker.ts";
import { KeptBuilds } from "./kept-builds.ts";
import type { Precache } from "./precache.ts";

declare const self: ServiceWorkerGlobalScope;
/** Written by scripts/vite-sw.ts. */
declare const PRECACHE: Precache;

const { version, files } = PRECACHE;
const SCOPE = self.registration.scope;
const builds = new KeptBuilds(SCOPE, version);
const OWN_URLS = new Set(files.map((path) => SCOPE + path));
const PAGE_URLS = new Set([SCOPE, `${SCOPE}index.html`]);
const DOWNLOADS = `${SCOPE}download/`;
const KEPT_HEADERS = [
  "content-type",
  "content-security-policy",
  "cross-origin-opener-policy",
  "referrer-policy",
  "x-content-type-options",
];

self.addEventListener("install", (event) => event.waitUntil(precache()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const answer = answerTo(event.request);
  if (answer !== undefined) event.respondWith(answer);
});
self.addEventListener("message", (event) =>
  event.waitUntil(hear(event.data as ServiceWorkerMessage, event.ports)),
);

// --- keeping the build ---

async function precache(): Promise<void> {
  const cache = await caches.open(builds.cacheName);
  try {
    await Promise.all(
      ["", ...files].map(async (path) => cache.put(SCOPE + path, await load(path))),
    );
  } catch (error) {
    await caches.delete(builds.cacheName);
    throw error;
  }
}

/**
 * Fetches one file past the HTTP cache. Some hosts answer every path with a page, and some are in
 * mid-deployment: a page that does not carry the version is of another build.
 */
async function load(path: string): Promise<Response> {
  const response = await fetch(SCOPE + path, { cache: "reload" });
  const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
  const body = await response.blob();
  if (
    !response.ok ||
    isPage !== (path === "") ||
    (isPage && !(await body.text()).includes(version))
  )
    throw new Error(`the server did not send ${path || "the page"} of version ${version}`);
  // A response of our own: without Vary, which would hide it from module scripts, and without the
  // mark of a redirect, which navigations refuse.
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  return new Response(body, { headers });
}

/** The first build is the one to show, and so is one that waited until the last tab was closed. */
async function takeOver(): Promise<void> {
  await builds.choose();
  await self.clients.claim();
}

/**
 * At the person's word all tabs show this build, out of the older service worker's hands. It stays
 * active until the last tab is closed: Chromium at times leaves requests unanswered when service
 * workers change while a page reloads.
 */
async function show(): Promise<void> {
  await builds.choose();
  const notice: ServiceWorkerNotice = { kind: "build-chosen", version };
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true }))
    if (page.url.startsWith(SCOPE)) page.postMessage(notice);
}

// --- answering ---

function answerTo(request: Request): Promise<Response> | Response | undefined {
  const url = request.url.replace(/[?#].*$/s, "");
  if (request.method !== "GET" || !url.startsWith(SCOPE)) return undefined;
  if (url.startsWith(DOWNLOADS)) return startDownload(url.slice(DOWNLOADS.length));
  if (PAGE_URLS.has(url)) return fromCache(SCOPE, request);
  if (OWN_URLS.has(url) || url.startsWith(`${SCOPE}assets/`)) return fromCache(url, request);
  return undefined;
}

async function fromCache(url: string, request: Request): Promise<Response> {
  return (await builds.find(url)) ?? fetch(request);
}

// --- downloads ---

interface Offer {
  readonly fileName: string;
  readonly stream: MessagePort;
}
const offers = new Map<string, Offer>();

async function hear(message: ServiceWorkerMessage, ports: readonly MessagePort[]): Promise<void> {
  switch (message.kind) {
    case "offer-download":
      return takeOffer(message, ports);
    case "keep-alive":
      // Each message restarts the browser's idle timer: it needs nothing more.
      return;
    case "choose-build":
      return show();
    case "which-build":
      return ports[0]?.postMessage(version);
    case "which-shown":
      return ports[0]?.postMessage(await builds.shown());
  }
}

function takeOffer({ id, fileName }: OfferDownload, [stream, ready]: readonly MessagePort[]): void {
  if (stream === undefined || ready === undefined) return;
  offers.set(id, { fileName, stream });
  ready.postMessage("ready");
}

/** Answers once for each offer. */
function startDownload(id: string): Response {
  const offer = offers.get(id);
  offers.delete(id);
  if (offer === undefined) return new Response("This download is over.", { status: 410 });
  return new Response(receiveStream(offer.stream), {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeFileName(offer.fileName)}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
  });
}

/** RFC 8187: encodeURIComponent leaves four characters that are not allowed there; a lone surrogate has no code. */
function encodeFileName(name: string): string {
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(name));
  return encodeURIComponent(wellFormed).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
}
