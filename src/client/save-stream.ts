// Hands bytes to the browser's downloads.
import { CairnError } from "../core/errors.ts";
import { receiveStream } from "../protocol/byte-stream.ts";
import { newJobId } from "../protocol/jobs.ts";
import type { OfferDownload } from "../protocol/downloads.ts";

/** A service worker that nothing asks anything is stopped after 30 s; a slow download must outlive that. */
const KEEP_ALIVE_MS = 10_000;
/** How long the service worker may take to answer an offer. */
const OFFER_MS = 10_000;
/** How long a Blob's URL or a frame is kept for the browser to start its download. */
const URL_LIFE_MS = 60_000;

/** Saves a Blob under a file name. */
export function saveBlob(blob: Blob, fileName: string): void {
  // A neutral type keeps HTML or SVG from ever being shown on our origin.
  const url = URL.createObjectURL(blob.slice(0, blob.size, "application/octet-stream"));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), URL_LIFE_MS);
}

/**
 * Saves the stream behind a port under a file name: through the service worker, so that the browser
 * writes it to disk as it comes. Without one the bytes are gathered in a Blob first.
 *
 * @param finished settles when the stream was read or broke off
 */
export async function saveStream(
  port: MessagePort,
  fileName: string,
  finished: Promise<unknown>,
): Promise<void> {
  const worker = await activeWorker();
  if (worker === null) {
    saveBlob(await new Response(receiveStream(port)).blob(), fileName);
    return;
  }
  const offer: OfferDownload = { kind: "offer-download", id: newJobId(), fileName };
  await makeOffer(worker, offer, port);
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = `./download/${offer.id}`;
  document.body.append(frame);
  const ping = setInterval(() => worker.postMessage({ kind: "keep-alive" }), KEEP_ALIVE_MS);
  const end = (): void => {
    clearInterval(ping);
    // A small zip is read before the browser has made a download of the frame; removing it then cancels that.
    setTimeout(() => frame.remove(), URL_LIFE_MS);
  };
  finished.then(end, end);
}

/** The service worker that answers for this page, if there is one: none on the dev server and in some private windows. */
async function activeWorker(): Promise<ServiceWorker | null> {
  // Absent outside secure contexts.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  return (await container?.getRegistration())?.active ?? null;
}

/** Gives the port to the service worker and waits until it is ready. Throws `internal` when it doesn't answer. */
function makeOffer(worker: ServiceWorker, offer: OfferDownload, port: MessagePort): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const late = new CairnError("internal", {
      reason: "the service worker did not take the download; reload the page",
    });
    const timer = setTimeout(() => reject(late), OFFER_MS);
    port1.onmessage = () => {
      clearTimeout(timer);
      port1.close();
      resolve();
    };
    worker.postMessage(offer, [port, port2]);
  });
}
