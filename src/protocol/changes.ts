// Notices between tabs: something was committed, or the disk is full.

/** The BroadcastChannel all of Cairn's contexts listen to. */
export const CHANGES_CHANNEL = "cairn-changes";

export type ChangeNotice =
  /** A project's contents changed: refetch what shows it. */
  | { readonly kind: "changed"; readonly project: string }
  /** A registry changed: refetch what shows it. Or, for `""`, who uses this browser. */
  | { readonly kind: "registry-changed"; readonly registry: string }
  /** Writing failed for want of space: every tab stops its ingests, since retrying can cost the database. */
  | { readonly kind: "storage-full" }
  /** A newer Cairn wants to upgrade the database: this tab has let go of it. */
  | { readonly kind: "database-closed" };

/** The notice in a message, or `undefined`: other versions of Cairn may post others. */
export function findChangeNotice(message: unknown): ChangeNotice | undefined {
  if (typeof message !== "object" || message === null || !("kind" in message)) return undefined;
  if (message.kind === "storage-full" || message.kind === "database-closed")
    return { kind: message.kind };
  if (message.kind === "changed" && "project" in message && typeof message.project === "string")
    return { kind: "changed", project: message.project };
  if (
    message.kind === "registry-changed" &&
    "registry" in message &&
    typeof message.registry === "string"
  )
    return { kind: "registry-changed", registry: message.registry };
  return undefined;
}
