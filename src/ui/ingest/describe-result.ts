// What a toast says after a commit.
import { showHidden } from "../../core/errors.ts";
import { formatVersion } from "../../core/version.ts";
import type { LogResult } from "../../protocol/ingest.ts";
import type { StorageState } from "../../client/cairn.ts";
import { formatBytes } from "../parts/format.ts";

/** Says which version a commit made or found, and which aliases moved onto it. */
export function describeLogged(result: LogResult): string {
  const version = formatVersion(result.version.number);
  const moved = result.moves.map((move) => showHidden(move.alias));
  if (result.created) {
    const label = `${showHidden(result.project)}/${showHidden(result.name)} ${version}`;
    return moved.length === 0 ? label : `${label} · ${moved.join(", ")}`;
  }
  const aliases = moved.length === 0 ? "" : ` ${moved.join(", ")} moved to ${version}.`;
  const details = result.detailsIgnored
    ? ` The description and metadata were not applied: ${version} keeps its own.`
    : "";
  const stored = result.healed ? "its damaged files are whole again" : "nothing new was stored";
  return `Same content as ${version}; ${stored}.${aliases}${details}`;
}

/** Says that a deleted version holds the same content and can come back instead; `null` when none does [V6]. */
export function describeTwin({ name, twinInTrash }: LogResult): string | null {
  return twinInTrash === null
    ? null
    : `The trash holds ${showHidden(name)}:${formatVersion(twinInTrash.number)} with the same content.`;
}

/** Says the browser's answer to keeping data for good, and how much room there is. */
export function describeKept(
  kept: boolean | null,
  { usageBytes, quotaBytes }: StorageState,
): string {
  const room =
    usageBytes === null || quotaBytes === null
      ? ""
      : ` ${formatBytes(usageBytes)} of the ${formatBytes(quotaBytes)} it allows are in use.`;
  if (kept === true)
    return `Your browser promised to keep Cairn's data until you delete it.${room}`;
  if (kept === false)
    return `Your browser may clear Cairn's data when the disk runs full. Installing Cairn as an app usually prevents that.${room}`;
  return `This browser doesn't say whether it keeps Cairn's data for good.${room}`;
}
