// Shows the build that was chosen, in this tab as in all others.
import type { ServiceWorkerMessage, ServiceWorkerNotice } from "../../protocol/service-worker.ts";

/** The version of the build this page is of. */
export const OWN_BUILD = document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content;

/** A page that still is of another build after so many reloads stays as it is. */
const MOST_RELOADS = 3;

/** Reloads this page when another build than its own is to be shown. */
export function followChosenBuild(): void {
  const { serviceWorker } = navigator;
  let isReloading = false;
  const show = (build: string | undefined): void => {
    if (build === undefined || isReloading || !mayReload(build)) return;
    isReloading = true;
    location.reload();
  };
  const look = (): void => {
    const { controller } = serviceWorker;
    if (controller !== null) void askBuild(controller, "which-shown").then(show);
  };
  serviceWorker.addEventListener("message", ({ data }: MessageEvent<ServiceWorkerNotice>) => {
    if (data.kind === "build-chosen") show(data.version);
  });
  serviceWorker.addEventListener("controllerchange", look);
  // The choice may have been made before this script ran.
  look();
}

/** What a service worker says of its own build, or of the one that is shown. It may never answer. */
export function askBuild(
  worker: ServiceWorker,
  kind: "which-build" | "which-shown",
): Promise<string | undefined> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<string | undefined>) => {
      port1.close();
      resolve(data);
    };
    worker.postMessage({ kind } satisfies ServiceWorkerMessage, [port2]);
  });
}

/** Counts in the tab's own storage, which a reload leaves as it is. */
function mayReload(build: string): boolean {
  const key = `cairn-reloads-into-${build}`;
  if (build === OWN_BUILD) {
    sessionStorage.removeItem(key);
    return false;
  }
  const count = Number(sessionStorage.getItem(key)) + 1;
  sessionStorage.setItem(key, String(count));
  return count <= MOST_RELOADS;
}
