import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { untilOffline } from "../support/service-worker.ts";

let app: App;
beforeAll(async () => {
  app = await openApp({ basePath: "/sub/" });
  await untilOffline(app.page);
});
afterAll(() => app.close());

/** Offers `chunks` chunks of a KiB to the service worker, as the app does; `failAt` breaks off there. */
function offer(page: Page, fileName: string, chunks: number, failAt = -1): Promise<void> {
  return page.evaluate(
    async ([name, count, broken]) => {
      const stream = new MessageChannel();
      const ready = new MessageChannel();
      let sent = 0;
      stream.port1.onmessage = () => {
        if (sent === broken) stream.port1.postMessage({ kind: "error", message: "broken off" });
        else if (sent === count) stream.port1.postMessage({ kind: "end" });
        else stream.port1.postMessage({ kind: "chunk", bytes: new Uint8Array(1024).fill(sent++) });
      };
      const id = crypto.randomUUID();
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage({ kind: "offer-download", id, fileName: name }, [
        stream.port2,
        ready.port2,
      ]);
      await new Promise((resolve) => (ready.port1.onmessage = resolve));
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.src = `./download/${id}`;
      document.body.append(frame);
    },
    [fileName, chunks, failAt] as const,
  );
}

test("a stream that the page offers is saved byte for byte under its name", async () => {
  const name = "café (1)'s *best*, 日本.zip";
  const [download] = await Promise.all([
    app.page.waitForEvent("download"),
    offer(app.page, name, 300),
  ]);
  // Chromium itself replaces what no file name may hold.
  expect(download.suggestedFilename()).toBe(name.replaceAll("*", "_"));
  const bytes = await readFile(await download.path());
  expect(bytes.byteLength).toBe(300 * 1024);
  expect(bytes.every((byte, index) => byte === Math.floor(index / 1024) % 256)).toBe(true);
  app.expectNoConsoleErrors();
});

test("a stream that breaks off is a failed download", async () => {
  const [download] = await Promise.all([
    app.page.waitForEvent("download"),
    offer(app.page, "half.zip", 300, 200),
  ]);
  expect(await download.failure()).not.toBeNull();
});

test("an offer is good for one download", async () => {
  const answer = await app.page.evaluate(async () => (await fetch("./download/unknown")).status);
  expect(answer).toBe(410);
});
