// Turns what IndexedDB throws into Cairn's own errors. The only place that reads DOMException names of storage.
import { CairnError } from "../core/errors.ts";

/** The CairnError for a failure of IndexedDB; a CairnError passes through. */
export function storageErrorOf(error: unknown): CairnError {
  if (error instanceof CairnError) return error;
  const name = error instanceof Error ? error.name : "";
  const reason = error instanceof Error ? error.message || error.name : String(error);
  const cause = { cause: error };
  if (name === "QuotaExceededError")
    return new CairnError("quota_exceeded", { neededBytes: null }, cause);
  if (name === "SecurityError" || name === "InvalidAccessError")
    return new CairnError("storage_unavailable", { reason }, cause);
  // Anything else that isn't the database's is a mistake of ours, not of the disk.
  return new CairnError(
    error instanceof DOMException ? "storage_failed" : "internal",
    { reason },
    cause,
  );
}

/** True for errors after which writing on could harm: a full or failing disk. */
export function isStorageFailure(error: unknown): boolean {
  return (
    error instanceof CairnError &&
    (error.code === "quota_exceeded" || error.code === "storage_failed")
  );
}
