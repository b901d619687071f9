// What reading goes by: the database, and the registries where this browser has any.
import type { Database } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { NO_REGISTRIES, type RegistryReader } from "./registry-reader.ts";

export interface ReadCtx {
  readonly db: Database;
  readonly registries: RegistryReader;
}

/** Loads the code of registries before the first read that has some to look at. */
export async function openReadCtx(ctx: Ctx): Promise<ReadCtx> {
  const { db } = ctx;
  const count = await withRead(db, ["registries"], (tx) => tx.objectStore("registries").count());
  if (count === 0) return { db, registries: NO_REGISTRIES };
  const { createRegistryReader } = await import("./read-registries.ts");
  return { db, registries: createRegistryReader(ctx) };
}
