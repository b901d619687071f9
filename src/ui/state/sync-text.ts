// What syncing does, in words.
import type { HubFailure } from "../../core/sync/hub-failure.ts";
import type { RepoType } from "../../core/sync/remote.ts";
import type {
  RemoteDetail,
  RemoteView,
  SyncActivity,
  SyncProgress,
} from "../../protocol/sync-api.ts";
import { showHidden } from "../../core/errors.ts";
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatRate,
} from "../parts/format.ts";

/** A step for people, as what Cairn is at. */
export const STEPS: Readonly<Record<SyncProgress["step"], string>> = {
  checking: "Looking for changes",
  pulling: "Taking in changes",
  hashing: "Reading files",
  uploading: "Uploading",
  committing: "Committing",
  fetching: "Bringing bytes here",
};

export const KIND_NAMES: Readonly<Record<RepoType, string>> = {
  space: "Space",
  dataset: "Dataset",
  model: "Model",
};

/** What can be done about a remote that waits for the person. */
export type WayOut = "sign-in" | "use-dataset" | "try-now";

/** The state of a remote in a few words. */
export function describeActivity(remote: RemoteView): string {
  const { activity, syncedAt } = remote;
  switch (activity.kind) {
    case "working":
      return STEPS[activity.progress.step];
    case "paused":
      return "Paused";
    case "offline":
      return "Offline. It goes on by itself.";
    case "waiting":
      return `Waiting until ${formatClock(activity.until)}`;
    case "blocked":
      return lacksSignIn(remote) ? "Not signed in" : "Needs you";
    case "idle":
      if (hasPending(remote)) return "Changes to send";
      return syncedAt === null ? "Not synced yet" : "Up to date";
  }
}

/** `digits/cnn:v3 · 12 of 40 files · 1.2 GB of 3.4 GB · 12 MB/s · 3 min left`, as far as it is known. */
export function describeProgress(progress: SyncProgress): string {
  const { subject, doneFiles, totalFiles, doneBytes, totalBytes } = progress;
  const { bytesPerSecond, secondsLeft } = progress;
  return [
    showHidden(subject),
    totalFiles > 0 && `${doneFiles.toLocaleString("en")} of ${formatCount(totalFiles, "file")}`,
    totalBytes > 0 && `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`,
    formatRate(bytesPerSecond),
    secondsLeft !== null && `${formatDuration(secondsLeft)} left`,
  ]
    .filter((part) => part !== false && part !== "")
    .join(" · ");
}

/** From 0 to 1; `null` where it can't be known. */
export function shareOf({
  doneFiles,
  totalFiles,
  doneBytes,
  totalBytes,
}: SyncProgress): number | null {
  if (totalBytes > 0) return Math.min(1, doneBytes / totalBytes);
  return totalFiles > 0 ? Math.min(1, doneFiles / totalFiles) : null;
}

type Pending = Pick<RemoteView, "pendingVersions" | "pendingChanges" | "pendingBytes">;

export function hasPending({ pendingVersions, pendingChanges }: Pending): boolean {
  return pendingVersions > 0 || pendingChanges > 0;
}

/** `3 versions (1.2 GB) and 2 other changes`; `""` for none. */
export function describePending(pending: Pending): string {
  const { pendingVersions, pendingChanges, pendingBytes } = pending;
  const size = pendingBytes > 0 ? ` (${formatBytes(pendingBytes)})` : "";
  const versions = pendingVersions > 0 ? `${formatCount(pendingVersions, "version")}${size}` : "";
  if (pendingChanges === 0) return versions;
  if (versions === "") return formatCount(pendingChanges, "change");
  return `${versions} and ${formatCount(pendingChanges, "other change")}`;
}

/** Whether nothing syncs only because no open tab has a sign-in, as in a new visit: nothing went wrong. */
export function lacksSignIn({
  activity,
  isSignedIn,
}: Pick<RemoteView, "activity" | "isSignedIn">): boolean {
  return activity.kind === "blocked" && activity.failure === "signed_out" && !isSignedIn;
}

/** What helps against a failure, the best first. */
export function waysOut(failure: HubFailure | null, type: RepoType): readonly WayOut[] {
  switch (failure) {
    case "signed_out":
    case "forbidden":
    case "not_found":
      return ["sign-in", "try-now"];
    case "full":
      return type === "space" ? ["use-dataset", "try-now"] : ["try-now"];
    default:
      return ["try-now"];
  }
}

/** Whether a round can be asked for now; one that waits for the person says by itself how. */
export function maySyncNow({ kind }: SyncActivity): boolean {
  return kind === "idle" || kind === "offline" || kind === "waiting";
}

/** How full a repository is: `fine`, `near` its limit, or `full`. */
export function fillOf({
  usedBytes,
  limitBytes,
}: Pick<RemoteView, "usedBytes" | "limitBytes">): "fine" | "near" | "full" {
  if (limitBytes === null || usedBytes < NEAR * limitBytes) return "fine";
  return usedBytes < limitBytes ? "near" : "full";
}

/** From here on it is worth thinking of a place with more room. */
const NEAR = 0.8;

/** How a project stands with its remote: `3 versions wait`, `syncing now`, `up to date`. */
export function describeProjectSync(remote: RemoteDetail, name: string): string {
  const project = remote.projects.find((other) => other.name === name);
  const pending = project !== undefined && hasPending(project) ? describePending(project) : "";
  const waits = pending === "" ? "" : `${pending} to send`;
  const missing =
    project !== undefined && project.missingBytes > 0
      ? `${formatBytes(project.missingBytes)} only there`
      : "";
  return [activityOf(remote, pending === ""), waits, missing]
    .filter((part) => part !== "")
    .join(" · ");
}

function activityOf(remote: RemoteDetail, isUpToDate: boolean): string {
  const { activity, syncedAt } = remote;
  switch (activity.kind) {
    case "working":
      return "syncing now";
    case "paused":
      return "paused";
    case "offline":
      return "offline";
    case "waiting":
      return `waiting until ${formatClock(activity.until)}`;
    case "blocked":
      return lacksSignIn(remote) ? "not signed in" : "needs you";
    case "idle":
      if (!isUpToDate) return "";
      return syncedAt === null ? "not synced yet" : "up to date";
  }
}
