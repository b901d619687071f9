// Parquet: exact values, only the pages that are needed, and files that lie.
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import { openTable } from "../../src/preview/table/open-table.ts";
import { countedFile, fileOf, vegaFile } from "./files.ts";

function numbers(count: number, of: (index: number) => number): number[] {
  return Array.from({ length: count }, (_, index) => of(index));
}

const SMALL = (): ArrayBuffer =>
  parquetWriteBuffer({
    columnData: [
      { name: "id", data: [1, 2, 3], type: "INT32" },
      { name: "name", data: ["Ada", null, "Lin"], type: "STRING" },
      { name: "big", data: [9007199254740993n, 2n, -3n], type: "INT64" },
      { name: "ok", data: [true, false, true], type: "BOOLEAN" },
      { name: "at", data: [new Date(0), new Date(1.7e12), null], type: "TIMESTAMP" },
    ],
  });

describe("Parquet", () => {
  test("shows types, exact numbers, times and missing values", async () => {
    const { preview } = await openTable(fileOf(SMALL(), "a.parquet"));
    expect(preview).toMatchObject({ format: "parquet", rowCount: 3, notes: [] });
    expect(preview.columns.map(({ type, isNumeric }) => [type, isNumeric])).toEqual([
      ["int32", true],
      ["string", false],
      ["int64", true],
      ["boolean", false],
      [expect.stringContaining("timestamp"), false],
    ]);
    expect(preview.rows).toEqual([
      ["1", "Ada", "9007199254740993", "true", "1970-01-01 00:00:00"],
      ["2", null, "2", "false", "2023-11-14 22:13:20"],
      ["3", "Lin", "-3", "true", null],
    ]);
  });

  test("shows decimals exactly, bytes as text or hex, and nested values as JSON", async () => {
    const buffer = parquetWriteBuffer({
      schema: [
        { name: "root", num_children: 3 },
        {
          name: "price",
          type: "INT64",
          converted_type: "DECIMAL",
          scale: 2,
          precision: 18,
          repetition_type: "REQUIRED",
        },
        { name: "raw", type: "BYTE_ARRAY", repetition_type: "REQUIRED" },
        { name: "tags", num_children: 1, converted_type: "LIST", repetition_type: "OPTIONAL" },
        { name: "list", num_children: 1, repetition_type: "REPEATED" },
        { name: "element", type: "INT32", repetition_type: "OPTIONAL" },
      ],
      columnData: [
        { name: "price", data: [0.05, 1234.5] },
        { name: "raw", data: [new Uint8Array([0xff, 0x00]), new TextEncoder().encode("plain")] },
        { name: "tags", data: [[1, 2], null] },
      ],
    });
    const { preview } = await openTable(fileOf(buffer, "a.parquet"));
    expect(preview.columns.map(({ type }) => type)).toEqual([
      "decimal(18, 2)",
      "binary",
      "list<int32>",
    ]);
    expect(preview.rows).toEqual([
      ["0.05", "0xff00", "[1,2]"],
      ["1234.50", "plain", null],
    ]);
  });

  test("reads only the pages that hold the rows", async () => {
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: "n", data: numbers(500_000, (row) => row * 3), type: "INT32" },
        { name: "share", data: numbers(500_000, Math.sqrt), type: "DOUBLE" },
      ],
      rowGroupSize: 250_000,
      pageSize: 64 * 1024,
    });
    expect(buffer.byteLength).toBeGreaterThan(2_000_000);
    const { file, bytesRead } = countedFile(buffer, "a.parquet");
    const table = await openTable(file);
    expect(table.preview.rowCount).toBe(500_000);
    expect(table.preview.rows[99]).toEqual(["297", String(Math.sqrt(99))]);
    expect(bytesRead()).toBeLessThan(buffer.byteLength / 4);
    const rows = await table.readRows(249_999, 3);
    expect(rows.map(([n]) => n)).toEqual(["749997", "750000", "750003"]);
    expect(await table.readRows(499_999, 10)).toEqual([["1499997", String(Math.sqrt(499_999))]]);
    expect(await table.summarise(0)).toMatchObject({
      rowsRead: 100_000,
      isWhole: false,
      min: "0",
      max: "299997",
      missing: 0,
    });
  });

  test("finds rows of lists, whose pages don't say how many they hold", async () => {
    const lists = Array.from({ length: 30_000 }, (_, row) => numbers(20, (index) => row + index));
    const buffer = parquetWriteBuffer({
      schema: [
        { name: "root", num_children: 1 },
        { name: "v", num_children: 1, converted_type: "LIST", repetition_type: "OPTIONAL" },
        { name: "list", num_children: 1, repetition_type: "REPEATED" },
        { name: "element", type: "INT32", repetition_type: "OPTIONAL" },
      ],
      columnData: [{ name: "v", data: lists }],
      rowGroupSize: 30_000,
      pageSize: 16 * 1024,
    });
    const table = await openTable(fileOf(buffer, "a.parquet"));
    for (const row of [0, 99, 15_000, 29_998])
      expect(await table.readRows(row, 1)).toEqual([[JSON.stringify(lists[row])]]);
  });

  test("opens a real file of three million rows", async () => {
    const bytes = await vegaFile("flights-3m.parquet");
    const { file, bytesRead } = countedFile(bytes, "flights");
    const { preview } = await openTable(file);
    expect(preview.rowCount).toBe(3_000_000);
    expect(preview.rows[0]).toEqual(["2001-01-01 00:01:00", "33", "2176", "LAS", "PHL"]);
    expect(bytesRead()).toBeLessThan(bytes.length / 2);
  });
});

