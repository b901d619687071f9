// Whether what was found through a registry may be downloaded [P7 P8].
import type { DownloadVia } from "../../protocol/downloads.ts";
import { withRead } from "../../store/transaction.ts";
import { openReadCtx } from "../browse/read-ctx.ts";
import { READER_STORES } from "../browse/registry-reader.ts";
import type { Ctx } from "../context.ts";

/** Throws `not_permitted` unless the person of this browser may use what the registry links; `not_found`. */
export async function checkVia(ctx: Ctx, via: DownloadVia | undefined): Promise<void> {
  if (via === undefined) return;
  const { registries } = await openReadCtx(ctx);
  await withRead(ctx.db, [...READER_STORES], (tx) => registries.checkMayUse(tx, via.registry));
}
