import { expect, it } from "vitest";
import type { DownloadOptions } from "../../../src/client/cairn.ts";
import { deferred } from "../../../src/core/deferred.ts";
import { CairnError } from "../../../src/core/errors.ts";
import type { VerifyReport, VerifyScope } from "../../../src/protocol/care-api.ts";
import { VerifyState } from "../../../src/ui/state/verify-state.ts";

const ALL: VerifyScope = { kind: "all" };
const REPORT: VerifyReport = {
  files: 2,
  bytes: 10,
  references: 0,
  damage: [],
  elsewhere: { files: 0, bytes: 0 },
  checkedAt: "2026-01-01T00:00:00.000Z",
};

/** A check that ends when told to. */
function setUp() {
  const calls: DownloadOptions[] = [];
  const report = deferred<VerifyReport>();
  const state = new VerifyState({
    verify: (_scope, options) => {
      calls.push(options);
      return report.promise;
    },
  });
  return { state, calls, report };
}

it("shows how far a check is, then its report, one check at a time", async () => {
  const { state, calls, report } = setUp();
  expect(state.isShown).toBe(false);
  const running = state.start(ALL);
  await state.start(ALL);
  expect(calls.length).toBe(1);
  const progress = { filesDone: 1, filesTotal: 2, bytesDone: 4, bytesTotal: 10 };
  calls[0]?.onProgress(progress);
  expect(state.running.value?.progress).toEqual(progress);
  report.resolve(REPORT);
  await running;
  expect(state.running.value).toBeNull();
  expect(state.ended.value).toEqual({ scope: ALL, report: REPORT });
  calls[0]?.onProgress(progress);
  expect(state.running.value).toBeNull();
  state.clear();
  expect(state.isShown).toBe(false);
});

it("is silent about a cancel, and says what else went wrong", async () => {
  const first = setUp();
  const cancelled = first.state.start(ALL);
  first.state.cancel();
  expect(first.calls[0]?.signal.aborted).toBe(true);
  first.report.reject(new CairnError("aborted", {}));
  await cancelled;
  expect(first.state.isShown).toBe(false);

  const second = setUp();
  const failed = second.state.start(ALL);
  second.report.reject(new CairnError("storage_failed", { reason: "x" }));
  await failed;
  expect(second.state.problem.value?.code).toBe("storage_failed");
});
