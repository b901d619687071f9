// Waits for the service worker from a test.
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Resolves when everything is kept and the page is controlled. */
export async function untilOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    );
  });
}

/** Looks for a newer build now; resolves when it waits to take over. */
export async function untilUpdateWaits(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = await registration.update();
    const worker = found.installing ?? found.waiting;
    if (worker === null) throw new Error("the service worker did not change");
    while (worker.state === "installing")
      await new Promise((resolve) =>
        worker.addEventListener("statechange", resolve, { once: true }),
      );
    if (worker.state !== "installed")
      throw new Error(`the newer service worker is ${worker.state}`);
  });
}

/** The caches of the builds that are kept, the one that came first at the head. */
export async function cacheNames(page: Page): Promise<string[]> {
  const names = await page.evaluate(() => caches.keys());
  return names.filter((name) => name.startsWith("cairn-precache-"));
}

/** The build that is active, and the one that waits to take over, as the service workers themselves say. */
export async function buildsOfWorkers(
  page: Page,
): Promise<{ active: string | undefined; waiting: string | undefined }> {
  const [active, waiting] = await Promise.all([
    ask(page, "active", "which-build"),
    ask(page, "waiting", "which-build"),
  ]);
  return { active, waiting };
}

/**
 * Resolves once no service worker waits any more, which it does while tabs are open that the one before it answers.
 * Ask from a tab that isn't the app's: one of the app's would keep it waiting.
 */
export async function untilNoneWaits(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const states = new Map<string, string>();
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    for (const { versionId, status } of versions) states.set(versionId, status);
  });
  await session.send("ServiceWorker.enable");
  const all = (): string[] => [...states.values()];
  await expect.poll(all).toContain("activated");
  await expect.poll(all).not.toContain("installed");
  await session.detach();
}

/** The build that a reload shows, as the service worker that would answer it says. */
export function shownBuild(page: Page): Promise<string | undefined> {
  return ask(page, "active", "which-shown");
}

function ask(
  page: Page,
  which: "active" | "waiting",
  kind: "which-build" | "which-shown",
): Promise<string | undefined> {
  return page.evaluate(
    async ([role, question]) => {
      const worker = (await navigator.serviceWorker.ready)[role];
      if (worker === null) return undefined;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise<string | undefined>((resolve) => {
        port1.onmessage = ({ data }: MessageEvent<string | undefined>) => resolve(data);
      });
      worker.postMessage({ kind: question }, [port2]);
      return answer;
    },
    [which, kind] as const,
  );
}
