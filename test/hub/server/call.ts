// One request on its way through a handler.
import type { IncomingMessage } from "node:http";
import type { Account } from "./accounts.ts";
import type { Hub } from "./hub.ts";
import { HubError } from "./hub-error.ts";
import type { Reply } from "./reply.ts";

export interface Call {
  readonly hub: Hub;
  readonly request: IncomingMessage;
  readonly url: URL;
  /** The named parts of the route's path, decoded. */
  readonly parts: Readonly<Record<string, string>>;
  readonly account: Account | undefined;
  /** A fault says to commit whatever the branch has become. */
  readonly ignoresParentCommit: boolean;
  /** A fault says to read a branch as it was one commit ago. */
  readonly isStale: boolean;
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

/** Reads a request's body; 413 for more than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = new HubError(413, `Payload Too Large: at most ${maxBytes} bytes.`);
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads a JSON object; 400 for anything else. */
export async function readJson<T>(call: Call): Promise<Partial<T>> {
  const text = (await readBody(call.request, call.hub.limits.commitPayloadBytes)).toString("utf8");
  return parseJson<T>(text);
}

export function parseJson<T>(text: string): Partial<T> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new HubError(400, "Invalid JSON in the request's body.");
}

/** A part of the route's path that its pattern always has. */
export function part(call: Call, name: string): string {
  return call.parts[name] ?? "";
}
