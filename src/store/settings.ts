// Small values this browser keeps about itself.
import type { Database } from "./schema.ts";
import { withWrite } from "./transaction.ts";

/** This browser's own id, made at the first start; the actor of its events. */
export function deviceUid(db: Database, newUid: () => string): Promise<string> {
  return withWrite(db, ["settings"], async (tx) => {
    const known = await tx.objectStore("settings").get("device");
    if (known !== undefined) return known;
    const uid = newUid();
    await tx.objectStore("settings").put(uid, "device");
    return uid;
  });
}
