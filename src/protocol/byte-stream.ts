// A byte stream over a MessagePort, one chunk per request: backpressure without transferable streams, which Safari lacks.
import { deferred } from "../core/deferred.ts";
import type { StreamReply, StreamRequest } from "./downloads.ts";

/**
 * Serves a stream to whoever holds the port's other end. Settles when it was read, cancelled or failed.
 *
 * @param signal breaks the stream off for the reader; needed to end it when the reader vanished without a word
 */
export async function serveStream(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  port: MessagePort,
  signal?: AbortSignal,
): Promise<"read" | "cancelled"> {
  const reader = stream.getReader();
  const { promise, resolve, reject } = deferred<"read" | "cancelled">();
  const answer = async (request: StreamRequest): Promise<void> => {
    if (request === "cancel") {
      resolve("cancelled");
      await reader.cancel();
      return;
    }
    const { done, value } = await reader.read();
    const reply: StreamReply = done ? { kind: "end" } : { kind: "chunk", bytes: value };
    // Only a whole buffer can change hands; a view into a larger one is copied.
    const whole = !done && value.byteLength === value.buffer.byteLength;
    port.postMessage(reply, whole ? [value.buffer] : []);
    if (done) resolve("read");
  };
  port.onmessage = ({ data }: MessageEvent<StreamRequest>) => {
    answer(data).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      port.postMessage({ kind: "error", message } satisfies StreamReply);
      reject(error);
    });
  };
  const breakOff = (): void => {
    port.postMessage({ kind: "error", message: "cancelled" } satisfies StreamReply);
    resolve("cancelled");
    // The producer learns of it by the same signal; what it says then is no news.
    reader.cancel().catch(() => undefined);
  };
  // A signal that has fired already fires no more.
  if (signal?.aborted) breakOff();
  else signal?.addEventListener("abort", breakOff, { once: true });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener("abort", breakOff);
    port.close();
  }
}

/** The stream that {@link serveStream} serves at the port's other end. */
export function receiveStream(port: MessagePort): ReadableStream<Uint8Array<ArrayBuffer>> {
  let settle: (() => void) | undefined;
  const ask = (request: StreamRequest): void => port.postMessage(request);
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        port.onmessage = ({ data }: MessageEvent<StreamReply>) => {
          if (data.kind === "chunk") controller.enqueue(data.bytes);
          else {
            if (data.kind === "end") controller.close();
            else controller.error(new Error(data.message));
            port.close();
          }
          settle?.();
        };
      },
      pull() {
        const { promise, resolve } = deferred();
        settle = resolve;
        ask("pull");
        return promise;
      },
      cancel() {
        ask("cancel");
        port.close();
      },
    },
    { highWaterMark: 1 },
  );
}
