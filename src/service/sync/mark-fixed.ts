// What a commit that won makes final here [S3 S4].
import type { SharedArtifact, SharedProject } from "../../core/sync/shared.ts";
import type { ArtifactRecord } from "../../core/records.ts";
import { findArtifact, versionsOf } from "../../store/artifacts.ts";
import type { StoreName } from "../../store/schema.ts";
import type { WriteTx } from "../../store/transaction.ts";
import { hasMoves } from "./write-aliases.ts";

/** The stores that {@link markFixed} writes. */
export const FIXED_STORES = [
  "artifacts",
  "versions",
  "deletedVersions",
  "aliasMoves",
] as const satisfies StoreName[];
type FixedTx = WriteTx<(typeof FIXED_STORES)[number]>;

/** Marks versions as agreed on, once the commit that holds them has won, and keeps the moves of aliases in it. */
export async function markFixed(tx: FixedTx, agreed: SharedProject): Promise<void> {
  for (const artifact of agreed.artifacts.values()) {
    const row = await findArtifact(tx, agreed.name, artifact.name);
    if (row === undefined) continue;
    await fixVersions(tx, row, artifact);
    await keepMoves(tx, row, artifact);
  }
}

async function fixVersions(
  tx: FixedTx,
  { uid }: ArtifactRecord,
  { versions }: SharedArtifact,
): Promise<void> {
  const all = IDBKeyRange.bound([uid], [uid, []]);
  const [live, deleted] = await Promise.all([
    versionsOf(tx, uid),
    tx.objectStore("deletedVersions").index("byNumber").getAll(all),
  ]);
  const isNews = (row: { readonly uid: (typeof live)[number]["uid"]; readonly isFixed?: true }) =>
    row.isFixed !== true && versions.has(row.uid);
  await Promise.all([
    ...live.filter(isNews).map((row) => tx.objectStore("versions").put({ ...row, isFixed: true })),
    ...deleted
      .filter(isNews)
      .map((row) => tx.objectStore("deletedVersions").put({ ...row, isFixed: true })),
  ]);
}

async function keepMoves(
  tx: WriteTx<"aliasMoves">,
  { uid: artifact }: ArtifactRecord,
  { aliases }: SharedArtifact,
): Promise<void> {
  const store = tx.objectStore("aliasMoves");
  const known = await store.getAll(IDBKeyRange.bound([artifact], [artifact, []]));
  const movesOf = new Map(known.map(({ alias, moves }) => [alias, moves]));
  for (const { alias, moves } of aliases.values())
    if (!hasMoves(movesOf.get(alias), moves)) await store.put({ artifact, alias, moves });
}
