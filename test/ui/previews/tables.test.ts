import { expect, it } from "vitest";
import type { PreviewApi, TableRow } from "../../../src/protocol/preview-api.ts";
import type { Ask } from "../../../src/ui/state/preview-state.ts";
import { PagedRows } from "../../../src/ui/previews/paged-rows.ts";
import { SPAN_ROWS, TableState } from "../../../src/ui/previews/table-state.ts";

const row = (index: number): TableRow => [String(index)];
const rowsFrom = (start: number, count: number, total: number): TableRow[] =>
  Array.from({ length: Math.max(0, Math.min(count, total - start)) }, (_, i) => row(start + i));

/** A table of `total` rows of which the first 100 are here. */
function tableOf(total: number, knowsCount = false): { table: TableState; reads: number[] } {
  const reads: number[] = [];
  const api: Partial<PreviewApi> = {
    readRows: (_, start, count) => {
      reads.push(start);
      return Promise.resolve(rowsFrom(start, count, total));
    },
    countRows: (_, onProgress) => {
      onProgress(1, 2);
      return Promise.resolve(total);
    },
  };
  const ask: Ask = (call) => call(api as PreviewApi, "id");
  const table = new TableState(
    { rows: rowsFrom(0, 100, total), rowCount: knowsCount ? total : null },
    { ask, askLong: ask, interrupt: () => undefined },
  );
  return { table, reads };
}

it("reads a page once, when a row of it is first looked at", async () => {
  const { table, reads } = tableOf(1000);
  expect(table.rows.get(99)).toEqual(["99"]);
  expect(table.rows.get(250)).toBeUndefined();
  expect(table.rows.get(251)).toBeUndefined();
  await expect.poll(() => table.rows.get(250)).toEqual(["250"]);
  expect(reads).toEqual([200]);
});

it("reads what came into view last first, and drops what was scrolled past", async () => {
  const { table, reads } = tableOf(10_000);
  for (let at = 1_000; at < 3_000; at += 100) table.rows.get(at);
  await expect.poll(() => table.rows.get(2_900)).toEqual(["2900"]);
  await expect.poll(() => reads).toHaveLength(4);
  expect(reads[0]).toBe(2_900);
});

it("learns the end by coming to it", async () => {
  const { table } = tableOf(130);
  expect(table.total.value).toBeNull();
  expect(table.span.value).toBe(200);
  table.rows.get(100);
  await expect.poll(() => table.total.value).toBe(130);
  expect(table.span.value).toBe(130);
});

it("learns the end where it falls between two pages", async () => {
  const { table } = tableOf(200);
  table.rows.get(100);
  await expect.poll(() => table.rows.known.value).toBe(200);
  table.rows.get(200);
  await expect.poll(() => table.total.value).toBe(200);
});

it("counts when a person jumps past the end, and goes to the last row", async () => {
  const { table } = tableOf(450);
  table.bringNear(5_000);
  table.rows.get(5_000);
  await expect.poll(() => table.total.value).toBe(450);
  expect(table.active.value.row).toBe(449);
});

it("moves to another span for a row far down", () => {
  const { table } = tableOf(3 * SPAN_ROWS, true);
  expect(table.span.value).toBe(SPAN_ROWS);
  table.bringNear(2 * SPAN_ROWS + 5);
  expect(table.base.value).toBe(2 * SPAN_ROWS);
  table.bringNear(9 * SPAN_ROWS);
  expect(table.active.value.row).toBe(3 * SPAN_ROWS - 1);
});

it("keeps a failure until it is told to try again", async () => {
  let isBroken = true;
  const rows = new PagedRows<number>({
    pageRows: 10,
    first: [],
    read: () => (isBroken ? Promise.reject(new Error("no")) : Promise.resolve([7])),
    onPastEnd: () => undefined,
  });
  rows.get(0);
  await expect.poll(() => rows.failure.value).not.toBeNull();
  isBroken = false;
  rows.retry();
  rows.get(0);
  await expect.poll(() => rows.get(0)).toBe(7);
});
