// Offline use and updates: registers the service worker and says what it has ready.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { ServiceWorkerMessage } from "../../protocol/service-worker.ts";
import { askBuild, followChosenBuild, OWN_BUILD } from "./chosen-build.ts";

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
    followChosenBuild();
    // Registering may take long; what is there already is known at once.
    const known = await navigator.serviceWorker.getRegistration();
    if (known !== undefined) watch(known);
    watch(await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" }));
    navigator.serviceWorker.ready.then(() => (offlineReady.value = true), report);
  }

  function watch(found: ServiceWorkerRegistration): void {
    if (found === registration) return;
    registration = found;
    watchForUpdates(found, () => (updateReady.value = true));
  }

  if (import.meta.env.PROD && "serviceWorker" in navigator) start().catch(report);
  return {
    updateReady,
    applyUpdate() {
      const waiting = registration?.waiting;
      // It waits no more when all other tabs were closed since and this one is not under its control.
      if (waiting == null) location.reload();
      else waiting.postMessage({ kind: "choose-build" } satisfies ServiceWorkerMessage);
    },
    offlineReady,
  };
}

function watchForUpdates(registration: ServiceWorkerRegistration, onReady: () => void): void {
  // Without an active one the worker that waits is the first, and about to start by itself. And one
  // goes on waiting when its build is shown already, until the last tab is closed.
  const look = async (worker: ServiceWorker | null): Promise<void> => {
    if (worker?.state !== "installed" || registration.active === null) return;
    if ((await askBuild(worker, "which-build")) !== OWN_BUILD) onReady();
  };
  const watchInstall = (): void => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => void look(installing).catch(report));
  };
  look(registration.waiting).catch(report);
  // One may have been found before this script ran.
  watchInstall();
  registration.addEventListener("updatefound", watchInstall);
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
