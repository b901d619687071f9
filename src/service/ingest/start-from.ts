// Lets a draft build on a version: no bytes are copied, and none of them is collected meanwhile [D3].
import type { Digest } from "../../core/digest.ts";
import { getManifest } from "../../store/artifacts.ts";
import { withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import type { Ingest } from "./ingest.ts";

/** Pins a manifest for the ingest. Throws `not_found`. */
export async function startFrom(ctx: Ctx, ingest: Ingest, digest: Digest): Promise<void> {
  if (ingest.bases.has(digest)) return;
  const pin = ingest.nextPin++;
  const manifest = await withWrite(ctx.db, ["manifests", "pins"], async (tx) => {
    const found = await getManifest(tx, digest);
    await tx.objectStore("pins").put({ digests: [], manifest: digest }, [ingest.uid, pin]);
    return found;
  });
  ingest.bases.set(digest, manifest);
}
