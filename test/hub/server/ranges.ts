// Parts and conditions of a GET.
import type { IncomingMessage } from "node:http";
import { HubError } from "./hub-error.ts";
import { bodyLength, emptyReply, sliceBody, type Reply, type ReplyBody } from "./reply.ts";

/** Answers a GET or HEAD of these bytes: whole, one range of them, or 304 where the ETag is known. */
export function fileReply(
  request: IncomingMessage,
  body: ReplyBody,
  headers: Readonly<Record<string, string>> & { readonly ETag: string },
): Reply {
  const all = { "Accept-Ranges": "bytes", ...headers };
  if (request.headers["if-none-match"] === headers.ETag) return emptyReply(304, all);
  const size = bodyLength(body);
  const range = parseRange(request.headers.range, size);
  if (range === undefined) return { status: 200, headers: all, body };
  return {
    status: 206,
    headers: { ...all, "Content-Range": `bytes ${range.start}-${range.end - 1}/${size}` },
    body: sliceBody(body, range.start, range.end),
  };
}

/** Reads one range, its end not included; several are not understood, and 416 says it is past the end. */
function parseRange(
  text: string | undefined,
  size: number,
): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(text ?? "");
  if (match === null) return undefined;
  const [, first = "", last = ""] = match;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (start < end) return { start, end };
  throw new HubError(416, "Requested range not satisfiable", {
    headers: { "Content-Range": `bytes */${size}` },
  });
}
