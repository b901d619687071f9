import { expect, it } from "vitest";
import { deferred } from "../../../src/core/deferred.ts";
import { CairnError } from "../../../src/core/errors.ts";
import type { AuditQuery, AuditRow } from "../../../src/protocol/registry-log-api.ts";
import { AuditState, type AuditFilter } from "../../../src/ui/state/audit-state.ts";

const ANY: AuditFilter = {
  act: "",
  actor: "",
  collection: "",
  isFaulty: false,
  from: "",
  to: "",
};

const rowAt = (seq: number, uid = `event-${seq}`): AuditRow =>
  ({ event: { seq, uid } }) as unknown as AuditRow;

/** A log of so many events; answers as the store does, and notes what it was asked. */
function logOf(count: number): {
  rows: AuditRow[];
  asked: AuditQuery[];
  listAudit: (registry: string, query: AuditQuery) => Promise<readonly AuditRow[]>;
} {
  const log = {
    rows: Array.from({ length: count }, (_, seq) => rowAt(seq)),
    asked: [] as AuditQuery[],
    listAudit: (_: string, query: AuditQuery): Promise<readonly AuditRow[]> => {
      log.asked.push(query);
      const { before, limit } = query;
      return Promise.resolve(
        log.rows
          .filter(({ event }) => before === null || event.seq < before)
          .toReversed()
          .slice(0, limit),
      );
    },
  };
  return log;
}

const seqsOf = (audit: AuditState): readonly number[] =>
  (audit.rows.value ?? []).map(({ event }) => event.seq);

it("shows the newest first, and goes on to older ones until there are none", async () => {
  const log = logOf(450);
  const audit = new AuditState(log, "models");
  await audit.show(ANY);
  expect(seqsOf(audit)).toHaveLength(200);
  expect(seqsOf(audit)[0]).toBe(449);
  expect(audit.isWhole.value).toBe(false);
  await audit.showOlder();
  await audit.showOlder();
  expect(seqsOf(audit)).toEqual(Array.from({ length: 450 }, (_, i) => 449 - i));
  expect(audit.isWhole.value).toBe(true);
  await audit.showOlder();
  expect(log.asked).toHaveLength(3);
});

it("asks only for what the filter says", async () => {
  const log = logOf(1);
  const audit = new AuditState(log, "models");
  await audit.show(ANY);
  await audit.show({ ...ANY, act: "alias-moved", isFaulty: true, from: "2026-03-01" });
  expect(log.asked).toEqual([
    { before: null, limit: 200 },
    {
      before: null,
      limit: 200,
      kinds: ["alias-moved"],
      isFaulty: true,
      from: "2026-03-01",
    },
  ]);
});

it("takes in what was added at the top, and keeps the older ones that were fetched", async () => {
  const log = logOf(300);
  const audit = new AuditState(log, "models");
  await audit.show(ANY);
  await audit.showOlder();
  log.rows.push(rowAt(300));
  await audit.refresh();
  expect(seqsOf(audit)).toEqual(Array.from({ length: 301 }, (_, i) => 300 - i));
  expect(audit.isWhole.value).toBe(true);
});

it("begins anew where the log was put in another order", async () => {
  const log = logOf(300);
  const audit = new AuditState(log, "models");
  await audit.show(ANY);
  await audit.showOlder();
  log.rows = log.rows.map(({ event }) => rowAt(event.seq, `rebased-${event.seq}`));
  await audit.refresh();
  expect(seqsOf(audit)).toHaveLength(200);
  expect(audit.isWhole.value).toBe(false);
});

it("drops the answer to a filter that was changed since", async () => {
  const slow = deferred<readonly AuditRow[]>();
  const audit = new AuditState(
    {
      listAudit: (_, { isFaulty }) =>
        isFaulty === true ? slow.promise : Promise.resolve([rowAt(7)]),
    },
    "models",
  );
  const first = audit.show({ ...ANY, isFaulty: true });
  await audit.show(ANY);
  slow.resolve([rowAt(1)]);
  await first;
  expect(seqsOf(audit)).toEqual([7]);
});

it("keeps what went wrong to be shown", async () => {
  const audit = new AuditState(
    {
      listAudit: () =>
        Promise.reject(new CairnError("no_registry", { registry: "models", known: [] })),
    },
    "models",
  );
  await audit.show(ANY);
  expect(audit.problem.value?.code).toBe("no_registry");
  expect(audit.rows.value).toBeNull();
});
