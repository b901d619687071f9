// A registry's log as a file, sealed by whoever sends it [E2 E3].
import { eventText } from "../../core/registry/event-text.ts";
import { formatLogHead, sealText, type LogHead } from "../../core/registry/log-file.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { findIdentity } from "./identity.ts";
import { openRegistry, readRows, REGISTRY_STORES } from "./read-registry.ts";
import { sign } from "./signing.ts";

/** Lines made into bytes at once: no text as long as the file is ever made. */
const LINES_PER_PART = 500;

/** The whole log as JSON lines, unsealed where nobody said who they are. Throws `no_registry`. */
export async function exportRegistry(ctx: Ctx, registry: string): Promise<Blob> {
  const { open, rows, me } = await withRead(
    ctx.db,
    [...REGISTRY_STORES, "identity"],
    async (tx) => {
      const found = await openRegistry(ctx, tx, registry);
      return {
        open: found,
        rows: await readRows(tx, found.record, 0),
        me: await findIdentity(tx),
      };
    },
  );
  const { record, fold } = open;
  const now = ctx.now();
  const unsigned: Omit<LogHead, "signature"> = {
    registry: record.uid,
    name: record.name,
    events: rows.length,
    head: record.head,
    // Never before what it has in it, wherever the clock stands.
    exportedAt: now > fold.lastAt ? now : fold.lastAt,
    by: me?.key ?? null,
    byName: me?.name ?? "",
  };
  const signature = me === null ? null : await sign(me.privateKey, sealText(unsigned));
  const parts: Blob[] = [new Blob([`${formatLogHead({ ...unsigned, signature })}\n`])];
  for (let start = 0; start < rows.length; start += LINES_PER_PART) {
    const lines = rows.slice(start, start + LINES_PER_PART);
    parts.push(new Blob(lines.map(({ event }) => `${eventText(event)}\n`)));
  }
  return new Blob(parts, { type: "application/jsonl" });
}
