// Sends bytes by XMLHttpRequest, the only way a browser tells how much has gone.
import type { PutBytes } from "./hub.ts";

export const xhrPut: PutBytes = (url, headers, body, onProgress, signal, stallMs) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout>;
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      settle();
    };
    const giveUp = (name: string): void => {
      finish(() => reject(new DOMException("The upload was ended.", name)));
      request.abort();
    };
    const stop = (): void => giveUp("AbortError");
    const expectMore = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp("TimeoutError"), stallMs);
    };
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded }) => {
      expectMore();
      onProgress(Math.min(loaded, body.size));
    });
    request.addEventListener("load", () =>
      finish(() =>
        resolve({
          status: request.status,
          etag: request.getResponseHeader("ETag"),
          text: request.responseText,
        }),
      ),
    );
    request.addEventListener("error", () =>
      finish(() => reject(new TypeError("The upload got no answer."))),
    );
    signal.addEventListener("abort", stop);
    expectMore();
    if (signal.aborted) stop();
    else request.send(body);
  });
