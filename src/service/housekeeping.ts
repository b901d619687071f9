// What is done by itself at the start and now and then: leftovers, the trash's age, keep rules.
import type { Ctx } from "./context.ts";
import type { RunLife } from "./runs/run-life.ts";
import { sweepIngests } from "./sweep.ts";
import { collect } from "./trash/collect.ts";
import { emptyExpired } from "./trash/empty.ts";
import { applyAllKeeps } from "./trash/keep.ts";

/** Sweeps dead ingests, marks abandoned runs, applies keep rules, empties what lay in the trash for too long. */
export async function keepHouse(ctx: Ctx, runLife: RunLife): Promise<void> {
  const swept = await sweepIngests(ctx.db, ctx.locks);
  await runLife.markAbandoned();
  await applyAllKeeps(ctx);
  const { versions } = await emptyExpired(ctx);
  // A dead ingest's pins may have been all that held some bytes.
  if (swept > 0 && versions === 0) await collect(ctx);
}

/** As {@link keepHouse}, where nothing may change that a person sees: only what dead ingests left goes. */
export async function sweepOnly(ctx: Ctx): Promise<void> {
  if ((await sweepIngests(ctx.db, ctx.locks)) > 0) await collect(ctx);
}
