// What a page may tell a service worker, and what it hears from one.
import type { OfferDownload } from "./downloads.ts";

/**
 * `offer-download` brings two ports: the stream's, and one on which the service worker posts once
 * when it is ready to answer `download/<id>`.
 */
export type ServiceWorkerMessage =
  | OfferDownload
  /** A download is running: don't fall asleep. */
  | { readonly kind: "keep-alive" }
  /** Your build is the one to show from now on, in every tab. */
  | { readonly kind: "choose-build" }
  /** Post the version of the build you belong to on the port that comes along. */
  | { readonly kind: "which-build" }
  /** Post the version of the build that a reload shows, or nothing, on the port that comes along. */
  | { readonly kind: "which-shown" };

/** A build was chosen: a page of another reloads. */
export interface ServiceWorkerNotice {
  readonly kind: "build-chosen";
  readonly version: string;
}
