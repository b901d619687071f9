// Stores a file as byte records, for browsers that can't keep a Blob in IndexedDB (private windows of WebKit).
import { withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import type { Ingest } from "./ingest.ts";

/** Bytes in one record: few enough to bound memory. */
const PART_BYTES = 4 << 20;

/** Writes the file as parts of 4 MiB, one transaction each. */
export async function putBytes(ctx: Ctx, ingest: Ingest, file: File, pack: number): Promise<void> {
  for (let part = 0; part * PART_BYTES < file.size; part++) {
    const bytes = await file.slice(part * PART_BYTES, (part + 1) * PART_BYTES).arrayBuffer();
    await withWrite(
      ctx.db,
      ["packBytes"],
      async (tx) => {
        await tx.objectStore("packBytes").put(bytes, [ingest.uid, pack, part]);
      },
      ingest.abort.signal,
    );
  }
}
