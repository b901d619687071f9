// How an artifact's aliases came and went, from the event log [A4].
import { aliasChanges } from "../../core/alias-history.ts";
import type { AliasChange } from "../../core/alias.ts";
import { CairnError } from "../../core/errors.ts";
import { findArtifact } from "../../store/artifacts.ts";
import type { Database } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";

/**
 * The changes of an artifact's aliases, `latest` among them, oldest first; also of an artifact that
 * has no versions left. Throws `not_found`.
 */
export function aliasHistory(
  db: Database,
  project: string,
  name: string,
): Promise<readonly AliasChange[]> {
  return withRead(db, ["artifacts", "events"], async (tx) => {
    if ((await findArtifact(tx, project, name)) === undefined)
      throw new CairnError("not_found", { what: "artifact", name: `${project}/${name}` });
    return readAliasChanges(tx, project, name);
  });
}

/** As {@link aliasHistory}, in the caller's transaction; empty for an unknown artifact. */
export async function readAliasChanges(
  tx: ReadTx<"events">,
  project: string,
  name: string,
): Promise<readonly AliasChange[]> {
  const artifact = `${project}/${name}`;
  const bySubject = tx.objectStore("events").index("bySubject");
  const [own, below] = await Promise.all([
    bySubject.getAll(artifact),
    // What is said of its versions and aliases; “;” follows “:”, which no name holds.
    bySubject.getAll(IDBKeyRange.bound(`${artifact}:`, `${artifact};`, false, true)),
  ]);
  return aliasChanges(artifact, [...own, ...below]);
}
