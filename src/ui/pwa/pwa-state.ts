// Offline use and updates: registers the service worker and says what it has ready.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { ServiceWorkerMessage } from "../../protocol/service-worker.ts";

/** How often, at most, a tab that is left open looks for a newer build. */
const LOOK_MS = 60 * 60 * 1000;
/** How long a newer service worker may take to take over. */
const TAKEOVER_MS = 2_000;

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
    navigator.serviceWorker.addEventListener("controllerchange", reloadIntoItsBuild);
    // The event may have come before this script ran.
    reloadIntoItsBuild();
    registration = await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" });
    navigator.serviceWorker.ready.then(() => (offlineReady.value = true), report);
    watchForUpdates(registration, () => (updateReady.value = true));
  }

  if (import.meta.env.PROD && "serviceWorker" in navigator) start().catch(report);
  return {
    updateReady,
    applyUpdate() {
      registration?.waiting?.postMessage({ kind: "skip-waiting" } satisfies ServiceWorkerMessage);
      // Chromium at times keeps the older worker, as if it were busy, until a page is opened anew.
      setTimeout(() => location.reload(), TAKEOVER_MS);
    },
    offlineReady,
  };
}

/** Shows the build of the service worker that took over: every tab does, and none twice. */
function reloadIntoItsBuild(): void {
  const own = document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    port1.close();
    if (data !== own) location.reload();
  };
  navigator.serviceWorker.controller?.postMessage(
    { kind: "which-build" } satisfies ServiceWorkerMessage,
    [port2],
  );
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
