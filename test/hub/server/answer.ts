// A request's way: faults, who it is, how many it was, the handler, and what faults make of the answer.
import type { IncomingMessage } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Account } from "./accounts.ts";
import type { Call } from "./call.ts";
import { hubCors, preflight, storageCors } from "./cors.ts";
import type { FaultAction } from "./faults.ts";
import type { Hub } from "./hub.ts";
import { HubError } from "./hub-error.ts";
import type { RateFamily } from "./rates.ts";
import { emptyReply, errorReply, storageErrorReply, textReply, type Reply } from "./reply.ts";
import { findRoute, HUB_ROUTES, STORAGE_ROUTES } from "./routes.ts";

export interface Answer {
  /** `undefined`: the connection closes without one. */
  readonly reply: Reply | undefined;
  /** The connection closes after this many bytes of the body. */
  readonly truncateAt?: number | undefined;
}

export interface Asked {
  readonly hub: Hub;
  readonly host: "hub" | "storage";
  readonly request: IncomingMessage;
  /** What the answer's X-Request-Id says. */
  readonly requestId: string;
  readonly faults: readonly FaultAction[];
}

/** Gives what to send for a request, all faults applied. */
export async function answer(asked: Asked): Promise<Answer> {
  const { hub, faults, request } = asked;
  for (const fault of faults) if (fault.kind === "delay") await delay(fault.ms);
  const drop = find(faults, "drop-before");
  if (drop !== undefined) {
    await takeSome(request, drop.bodyBytes ?? 0);
    return { reply: undefined };
  }
  if (find(faults, "expire-token") !== undefined)
    hub.accounts.expire(request.headers.authorization?.replace("Bearer ", "") ?? "");
  const status = find(faults, "status");
  const isRefused = status !== undefined && status.afterApplying !== true;
  const done = isRefused ? emptyReply(status.status) : await handle(asked);
  if (find(faults, "drop-after") !== undefined) return { reply: undefined };
  const reply = status === undefined ? done : faultReply(asked, status);
  return {
    reply: find(faults, "wrong-etag") === undefined ? reply : withWrongETag(reply),
    truncateAt: find(faults, "truncate")?.bytes,
  };
}

async function handle(asked: Asked): Promise<Reply> {
  const { hub, host, request, requestId, faults } = asked;
  const url = new URL(request.url ?? "/", hub.addresses[host]);
  const method = request.method ?? "GET";
  const cors = host === "hub" ? hubCors(request) : storageCors();
  if (method === "OPTIONS") return emptyReply(204, preflight(request, cors));
  const match = findRoute(host === "hub" ? HUB_ROUTES : STORAGE_ROUTES, method, url.pathname);
  const rates: Record<string, string> = {};
  const finish = (reply: Reply): Reply => {
    // What is a page for people has no CORS.
    const isPage = url.pathname === "/oauth/authorize";
    const headers = { ...(!isPage && cors), ...rates, "X-Request-Id": requestId, ...reply.headers };
    return { ...reply, headers };
  };
  try {
    if (match === undefined) throw new HubError(404, `Not found: ${method} ${url.pathname}`);
    const account = host === "hub" ? identify(hub, request) : undefined;
    Object.assign(rates, count(hub, account, match.route.family));
    const call: Call = {
      hub,
      request,
      url,
      account,
      parts: match.parts,
      ignoresParentCommit: find(faults, "ignore-parent-commit") !== undefined,
      isStale: find(faults, "stale-read") !== undefined,
    };
    return finish(await match.route.handler(call));
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return finish(host === "hub" ? errorReply(error) : storageErrorReply(error));
  }
}

function identify(hub: Hub, request: IncomingMessage): Account | undefined {
  return hub.accounts.identify(request.headers.authorization, hub.now);
}

/** Counts the request; 429 with the same headers when it is one too many. */
function count(
  hub: Hub,
  account: Account | undefined,
  family: RateFamily,
): Readonly<Record<string, string>> {
  const user = account?.user.name;
  const { headers, refused } = hub.rates.count(hub.limits, { user, family, now: hub.now });
  if (refused === undefined) return headers;
  throw new HubError(refused.status, refused.message, {
    headers: { ...headers, ...refused.headers },
  });
}

function find<K extends FaultAction["kind"]>(
  faults: readonly FaultAction[],
  kind: K,
): Extract<FaultAction, { kind: K }> | undefined {
  return faults.find((fault): fault is Extract<FaultAction, { kind: K }> => fault.kind === kind);
}

function faultReply(
  { host, request, requestId }: Asked,
  { status, body = "", headers }: Extract<FaultAction, { kind: "status" }>,
): Reply {
  const cors = host === "hub" ? hubCors(request) : storageCors();
  const type = body.startsWith("{") ? "application/json; charset=utf-8" : "text/plain";
  return textReply(body, type, { ...cors, "X-Request-Id": requestId, ...headers }, status);
}

function withWrongETag(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, ETag: '"00000000000000000000000000000000"' } };
}

/** Takes this many bytes of the body, or all if it is shorter. */
async function takeSome(request: IncomingMessage, bytes: number): Promise<void> {
  let taken = 0;
  if (bytes === 0) return;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    taken += chunk.length;
    if (taken >= bytes) return;
  }
}
