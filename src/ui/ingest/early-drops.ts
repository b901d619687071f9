// Drops that come while the page still starts: the browser would leave the page and show the file.
import { hasFiles, takeTransfer } from "../../client/pick/read-transfer.ts";
import type { Picked } from "../../client/pick/found.ts";
import type { IngestState } from "./ingest-state.ts";

/** Takes drops from now on. Returns how to hand them over and stop; `null` lets them go. */
export function catchEarlyDrops(): (ingest: IngestState | null) => void {
  const picks: Picked[] = [];
  const stop = new AbortController();
  const over = (event: DragEvent): void => event.preventDefault();
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    if (event.dataTransfer !== null && hasFiles(event.dataTransfer))
      picks.push(takeTransfer(event.dataTransfer));
  };
  addEventListener("dragover", over, { signal: stop.signal });
  addEventListener("drop", drop, { signal: stop.signal });
  return (ingest) => {
    stop.abort();
    for (const pick of picks) ingest?.take(pick);
  };
}
