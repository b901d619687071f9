import { expect, test } from "vitest";
import type { Problem } from "../../src/core/errors.ts";
import { findBootMessage } from "../../src/protocol/boot.ts";
import { findChangeNotice } from "../../src/protocol/changes.ts";

const STRANGE: readonly unknown[] = [
  undefined,
  null,
  0,
  "ready",
  "changed",
  [],
  {},
  { kind: null },
  { kind: "" },
  { kind: ["ready"] },
  { kind: "toString" },
  { type: "GET", id: "1", path: [] },
];

test.each(STRANGE.map((message) => [message]))(
  "%j is neither a boot message nor a notice",
  (message) => {
    expect(findBootMessage(message)).toBeUndefined();
    expect(findChangeNotice(message)).toBeUndefined();
  },
);

test("boot messages are taken, without what else they carry", () => {
  const problem: Problem = { code: "storage_blocked", data: {} };
  expect(findBootMessage({ kind: "ready", extra: 1 })).toEqual({ kind: "ready" });
  expect(findBootMessage({ kind: "failed", problem })).toEqual({ kind: "failed", problem });
});

test.each([
  [{ kind: "failed" }],
  [{ kind: "failed", problem: null }],
  [{ kind: "failed", problem: "x" }],
  [{ kind: "failed", problem: { code: 1, data: {} } }],
  [{ kind: "failed", problem: { code: "aborted" } }],
])("%j says no problem, so it is none", (message) => {
  expect(findBootMessage(message)).toBeUndefined();
});

test("notices are taken, without what else they carry", () => {
  expect(findChangeNotice({ kind: "changed", project: "p", extra: 1 })).toEqual({
    kind: "changed",
    project: "p",
  });
  expect(findChangeNotice({ kind: "storage-full", extra: 1 })).toEqual({ kind: "storage-full" });
  expect(findChangeNotice({ kind: "database-closed" })).toEqual({ kind: "database-closed" });
});

test.each([
  [{ kind: "changed" }],
  [{ kind: "changed", project: 1 }],
  [{ kind: "changed", project: null }],
  [{ kind: "other" }],
])("%j is no notice", (message) => {
  expect(findChangeNotice(message)).toBeUndefined();
});
