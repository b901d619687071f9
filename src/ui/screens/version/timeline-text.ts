// What the timeline says of a version, and what it finds and offers.
import { LATEST } from "../../../core/names.ts";
import type { VersionRecord } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import { formatBytes } from "../../parts/format.ts";

/**
 * How a version's size differs from that of the version before: `+1.2 MB`, `−30 kB`, `same size`.
 * Nothing for the first.
 */
export function describeSizeChange(sizeBytes: number, before: number | undefined): string {
  if (before === undefined) return "";
  const change = sizeBytes - before;
  if (change === 0) return "same size";
  return `${change > 0 ? "+" : "−"}${formatBytes(Math.abs(change))}`;
}

/** The first line of a note that has text. */
export function firstLine(description: string): string {
  return (
    description
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .find((line) => line !== "") ?? ""
  );
}

/** Two versions to compare: choosing a third lets go of the one chosen first. */
export function chooseForCompare<T>(chosen: readonly T[], next: T): readonly T[] {
  return chosen.includes(next)
    ? chosen.filter((other) => other !== next)
    : [...chosen, next].slice(-2);
}

/** What a version is found by. */
interface Findable {
  readonly version: Pick<VersionRecord, "number" | "description">;
  readonly aliases: readonly string[];
}

/** Whether a version is meant by what was typed: its number, an alias, or words of its note. */
export function matchesText({ version, aliases }: Findable, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return (
    formatVersion(version.number).startsWith(wanted) ||
    String(version.number).startsWith(wanted) ||
    aliases.some((alias) => alias.toLowerCase().includes(wanted)) ||
    version.description.toLowerCase().includes(wanted)
  );
}

/** Names that many people use. */
const COMMON = ["prod", "best", "staging"];

/**
 * Aliases offered for a version: those that stand elsewhere, then common ones that nobody has.
 *
 * @param holders where the artifact's aliases are
 */
export function suggestAliases(
  holders: ReadonlyMap<string, number>,
  here: number,
  typed: string,
  limit: number,
): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  return [...holders.keys(), ...COMMON.filter((name) => !holders.has(name))]
    .filter((name) => name !== LATEST && holders.get(name) !== here && name !== typed.trim())
    .filter((name) => name.toLowerCase().includes(wanted))
    .slice(0, limit);
}
