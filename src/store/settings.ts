// Small values this browser keeps about itself.
import type { Database, Settings } from "./schema.ts";
import { withRead, withWrite, type ReadTx } from "./transaction.ts";

/** Days that the trash keeps things when nothing else was set [D1]. */
const DEFAULT_TRASH_DAYS = 30;

/** This browser's own id, made at the first start; the actor of its events. */
export function deviceUid(db: Database, newUid: () => string): Promise<string> {
  return withWrite(db, ["settings"], async (tx) => {
    const known = await readSetting(tx, "device");
    if (known !== undefined) return known;
    const uid = newUid();
    await tx.objectStore("settings").put(uid, "device");
    return uid;
  });
}

/** How long the trash keeps, in days. */
export async function trashDays(db: Database): Promise<number> {
  const set = await withRead(db, ["settings"], (tx) => readSetting(tx, "trashDays"));
  return set ?? DEFAULT_TRASH_DAYS;
}

/** A setting, or `undefined` while it was never set. */
async function readSetting<Name extends keyof Settings>(
  tx: ReadTx<"settings">,
  name: Name,
): Promise<Settings[Name] | undefined> {
  // The key decides the type of the value; IndexedDB's types can't say so.
  return (await tx.objectStore("settings").get(name)) as Settings[Name] | undefined;
}
