// Reads a pack once and compares its blobs with their digests [U4].
import { isCairnError, type Problem } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import { readPackBytes } from "../../store/packs.ts";
import type { PackKey, PackRecord } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { isIntact, joinParts, sliceOf, type Content } from "./content.ts";
import { quarantine } from "./quarantine.ts";

/** What was found of one blob. `problem` is `null` for a good one. */
export interface Finding {
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly problem: Problem<"digest_mismatch" | "storage_failed"> | null;
}

/**
 * Checks blobs of a pack and sets the corrupt ones aside. A corrupt spare copy is dropped without a
 * finding, and so is what left the pack meanwhile. A blob that can't be read stays: it may be another time.
 *
 * @param wanted only these blobs; `null` for all
 * @param onBytes told the bytes hashed so far of a large blob, at most ten times a second
 */
export async function checkPack(
  ctx: Ctx,
  key: PackKey,
  wanted: ReadonlySet<Digest> | null,
  signal: AbortSignal,
  onBytes: (doneBytes: number) => void,
): Promise<readonly Finding[]> {
  const pack = await loadPack(ctx, key);
  const findings: Finding[] = [];
  for (const [at, digest] of (pack?.record.digests ?? []).entries()) {
    if (pack === undefined || wanted?.has(digest) === false) continue;
    const sizeBytes = pack.record.sizes[at] ?? 0;
    const content = sliceOf(pack.content, pack.record.offsets[at] ?? 0, sizeBytes);
    const state = await stateOf(ctx, content, { digest, sizeBytes }, signal, onBytes);
    if (state === "intact") findings.push({ digest, sizeBytes, problem: null });
    else if (state !== "corrupt") findings.push({ digest, sizeBytes, problem: state });
    else if ((await quarantine(ctx, digest, key)) === "lost")
      findings.push({ digest, sizeBytes, problem: mismatch(digest) });
  }
  return findings;
}

/** The problem of a blob whose bytes are not its own. */
export function mismatch(digest: Digest): Problem<"digest_mismatch"> {
  return { code: "digest_mismatch", data: { digest, path: null } };
}

function loadPack(
  ctx: Ctx,
  key: PackKey,
): Promise<{ readonly record: PackRecord; readonly content: Content } | undefined> {
  return withRead(ctx.db, ["packs", "packBytes"], async (tx) => {
    const record = await tx.objectStore("packs").get([...key]);
    if (record === undefined) return undefined;
    return { record, content: joinParts(await readPackBytes(tx, key)) };
  });
}

async function stateOf(
  ...args: Parameters<typeof isIntact>
): Promise<"intact" | "corrupt" | Problem<"storage_failed">> {
  try {
    return (await isIntact(...args)) ? "intact" : "corrupt";
  } catch (error) {
    if (!isCairnError(error, "storage_failed")) throw error;
    return { code: error.code, data: error.data };
  }
}
