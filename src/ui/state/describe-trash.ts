// What a toast says about the trash.
import { showHidden } from "../../core/errors.ts";
import type { Freed, Restored } from "../../protocol/trash-api.ts";
import { formatBytes, formatCount } from "../parts/format.ts";

/** Says what came back, and which aliases could not be given back [D1]. */
export function describeRestored({ versions, takenAliases }: Restored): string {
  const restored = `Restored ${formatCount(versions, "version")}.`;
  if (takenAliases.length === 0) return restored;
  const names = takenAliases.map(showHidden).join(", ");
  return takenAliases.length === 1
    ? `${restored} The alias ${names} was not given back: another version holds it by now.`
    : `${restored} The aliases ${names} were not given back: other versions hold them by now.`;
}

/** Says what was deleted for good, and how much room that made [D3]. */
export function describeFreed({ versions, freedBytes }: Freed): string {
  const freed =
    freedBytes === 0
      ? "No bytes were freed: other versions have the same files."
      : `${formatBytes(freedBytes)} freed.`;
  return `Deleted ${formatCount(versions, "version")} for good. ${freed}`;
}
