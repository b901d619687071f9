import { describe, expect, it } from "vitest";
import type { HubFailure } from "../../../src/core/sync/hub-failure.ts";
import type { SyncActivity } from "../../../src/protocol/sync-api.ts";
import {
  describeActivity,
  describePending,
  describeProgress,
  describeProjectSync,
  fillOf,
  maySyncNow,
  shareOf,
  waysOut,
} from "../../../src/ui/state/sync-text.ts";
import { progressOf, projectView, remoteDetail, remoteView } from "../../support/sync-views.ts";

const NOTHING = { pendingVersions: 0, pendingChanges: 0, pendingBytes: 0 };
const blocked = (failure: HubFailure | null): SyncActivity => ({
  kind: "blocked",
  failure,
  why: "x",
});

describe("a remote in a few words", () => {
  it("idle: by what is to be sent, and whether there ever was a round", () => {
    expect(describeActivity(remoteView())).toBe("Up to date");
    expect(describeActivity(remoteView({ syncedAt: null }))).toBe("Not synced yet");
    expect(describeActivity(remoteView({ pendingChanges: 1 }))).toBe("Changes to send");
  });

  it("at work, or not", () => {
    const said = (activity: SyncActivity): string => describeActivity(remoteView({ activity }));
    expect(said({ kind: "working", progress: progressOf({ step: "uploading" }) })).toBe(
      "Uploading",
    );
    expect(said({ kind: "paused" })).toBe("Paused");
    expect(said({ kind: "offline" })).toContain("by itself");
    expect(said({ kind: "waiting", until: "2026-11-21T10:00:00.000Z", why: "" })).toMatch(
      /^Waiting until \d/,
    );
    expect(said(blocked("full"))).toBe("Needs you");
  });

  it("without a sign-in in any tab: calmly, unless one was refused", () => {
    const activity = blocked("signed_out");
    expect(describeActivity(remoteView({ activity, isSignedIn: false }))).toBe("Not signed in");
    expect(describeActivity(remoteView({ activity, isSignedIn: true }))).toBe("Needs you");
    expect(describeActivity(remoteView({ activity: blocked("full"), isSignedIn: false }))).toBe(
      "Needs you",
    );
  });
});

describe("how far a round is", () => {
  it("says what is known, and no more", () => {
    expect(describeProgress(progressOf())).toBe("");
    expect(describeProgress(progressOf({ subject: "digits/cnn:v3", totalFiles: 1 }))).toBe(
      "digits/cnn:v3 · 0 of 1 file",
    );
    expect(
      describeProgress(
        progressOf({
          doneFiles: 1200,
          totalFiles: 4000,
          doneBytes: 1_200_000_000,
          totalBytes: 3_400_000_000,
          bytesPerSecond: 12_000_000,
          secondsLeft: 180,
        }),
      ),
    ).toBe("1,200 of 4,000 files · 1.2 GB of 3.4 GB · 12 MB/s · 3 min left");
  });

  it("shows hidden characters of what it is at", () => {
    expect(describeProgress(progressOf({ subject: "a\u202Eb" }))).not.toContain("\u202E");
  });

  it("goes by bytes, else by files, and is never more than all", () => {
    expect(shareOf(progressOf())).toBeNull();
    expect(shareOf(progressOf({ doneFiles: 1, totalFiles: 4 }))).toBe(0.25);
    expect(shareOf(progressOf({ doneFiles: 1, totalFiles: 4, doneBytes: 1, totalBytes: 2 }))).toBe(
      0.5,
    );
    expect(shareOf(progressOf({ doneBytes: 3, totalBytes: 2 }))).toBe(1);
  });
});

it("says what is to be sent", () => {
  expect(describePending(NOTHING)).toBe("");
  expect(describePending({ ...NOTHING, pendingVersions: 1 })).toBe("1 version");
  expect(describePending({ ...NOTHING, pendingChanges: 2 })).toBe("2 changes");
  expect(
    describePending({ pendingVersions: 3, pendingChanges: 1, pendingBytes: 1_200_000_000 }),
  ).toBe("3 versions (1.2 GB) and 1 other change");
});

it("offers the way out that fits the failure", () => {
  expect(waysOut("signed_out", "space")).toEqual(["sign-in", "try-now"]);
  expect(waysOut("forbidden", "space")).toEqual(["sign-in", "try-now"]);
  expect(waysOut("not_found", "space")).toEqual(["sign-in", "try-now"]);
  expect(waysOut("full", "space")).toEqual(["use-dataset", "try-now"]);
  // There it is the account's room that is used up: another dataset has no more.
  expect(waysOut("full", "dataset")).toEqual(["try-now"]);
  expect(waysOut("server", "space")).toEqual(["try-now"]);
  expect(waysOut(null, "space")).toEqual(["try-now"]);
});

it("a round is offered where one would begin", () => {
  expect(maySyncNow({ kind: "idle" })).toBe(true);
  expect(maySyncNow({ kind: "offline" })).toBe(true);
  expect(maySyncNow({ kind: "paused" })).toBe(false);
  expect(maySyncNow({ kind: "working", progress: progressOf() })).toBe(false);
  expect(maySyncNow(blocked(null))).toBe(false);
});

it("a repository is near its limit from four fifths on", () => {
  expect(fillOf({ usedBytes: 10, limitBytes: null })).toBe("fine");
  expect(fillOf({ usedBytes: 799, limitBytes: 1000 })).toBe("fine");
  expect(fillOf({ usedBytes: 800, limitBytes: 1000 })).toBe("near");
  expect(fillOf({ usedBytes: 1000, limitBytes: 1000 })).toBe("full");
});

describe("how a project stands with its remote", () => {
  const said = (
    project: Partial<Parameters<typeof projectView>[0]>,
    remote: Parameters<typeof remoteDetail>[0] = {},
  ): string =>
    describeProjectSync(remoteDetail({ projects: [projectView(project)], ...remote }), "digits");

  it("what waits, what is only there, and what is done about it", () => {
    expect(said({})).toBe("up to date");
    expect(said({}, { syncedAt: null })).toBe("not synced yet");
    expect(said({ pendingVersions: 3, pendingBytes: 1000 })).toBe("3 versions (1 kB) to send");
    expect(said({ missingBytes: 2000 })).toBe("up to date · 2 kB only there");
    expect(said({ pendingChanges: 1 }, { activity: { kind: "offline" } })).toBe(
      "offline · 1 change to send",
    );
    expect(said({}, { activity: blocked("full") })).toBe("needs you");
  });
});
