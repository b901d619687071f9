// Offline use and updates: registers the service worker and says what it has ready.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { ServiceWorkerMessage } from "../../protocol/service-worker.ts";
import { askBuild, followChosenBuild, OWN_BUILD } from "./chosen-build.ts";

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
    if (known !== undefined) watch(known).catch(report);
    const found = await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" });
    watch(found).catch(report);
    navigator.serviceWorker.ready.then(() => (offlineReady.value = true), report);
  }

  async function watch(found: ServiceWorkerRegistration): Promise<void> {
    if (found === registration) return;
    registration = found;
    // The first page needs none of it.
    const { lookOften, UpdateWatch } = await import("./watch-updates.ts");
    lookOften(
      new UpdateWatch({
        registration: found,
        ownBuild: OWN_BUILD,
        buildOf: (worker) => askBuild(worker, "which-build"),
        isSeen: () => document.visibilityState === "visible",
        now: Date.now,
        onReady: () => (updateReady.value = true),
      }),
    );
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

/** Offline, blocked storage, a host without https: the app works all the same. */
function report(error: unknown): void {
  console.info("no offline use for now:", error);
}
