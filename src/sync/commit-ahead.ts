// What puts a repository right, committed ahead of the round where one commit doesn't take it all.
import { utf8Length } from "../core/utf8.ts";
import type { CommitOid, CommitOp } from "../hub/hub.ts";
import type { CommitLimits } from "./context.ts";
import type { RemoteHead } from "./remote-head.ts";
import type { Run } from "./round-run.ts";
import { sendCommit, type Lost } from "./send-commit.ts";

/** Where the round's own commit goes on, and what of the repairs goes with it. */
export interface Ahead {
  readonly parent: CommitOid | null;
  readonly rest: readonly CommitOp[];
}

/**
 * Commits repairs in parts, if they don't fit into the round's commit. Nobody goes by them before the
 * index names them: cut short, they are found done, or are made again.
 *
 * @param own the round's operations
 */
export async function commitAhead(
  run: Run,
  { commit }: RemoteHead,
  own: readonly CommitOp[],
  repairs: readonly CommitOp[],
): Promise<Ahead | Lost> {
  const { limits } = run.mood;
  if (repairs.length === 0 || inParts([...own, ...repairs], limits).length === 1)
    return { parent: commit, rest: repairs };
  let parent = commit;
  for (const ops of inParts(repairs, limits)) {
    const sent = await sendCommit(run, {
      title: "Cairn: files put right",
      ops,
      head: { commit: parent },
      onRefused: () => Promise.resolve(),
    });
    if (typeof sent === "object") return sent;
    parent = sent;
  }
  return { parent, rest: [] };
}

/** As many operations together as a commit takes. */
function inParts(
  ops: readonly CommitOp[],
  { pointers, inlineBytes }: CommitLimits,
): readonly (readonly CommitOp[])[] {
  const parts: CommitOp[][] = [];
  let part: CommitOp[] = [];
  let [entries, bytes] = [0, 0];
  for (const op of ops) {
    const [entry, more] = op.kind === "text" ? [0, utf8Length(op.text)] : [1, 0];
    if (part.length > 0 && (entries + entry > pointers || bytes + more > inlineBytes)) {
      parts.push(part);
      part = [];
      [entries, bytes] = [0, 0];
    }
    part.push(op);
    entries += entry;
    bytes += more;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
