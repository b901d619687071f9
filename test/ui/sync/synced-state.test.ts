import { expect, it } from "vitest";
import { problemOf, CairnError } from "../../../src/core/errors.ts";
import type { HubFailure } from "../../../src/core/sync/hub-failure.ts";
import type { RemoteUid } from "../../../src/core/sync/remote.ts";
import type { ConnectedRemote } from "../../../src/protocol/remote-api.ts";
import {
  isNeverSent,
  provisionalIn,
  remoteOf,
  remoteToSignIn,
} from "../../../src/ui/state/synced-state.ts";
import { connected } from "../../support/sync-views.ts";
import { aVersion } from "../ingest/records.ts";

it("[S3] numbers are provisional where a sync gives them for good, and only until then", () => {
  const of = (remotes: readonly ConnectedRemote[], name = "net", project = "digits"): boolean =>
    provisionalIn(remotes, { project, name })(aVersion(1));
  expect(of([connected()])).toBe(true);
  expect(
    provisionalIn([connected()], { project: "digits", name: "net" })({
      ...aVersion(1),
      isFixed: true,
    }),
  ).toBe(false);
  expect(of([])).toBe(false);
  expect(of([connected()], "net", "other")).toBe(false);
  expect(of([connected()], "secret")).toBe(false);
  expect(of([connected({ pullOnly: true })])).toBe(false);
});

it("finds the remote that a project syncs with, and what of it never leaves", () => {
  const other = connected({ uid: "r2" as RemoteUid, projects: [] });
  expect(remoteOf([other, connected()], "digits")?.uid).toBe("r1");
  expect(remoteOf([other], "digits")).toBeNull();
  expect(isNeverSent(connected(), "digits", "secret")).toBe(true);
  expect(isNeverSent(connected(), "digits", "net")).toBe(false);
});

it("offers to sign in where that can help, to the remote that failed", () => {
  const failed = (kind: HubFailure, remote = "the dataset ada/models"): string | undefined =>
    remoteToSignIn(
      [connected()],
      problemOf(new CairnError("hub_failed", { remote, kind, detail: "", requestId: null })),
    )?.uid;
  expect(failed("signed_out")).toBe("r1");
  expect(failed("offline")).toBeUndefined();
  expect(failed("signed_out", "the Space eve/x")).toBeUndefined();
  expect(remoteToSignIn([connected()], problemOf(new CairnError("aborted", {})))).toBeNull();
});
