// The two servers of the hub: they log each request and send its answer.
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { answer } from "./answer.ts";
import type { Hub } from "./hub.ts";
import { bodyLength, sliceBody, type Reply, type ReplyBody } from "./reply.ts";
import type { LoggedRequest } from "./request-log.ts";

/** Starts a server on a free port of the loopback device. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A server whose requests `handle` takes; what it throws is a bug of the hub, or a client that left. */
export function makeServer(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Server {
  return createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, (request, response) => {
    // A request that was given up has lost its socket.
    const { socket } = request;
    handle(request, response).catch((error: unknown) => {
      if (!socket.destroyed) console.error(error);
      socket.destroy();
    });
  });
}

/** Answers one request of the hub or of its storage. */
export async function serve(
  hub: Hub,
  host: "hub" | "storage",
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  const path = request.url ?? "/";
  const faults = hub.faults.take({ host, method, path });
  const id = `Root=1-${randomUUID()}`;
  const logged: LoggedRequest = {
    id,
    host,
    method,
    path,
    bytesIn: 0,
    bytesOut: 0,
    status: 0,
    origin: request.headers.origin,
    hasToken: request.headers.authorization !== undefined,
    faults: faults.map(({ kind }) => kind),
  };
  hub.log.add(logged);
  countBytes(request, logged);
  const { socket } = request;
  const { reply, truncateAt } = await answer({ hub, host, request, requestId: id, faults });
  if (reply !== undefined) await send(response, reply, { truncateAt, logged });
  if (reply === undefined || truncateAt !== undefined) socket.destroySoon();
}

/** Notes what arrives without starting the body's flow, which would lose bytes nobody listens to yet. */
function countBytes(request: IncomingMessage, logged: LoggedRequest): void {
  const { push } = request;
  request.push = (chunk: Buffer | null, ...rest): boolean => {
    logged.bytesIn += chunk?.length ?? 0;
    return push.call(request, chunk, ...rest);
  };
}

async function send(
  response: ServerResponse,
  reply: Reply,
  { truncateAt, logged }: { truncateAt: number | undefined; logged: LoggedRequest },
): Promise<void> {
  const { req: request } = response;
  logged.status = reply.status;
  const length = bodyLength(reply.body);
  // Answers without a body must not announce one.
  const hasLength = reply.status !== 204 && reply.status !== 304;
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(hasLength && { "Content-Length": length }),
  });
  // What the client still sends is let pass, so that it gets to read the answer.
  request.resume();
  if (request.method === "HEAD" || length === 0) {
    response.end();
    return;
  }
  const body = truncateAt === undefined ? reply.body : sliceBody(reply.body, 0, truncateAt);
  const counted = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      // Before it is sent: who has the last byte may ask for the log at once.
      logged.bytesOut += chunk.length;
      yield chunk;
    }
  };
  await pipeline(readBody(body), counted, response, { end: truncateAt === undefined });
}

function readBody(body: ReplyBody): Readable {
  return body.kind === "bytes"
    ? Readable.from([body.bytes])
    : createReadStream(body.path, { start: body.start, end: body.end - 1 });
}

/** What the control address sends. */
export function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers });
  response.end(body.kind === "bytes" ? body.bytes : "");
}
