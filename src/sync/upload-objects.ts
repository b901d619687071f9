// Sends a remote the bytes it lacks: several at once, in parts, resumed inside a file.
import type { RemoteRecord } from "../store/schema.ts";
import type { Hub } from "../hub/hub.ts";
import type { SyncCtx } from "./context.ts";
import type { Meter } from "./meter.ts";
import type { UploadObject } from "./prepare.ts";

/**
 * Asks which of the objects the repository lacks, and uploads those.
 *
 * @returns how many objects and bytes were sent
 * @throws CairnError `hub_failed` after retries, `blob_missing`, `digest_mismatch`, `aborted`
 */
export function uploadObjects(
  sync: SyncCtx,
  remote: RemoteRecord,
  hub: Hub,
  objects: readonly UploadObject[],
  meter: Meter,
  signal: AbortSignal,
): Promise<{ readonly objects: number; readonly bytes: number }> {
  throw new Error(
    `not yet ${sync.actor} ${remote.uid} ${objects.length} ${String(hub)} ${String(meter)} ${String(signal)}`,
  );
}