describe("a Parquet file that is damaged or lies", () => {
  const reason = async (bytes: BlobPart): Promise<string> => {
    const error: unknown = await openTable(fileOf(bytes, "a.parquet")).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: "file_unreadable" });
    return (error as { data: { reason: string } }).data.reason;
  };

  test("is refused with its reason where the footer can't be read", async () => {
    const whole = new Uint8Array(SMALL());
    expect(await reason(whole.slice(0, -20))).toContain("cut off");
    expect(await reason(whole.slice(0, 4))).toContain("cut off");
    expect(await reason(new Uint8Array())).toContain("cut off");
    const long = whole.slice();
    new DataView(long.buffer).setUint32(long.length - 8, 0x7fffffff, true);
    expect(await reason(long)).toContain("longer than the file");
    const garbled = whole.slice();
    garbled.fill(0x5c, garbled.length - 60, garbled.length - 8);
    expect(await reason(garbled)).toMatch(/damaged|no sense/);
    expect(await reason("PAR1 and nothing of the sort PAR1")).toMatch(/footer/);
  });

  test("shows what can be read where pages are broken", async () => {
    const bytes = new Uint8Array(SMALL());
    // The first page begins after the magic number.
    bytes.fill(0xff, 4, 24);
    const { preview } = await openTable(fileOf(bytes, "a.parquet"));
    expect(preview.rows.map(([, , big]) => big)).toEqual(["9007199254740993", "2", "-3"]);
    expect(preview.rows.map(([id]) => id)).toEqual([null, null, null]);
    expect(preview.notes).toEqual(["The column “id” can't be read."]);
  });

  test("never crashes or hangs, whichever bytes are changed", async () => {
    const whole = new Uint8Array(SMALL());
    for (let at = 4; at < whole.length - 4; at += 7)
      for (const value of [0x00, 0x7f, 0xff]) {
        const bytes = whole.slice();
        bytes[at] = value;
        const outcome = await openTable(fileOf(bytes, "a.parquet")).then(
          ({ preview }) => preview.kind,
          (error: unknown) => isCairnError(error, "file_unreadable"),
        );
        expect(outcome).toSatisfy((result) => result === "table" || result === true);
      }
  });
});
