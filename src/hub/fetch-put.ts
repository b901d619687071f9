// Sends bytes by fetch, where there is no XMLHttpRequest: progress is told once all of them went.
import type { PutBytes } from "./hub.ts";
import { sendingMs } from "./pace.ts";
import { Watch } from "./watch.ts";

/** @param send stands in for the usual fetch */
export function fetchPut(send?: typeof fetch): PutBytes {
  return async (url, headers, body, onProgress, signal, stallMs) => {
    const watch = new Watch(signal);
    try {
      watch.expect(stallMs + sendingMs(body.size));
      const response = await (send ?? fetch)(url, {
        method: "PUT",
        headers,
        body,
        signal: watch.signal,
        credentials: "omit",
      });
      watch.expect(stallMs);
      const text = await response.text();
      onProgress(body.size);
      return { status: response.status, etag: response.headers.get("ETag"), text };
    } finally {
      watch.end();
    }
  };
}
