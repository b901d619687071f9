// Which nodes have a number that may still change [S3].
import type { VisibleNode } from "../../core/lineage-view.ts";
import type { ConnectedRemote } from "../../protocol/remote-api.ts";
import { provisionalIn } from "../state/synced-state.ts";

export type IsProvisional = (node: VisibleNode) => boolean;

/** Says it of versions that are there: the number of one that is gone is of no use to anybody. */
export function provisionalNodes(remotes: readonly ConnectedRemote[]): IsProvisional {
  return (node) =>
    node.kind === "version" && node.state === "live" && provisionalIn(remotes, node)(node);
}
