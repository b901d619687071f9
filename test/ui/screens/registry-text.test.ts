import { describe, expect, it } from "vitest";
import { PERMISSIONS, ROLES } from "../../../src/core/registry/roles.ts";
import type { Member } from "../../../src/core/registry/state.ts";
import type { RegistryDetail } from "../../../src/protocol/registry-link-api.ts";
import type { AuditRow, ImportPlan, LogVerdict } from "../../../src/protocol/registry-log-api.ts";
import {
  bringsSomething,
  describePlan,
  verdictFacts,
} from "../../../src/ui/screens/registries/import-text.ts";
import { refusalOf } from "../../../src/ui/screens/registry/refusal.ts";
import { PERMISSION_ROWS, ROLE_OPTIONS } from "../../../src/ui/screens/registry/role-text.ts";

describe("a registry's file", () => {
  const plan = (kind: ImportPlan["kind"], incoming = 0, replayed = 0): ImportPlan =>
    ({ kind, incoming, replayed, name: "models" }) as ImportPlan;

  it("is brought in only where it brings something", () => {
    expect(
      (["new", "same", "older", "forward", "rebase"] as const).map((kind) =>
        bringsSomething(plan(kind)),
      ),
    ).toEqual([true, false, false, true, true]);
  });

  it("says what would happen", () => {
    expect(describePlan(plan("new", 12))).toBe(
      "This registry is not in this browser yet: it comes with 12 events.",
    );
    expect(describePlan(plan("forward", 1))).toBe(
      "It goes on where “models” stands here: 1 event comes.",
    );
    expect(describePlan(plan("rebase", 2, 1))).toBe(
      "“models” went on both here and there: 2 events come, and 1 event of yours is signed again behind them.",
    );
  });

  const facts = (verdict: Partial<LogVerdict>): readonly string[] =>
    verdictFacts({ events: 3, faults: [], seal: null, ...verdict } as LogVerdict).map(
      ({ text, isGood }) => `${isGood ? "good" : "bad"}: ${text}`,
    );

  it("[E3] is sound only with each event in order and the seal right", () => {
    const seal = { by: "k", byName: "Ada", isRight: true } as unknown as LogVerdict["seal"];
    expect(facts({ seal })).toEqual([
      "good: 3 events, each signed, allowed, and following the one before.",
      "good: Sealed by “Ada”, up to its last event.",
    ]);
  });

  it("[E3] says what is wrong with it", () => {
    const seal = { by: "k", byName: "Ada", isRight: false } as unknown as LogVerdict["seal"];
    expect(facts({ faults: [{} as AuditRow], seal })).toEqual([
      "bad: 1 event of 3 has no effect.",
      "bad: The seal of “Ada” doesn't fit: the file was changed or cut.",
    ]);
    expect(facts({})[1]).toMatch(/^bad: No seal/);
  });
});

describe("why a control is closed", () => {
  const registry = (fields: Partial<RegistryDetail>): RegistryDetail =>
    ({
      name: "models",
      role: "member",
      asOf: null,
      isDeleted: false,
      memberList: [
        { name: "Ada", role: "admin" },
        { name: "Grace", role: "member" },
      ] as Member[],
      ...fields,
    }) as RegistryDetail;

  it("[P6] it is open for who may", () => {
    expect(refusalOf(registry({}), "create_collection")).toBeNull();
    expect(refusalOf(registry({ role: "admin" }), "edit_settings")).toBeNull();
  });

  it("[P6] names the role, what it takes, and those who can", () => {
    expect(refusalOf(registry({}), "edit_settings")).toMatch(/Member.*Admin.*Ask “Ada”\.$/);
    expect(refusalOf(registry({ role: "viewer" }), "link")).toMatch(/Ask “Ada” or “Grace”\.$/);
  });

  it("[E4] the past and a deleted registry are closed for admins too", () => {
    const role = "admin";
    expect(refusalOf(registry({ role, asOf: "2026-01-01" }), "edit_settings")).toMatch(/now/);
    expect(refusalOf(registry({ role, isDeleted: true }), "edit_settings")).toMatch(/deleted/);
  });
});

describe("roles in words", () => {
  it("[P7] every permission is said, once", () => {
    expect(PERMISSION_ROWS.map(({ permission }) => permission)).toEqual(Object.keys(PERMISSIONS));
    expect(new Set(PERMISSION_ROWS.map(({ text }) => text)).size).toBe(PERMISSION_ROWS.length);
  });

  it("[P7] every role has a meaning", () => {
    expect(ROLE_OPTIONS.map(({ value }) => value)).toEqual([...ROLES]);
  });
});
