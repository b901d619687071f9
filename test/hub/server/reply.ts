// What a handler gives back. Sending is the listener's work, so that faults can get between.
import type { HubError } from "./hub-error.ts";

export type ReplyBody =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Bytes `start` up to `end` of a file on disk. */
  | { readonly kind: "file"; readonly path: string; readonly start: number; readonly end: number };

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReplyBody;
}

type Headers = Readonly<Record<string, string>>;

export function jsonReply(value: unknown, headers: Headers = {}, status = 200): Reply {
  return textReply(JSON.stringify(value), "application/json; charset=utf-8", headers, status);
}

export function textReply(text: string, type: string, headers: Headers = {}, status = 200): Reply {
  return {
    status,
    headers: { "Content-Type": type, ...headers },
    body: { kind: "bytes", bytes: Buffer.from(text) },
  };
}

export function emptyReply(status: number, headers: Headers = {}): Reply {
  return { status, headers, body: { kind: "bytes", bytes: new Uint8Array() } };
}

/** The error as JSON and as headers, which is where a HEAD request finds it. */
export function errorReply(error: HubError): Reply {
  return jsonReply(
    { error: error.message },
    {
      ...(error.code !== undefined && { "X-Error-Code": error.code }),
      // A header holds one line.
      "X-Error-Message": error.message.split("\n", 1)[0] ?? "",
      ...error.headers,
    },
    error.status,
  );
}

/** The error as a storage host words it: no JSON, no codes of the Hub. */
export function storageErrorReply(error: HubError): Reply {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Message>${error.message}</Message></Error>`;
  return textReply(xml, "application/xml", error.headers, error.status);
}

export function bodyLength(body: ReplyBody): number {
  return body.kind === "bytes" ? body.bytes.length : body.end - body.start;
}

/** The first `length` bytes of a body, or the part of it from `start`. */
export function sliceBody(body: ReplyBody, start: number, end: number): ReplyBody {
  return body.kind === "bytes"
    ? { kind: "bytes", bytes: body.bytes.subarray(start, end) }
    : { ...body, start: body.start + start, end: Math.min(body.start + end, body.end) };
}
