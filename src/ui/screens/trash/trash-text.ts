// What lies in the trash, in words.
import { showHidden } from "../../../core/errors.ts";
import type { TrashRecord } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import { formatCount } from "../../parts/format.ts";

const DAY_MS = 86_400_000;
/** Numbers named one by one. */
const NAMED = 4;

/** What an entry is: `digits/net:v2`, `digits/net`, `digits`. */
export function titleOf({ kind, project, artifact, numbers }: TrashRecord): string {
  if (kind === "project" || artifact === null) return showHidden(project);
  const name = `${showHidden(project)}/${showHidden(artifact)}`;
  if (kind === "artifact") return name;
  const named = numbers.slice(0, NAMED).map(formatVersion).join(", ");
  const more = numbers.length - NAMED;
  return `${name}:${named}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}

/** What kind of delete it was: `Artifact, 3 versions`; `2 versions, taken by the keep rule`. */
export function contentOf({ kind, versionCount, runs, byRule }: TrashRecord): string {
  const versions = formatCount(versionCount, "version");
  if (kind === "versions")
    return byRule === true ? `${versions}, taken by the keep rule` : versions;
  if (kind === "artifact") return `Artifact, ${versions}`;
  return `Project, ${versions}${runs.length > 0 ? `, ${formatCount(runs.length, "run")}` : ""}`;
}

/** Days until an entry goes by itself, a begun one counted; 0 for less than one. */
export function daysLeft({ deletedAt }: TrashRecord, trashDays: number, now: number): number {
  const days = (Date.parse(deletedAt) - now) / DAY_MS + trashDays;
  return days < 1 ? 0 : Math.ceil(days);
}

/** `12 days left`, `goes within a day`. */
export function describeDaysLeft(days: number): string {
  return days === 0 ? "goes within a day" : `${formatCount(days, "day")} left`;
}
