// Stores a file as byte records, for browsers that can't keep a Blob in IndexedDB (private windows of WebKit).
import { CairnError } from "../../core/errors.ts";
import { withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import type { Ingest } from "./ingest.ts";

/** Bytes in one record: few enough to bound memory. */
export const PART_BYTES = 4 << 20;

/** Writes the file as parts of 4 MiB, one transaction each. */
export async function putBytes(ctx: Ctx, ingest: Ingest, file: File, pack: number): Promise<void> {
  for (let part = 0; part * PART_BYTES < file.size; part++) {
    const bytes = await readPart(file, part);
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

/** Throws `file_unreadable`: what is wrong with the file itself is found out by the caller. */
async function readPart(file: File, part: number): Promise<ArrayBuffer> {
  try {
    return await file.slice(part * PART_BYTES, (part + 1) * PART_BYTES).arrayBuffer();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CairnError("file_unreadable", { path: file.name, reason }, { cause: error });
  }
}
