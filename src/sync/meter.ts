// How far a round is, for the page.
import type { SyncProgress } from "../protocol/sync-api.ts";

/** Gathers progress of many things at once and tells it at a bearable rate. */
export interface Meter {
  step(
    step: SyncProgress["step"],
    totals: { readonly files: number; readonly bytes: number },
  ): void;
  subject(subject: string): void;
  addBytes(bytes: number): void;
  addFiles(files: number): void;
}
