// How a draft's progress is put in words.
import { showHidden } from "../../core/errors.ts";
import { formatBytes, formatCount, formatDuration } from "../parts/format.ts";
import type { DraftState } from "./draft-state.ts";

/** The draft's name, or what stands for it while it has none. */
export function draftTitle(draft: DraftState): string {
  const name = draft.fields.name.value.value;
  return name === "" ? "Unnamed draft" : showHidden(name);
}

/** One line on how far the draft is. */
export function draftStatus(draft: DraftState): string {
  const { files, sizeBytes, stagedFiles, doneBytes } = draft.files.totals.value;
  const all = `${formatCount(files, "file")} · ${formatBytes(sizeBytes)}`;
  switch (draft.phase.value) {
    case "reading":
      return `Reading… ${all} so far`;
    case "staging": {
      const speed = draft.bytesPerSecond.value;
      const parts = [
        `Staging ${stagedFiles.toLocaleString("en")} of ${formatCount(files, "file")}`,
        `${formatBytes(doneBytes)} of ${formatBytes(sizeBytes)}`,
      ];
      if (speed !== null && speed > 0) {
        parts.push(`${formatBytes(speed)}/s`);
        parts.push(`${formatDuration((sizeBytes - doneBytes) / speed)} left`);
      }
      return parts.join(" · ");
    }
    case "ready":
      return files === 0 ? "No files" : `Staged: ${all}`;
    case "committing":
      return "Committing…";
    case "halted":
      return `Stopped: ${stagedFiles.toLocaleString("en")} of ${formatCount(files, "file")} staged`;
    case "committed":
      return "Committed";
    case "cancelled":
      return "Cancelled";
  }
}

/** Share of the bytes staged, from 0 to 1; files count where all are empty. */
export function draftFraction(draft: DraftState): number {
  const { files, sizeBytes, stagedFiles, doneBytes } = draft.files.totals.value;
  if (sizeBytes > 0) return doneBytes / sizeBytes;
  return files === 0 ? 0 : stagedFiles / files;
}
