// What the log says of rounds and requests.
import { isCairnError } from "../core/errors.ts";
import { describeNote } from "../core/sync/note-text.ts";
import type { DeviceId } from "../core/sync/shared.ts";
import type { HubRequest } from "../hub/hub.ts";
import type { LogLine } from "./sync-log.ts";
import type { RoundOutcome } from "./round.ts";

/** Somebody whose name isn't known. */
const SOMEBODY = "another device";

/**
 * The lines of a round that ended well: what came and went, and how what two devices did at once
 * was settled.
 *
 * @param nameOf a device's name for people, where it is known
 */
export function linesOfRound(
  outcome: RoundOutcome,
  ms: number,
  nameOf: (device: DeviceId) => string | undefined,
): readonly LogLine[] {
  const notes = outcome.notes.map(({ project, note }): LogLine => ({
    level: "note",
    text: describeNote(note, (device) => nameOf(device) ?? SOMEBODY),
    project,
  }));
  const remarks = outcome.remarks.map((text): LogLine => ({ level: "note", text }));
  return [{ level: "info", text: roundText(outcome, ms) }, ...notes, ...remarks];
}

/** Whether a round did anything that the log has to tell. */
export function isEventful({
  pulledVersions,
  pushedVersions,
  sentObjects,
  notes,
  remarks,
}: RoundOutcome): boolean {
  return pulledVersions + pushedVersions + sentObjects + notes.length + remarks.length > 0;
}

/** The line of a round that failed. */
export function lineOfFailure(error: unknown, text: string): LogLine {
  const requestId = isCairnError(error, "hub_failed") ? error.data.requestId : null;
  return { level: "error", text, requestId };
}

/** The line of a request, where it failed: other answers are what was asked for. */
export function lineOfRequest({ method, path, status, requestId, ms }: HubRequest): LogLine | null {
  if (status !== null && (status < 400 || EXPECTED.has(status))) return null;
  const answer = status === null ? "wasn't answered" : `was answered with ${status}`;
  return {
    level: "error",
    text: `${method} ${path} ${answer} after ${secondsText(ms)}.`,
    requestId,
  };
}

/** “No such file”, and “somebody else was first”: answers, not failures. */
const EXPECTED: ReadonlySet<number> = new Set([404, 412]);

function roundText(outcome: RoundOutcome, ms: number): string {
  const { pulledVersions, pushedVersions, sentObjects, sentBytes } = outcome;
  const parts = [
    ...(pulledVersions > 0 ? [`${countText(pulledVersions, "version")} came`] : []),
    ...(pushedVersions > 0 ? [`${countText(pushedVersions, "version")} went`] : []),
    ...(sentObjects > 0
      ? [`${bytesText(sentBytes)} in ${countText(sentObjects, "file")} sent`]
      : []),
  ];
  const what = parts.length === 0 ? "everything is the same here and there" : parts.join(", ");
  return `Synced in ${secondsText(ms)}: ${what}.`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

function bytesText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = (bytes / 1000 ** power).toLocaleString("en", { maximumSignificantDigits: 3 });
  return `${value} ${UNITS[power] ?? ""}`;
}

function countText(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

function secondsText(ms: number): string {
  const seconds = ms / 1000;
  return `${seconds.toLocaleString("en", { maximumFractionDigits: seconds < 10 ? 1 : 0 })} s`;
}
