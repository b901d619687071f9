// Offline use and updates: registers the service worker and says what it has ready.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { ServiceWorkerMessage } from "../../protocol/service-worker.ts";

/** How often, at most, a tab that is left open looks for a newer build. */
const LOOK_MS = 60 * 60 * 1000;

export interface PwaState {
  /** A newer build is kept and waits for {@link PwaState.applyUpdate}. */
  readonly updateReady: ReadonlySignal<boolean>;
  /** Changes to the newer build: every open tab reloads. */
  applyUpdate(): void;
  /** The app opens without a network from now on. */
  readonly offlineReady: ReadonlySignal<boolean>;
}

/** Starts the service worker in production builds, where the browser has them. */
export function createPwaState(): PwaState {
  const updateReady = signal(false);
  const offlineReady = signal(false);
  let registration: ServiceWorkerRegistration | undefined;

  async function start(): Promise<void> {
    reloadOnTakeover();
    registration = await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" });
    navigator.serviceWorker.ready.then(() => (offlineReady.value = true), report);
    watchForUpdates(registration, () => (updateReady.value = true));
  }

  if (import.meta.env.PROD && "serviceWorker" in navigator) start().catch(report);
  return {
    updateReady,
    applyUpdate: () =>
      registration?.waiting?.postMessage({ kind: "skip-waiting" } satisfies ServiceWorkerMessage),
    offlineReady,
  };
}

/** Each tab reloads itself when a newer service worker takes over, but not when the very first one does. */
function reloadOnTakeover(): void {
  let hadController = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadController) location.reload();
    hadController = true;
  });
}

function watchForUpdates(registration: ServiceWorkerRegistration, onWaiting: () => void): void {
  const look = (): void => {
    // Without an active one the worker that waits is the first, and about to start by itself.
    if (registration.waiting !== null && registration.active !== null) onWaiting();
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  let lookedAt = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - lookedAt < LOOK_MS) return;
    lookedAt = Date.now();
    registration.update().catch(report);
  });
}

/** Offline, blocked storage, a host without https: the app works all the same. */
function report(error: unknown): void {
  console.info("no offline use for now:", error);
}
