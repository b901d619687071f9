// Waits for the service worker from a test.
import type { Page } from "playwright-core";

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
