// When bytes were last found right.
import type { Digest } from "../../core/digest.ts";
import type { CheckRecord, Database } from "../../store/schema.ts";
import { withWrite } from "../../store/transaction.ts";

/** Notes that a manifest's bytes, or all, were right at a time. An unfinished pass over all is given up for it. */
export async function writeCheck(
  db: Database,
  key: Digest | "all",
  verifiedAt: string,
): Promise<void> {
  await withWrite(db, ["checks"], (tx) => tx.objectStore("checks").put({ verifiedAt }, key));
}

/**
 * Replaces the record of the whole store, unless another tab did so since it was read.
 *
 * @returns whether it did
 */
export function replaceCheck(
  db: Database,
  read: CheckRecord | undefined,
  next: CheckRecord,
): Promise<boolean> {
  return withWrite(db, ["checks"], async (tx) => {
    const now = await tx.objectStore("checks").get("all");
    if (JSON.stringify(now) !== JSON.stringify(read)) return false;
    await tx.objectStore("checks").put(next, "all");
    return true;
  });
}
