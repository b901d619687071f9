// Bytes that are neither here nor anywhere they can be had from.
import { isCairnError, type CairnError } from "../core/errors.ts";

/** Whether an error tells of such bytes. */
export function isBytesLost(
  error: unknown,
): error is CairnError<"blob_missing" | "digest_mismatch"> {
  return isCairnError(error, "blob_missing") || isCairnError(error, "digest_mismatch");
}
