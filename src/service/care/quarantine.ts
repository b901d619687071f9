// Sets a corrupt blob aside: out of the index, its place noted, so that adding the file again heals it [U4].
import type { Digest } from "../../core/digest.ts";
import { findPackKey } from "../../store/packs.ts";
import type { PackKey, PackRecord } from "../../store/schema.ts";
import type { Ctx } from "../context.ts";
import { mutate } from "../journal.ts";

/** `lost`: no copy is left. `spare`: another pack holds the blob. `gone`: it was no longer in the pack. */
export type Quarantined = "lost" | "spare" | "gone";

/** Takes a blob whose bytes don't match its digest out of a pack, and out of the store if that was the only copy. */
export function quarantine(ctx: Ctx, digest: Digest, key: PackKey): Promise<Quarantined> {
  return mutate(ctx, ["packs", "ingests", "quarantine"], "", async (tx, journal) => {
    const pack = await tx.objectStore("packs").get([...key]);
    const at = pack?.digests.indexOf(digest) ?? -1;
    if (pack === undefined || at < 0) return "gone";
    const sizeBytes = pack.sizes[at] ?? 0;
    const rest = withoutBlob(pack, at);
    await tx.objectStore("packs").put(rest, [...key]);
    if ((await findPackKey(tx, digest)) !== undefined) {
      // Nothing is missed, so nobody needs the place: the bytes are only waste.
      const holeBytes = (pack.holeBytes ?? 0) + sizeBytes;
      await tx.objectStore("packs").put({ ...rest, holeBytes }, [...key]);
      return "spare";
    }
    const offset = pack.offsets[at] ?? 0;
    await tx
      .objectStore("quarantine")
      .put({ digest, pack: key, offset, sizeBytes, foundAt: journal.at });
    journal.record("blob-quarantined", digest, null, { sizeBytes });
    return "lost";
  });
}

function withoutBlob(pack: PackRecord, at: number): PackRecord {
  return {
    ...pack,
    digests: pack.digests.toSpliced(at, 1),
    offsets: pack.offsets.toSpliced(at, 1),
    sizes: pack.sizes.toSpliced(at, 1),
  };
}
