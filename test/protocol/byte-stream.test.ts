import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { receiveStream, serveStream } from "../../src/protocol/byte-stream.ts";

type Bytes = Uint8Array<ArrayBuffer>;
const chunkOf = (seed: number, length: number): Bytes =>
  Uint8Array.from({ length }, (_, i) => (seed * 31 + i) & 255);

/** Serves chunks as they are pulled, counting how many were made. */
function serve(
  next: (index: number) => Bytes | undefined,
  cancel: (reason: unknown) => void = () => undefined,
  signal?: AbortSignal,
) {
  const made = { count: 0 };
  const { port1, port2 } = new MessageChannel();
  const source = new ReadableStream<Bytes>(
    {
      pull(controller) {
        const chunk = next(made.count);
        if (chunk === undefined) controller.close();
        else {
          made.count++;
          controller.enqueue(chunk);
        }
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
  return { made, served: serveStream(source, port1, signal), received: receiveStream(port2) };
}

async function bytesOf(stream: ReadableStream<Bytes>): Promise<Bytes> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

test("the bytes that arrive are those that were served", async () => {
  const chunks = [1, 0, 4096, 65_536, 3].map((length, seed) => chunkOf(seed, length));
  const expected = Buffer.concat(chunks);
  const { served, received } = serve((index) => chunks[index]);
  expect(Buffer.compare(await bytesOf(received), expected)).toBe(0);
  expect(await served).toBe("read");
});

test("an empty stream ends at once", async () => {
  const { served, received } = serve(() => undefined);
  expect(await bytesOf(received)).toHaveLength(0);
  expect(await served).toBe("read");
});

test("a chunk that is a view leaves its buffer to the producer", async () => {
  const whole = chunkOf(1, 100);
  const { received } = serve((index) =>
    index < 2 ? whole.subarray(index * 50, index * 50 + 50) : undefined,
  );
  expect(Buffer.compare(await bytesOf(received), chunkOf(1, 100))).toBe(0);
  expect(whole.byteLength).toBe(100);
});

test("a chunk that is a whole buffer changes hands and is not copied", async () => {
  const chunk = chunkOf(1, 100);
  const { received } = serve((index) => (index === 0 ? chunk : undefined));
  expect(await bytesOf(received)).toHaveLength(100);
  expect(chunk.byteLength).toBe(0);
});

test("at most one chunk more is made than was read", async () => {
  const { made, received } = serve((index) => chunkOf(index, 10));
  const reader = received.getReader();
  for (let read = 0; read < 5; read++) {
    await sleep(20);
    expect(made.count).toBeLessThanOrEqual(read + 1);
    expect((await reader.read()).value).toEqual(chunkOf(read, 10));
  }
  await reader.cancel();
});

test("cancelling stops the producer", async () => {
  const cancel = vi.fn<(reason: unknown) => void>();
  const { made, served, received } = serve((index) => chunkOf(index, 10), cancel);
  const reader = received.getReader();
  await reader.read();
  await reader.cancel();
  expect(await served).toBe("cancelled");
  const count = made.count;
  await sleep(20);
  expect(cancel).toHaveBeenCalledOnce();
  expect(made.count).toBe(count);
});

test("a producer's error reaches the reader after the chunks before it, and the server", async () => {
  const { served, received } = serve((index) => {
    if (index === 2) throw new Error("disk on fire");
    return chunkOf(index, 10);
  });
  const failure = served.catch((error: unknown) => error);
  const reader = received.getReader();
  expect((await reader.read()).value).toEqual(chunkOf(0, 10));
  expect((await reader.read()).value).toEqual(chunkOf(1, 10));
  await expect(reader.read()).rejects.toThrow("disk on fire");
  expect(await failure).toMatchObject({ message: "disk on fire" });
});

test("the signal breaks the stream off for reader and producer alike", async () => {
  const abort = new AbortController();
  const cancel = vi.fn<(reason: unknown) => void>();
  const { served, received } = serve((index) => chunkOf(index, 10), cancel, abort.signal);
  const reader = received.getReader();
  await reader.read();
  abort.abort();
  expect(await served).toBe("cancelled");
  expect(cancel).toHaveBeenCalledOnce();
  const rest = (async () => {
    while (!(await reader.read()).done);
  })();
  await expect(rest).rejects.toThrow("cancelled");
});

test("the signal ends a stream whose reader never says a word", async () => {
  const abort = new AbortController();
  const { port1, port2 } = new MessageChannel();
  const served = serveStream(new ReadableStream<Bytes>(), port1, abort.signal);
  abort.abort();
  expect(await served).toBe("cancelled");
  port2.close();
});

test("a signal that fired before the stream was served ends it at once", async () => {
  const cancel = vi.fn<(reason: unknown) => void>();
  const { made, served, received } = serve(() => chunkOf(1, 10), cancel, AbortSignal.abort());
  expect(await served).toBe("cancelled");
  expect(cancel).toHaveBeenCalledOnce();
  expect(made.count).toBe(0);
  await expect(received.getReader().read()).rejects.toThrow("cancelled");
});
