// What a page may tell the service worker.
import type { OfferDownload } from "./downloads.ts";

/**
 * `offer-download` brings two ports: the stream's, and one on which the service worker posts once
 * when it is ready to answer `download/<id>`.
 */
export type ServiceWorkerMessage =
  | OfferDownload
  /** A download is running: don't fall asleep. */
  | { readonly kind: "keep-alive" }
  /** Take over from the older service worker now. */
  | { readonly kind: "skip-waiting" }
  /** Post the version of your build on the port that comes along. */
  | { readonly kind: "which-build" };
