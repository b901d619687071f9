// What other devices know this browser by.
import { findIdentity } from "../service/registry/identity.ts";
import { withRead } from "../store/transaction.ts";
import type { SyncCtx } from "./context.ts";

/** Such as `Ada · Chrome on Linux`. */
export async function deviceName({
  db,
  platform,
}: Pick<SyncCtx, "db" | "platform">): Promise<string> {
  const me = await withRead(db, ["identity"], findIdentity);
  return me === null ? platform : `${me.name} · ${platform}`;
}
