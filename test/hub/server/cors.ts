// What pages of other origins may do, as the real Hub and its hosts were seen to answer.
import type { IncomingMessage } from "node:http";

/** RateLimit and Retry-After are not among them. */
const EXPOSED = [
  "X-Repo-Commit",
  "X-Request-Id",
  "X-Error-Code",
  "X-Error-Message",
  "X-Total-Count",
  "ETag",
  "Link",
  "Accept-Ranges",
  "Content-Range",
  "X-Linked-Size",
  "X-Linked-ETag",
  "X-Xet-Hash",
].join(",");

/** The Hub repeats the page's origin. */
export function hubCors(request: IncomingMessage): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": request.headers.origin ?? "https://huggingface.co",
    "Access-Control-Expose-Headers": EXPOSED,
    "Access-Control-Max-Age": "86400",
    Vary: "Origin",
  };
}

/** The storage says `*`: after a redirect from the Hub the page's origin is "null". */
export function storageCors(): Record<string, string> {
  return { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*" };
}

/** Answers a preflight: whatever was asked for may be sent. */
export function preflight(
  request: IncomingMessage,
  cors: Record<string, string>,
): Record<string, string> {
  return {
    ...cors,
    "Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
    "Access-Control-Allow-Headers": request.headers["access-control-request-headers"] ?? "",
  };
}
