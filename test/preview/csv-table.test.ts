// Tables in text: cells as papaparse reads them, pages that read little, and files that no table should be.
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { openTable } from "../../src/preview/table/open-table.ts";
import { countedFile, fileOf, vegaFile } from "./files.ts";

const cell = fc.oneof(
  fc.stringMatching(/^[a-z0-9 ,;"\n|é-]{0,8}$/),
  fc.integer().map(String),
  fc.constantFrom("", "NA", '"', '""', "a\r\nb", " x ", "😀"),
);

describe("CSV", () => {
  test("pages hold the cells that papaparse reads", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 5 }).chain((width) =>
          fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
            minLength: 1,
            maxLength: 60,
          }),
        ),
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        async (body, newline, start, count) => {
          const head = (body[0] ?? []).map((_, index) => `name${index}`);
          const text = Papa.unparse([head, ...body], { newline, quotes: true });
          const parsed = Papa.parse<string[]>(text, { delimiter: ",", newline });
          const expected = parsed.data.slice(1).map((row) => row.map((value) => value || null));
          const table = await openTable(fileOf(text, "a.csv"));
          expect(table.preview.columns.map(({ name }) => name)).toEqual(head);
          expect(await table.readRows(start, count)).toEqual(expected.slice(start, start + count));
          expect(await table.countRows(() => undefined)).toBe(expected.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("cells without quotes, and with stray ones, are read as papaparse reads them", async () => {
    const text = 'a,b,c\n1, 2 ,"x" \n"say ""hi""",b"c,"d"\n,,\n"p\nq",r,s\n';
    const expected = Papa.parse<string[]>(text, { skipEmptyLines: true }).data.slice(1);
    const table = await openTable(fileOf(text, "a.csv"));
    expect(table.preview.rows).toEqual(expected.map((row) => row.map((value) => value || null)));
  });

  test.each(["airports.csv", "unemployment.tsv", "github.csv", "stocks.csv"])(
    "%s is read as papaparse reads it",
    async (name) => {
      const bytes = await vegaFile(name);
      const { data } = Papa.parse<string[]>(new TextDecoder().decode(bytes), {
        skipEmptyLines: true,
      });
      const table = await openTable(fileOf(bytes, name));
      expect(table.preview.format).toBe(name.endsWith(".tsv") ? "tsv" : "csv");
      expect(table.preview.columns.map((column) => column.name)).toEqual(data[0]);
      expect(table.preview.rowCount).toBe(data.length - 1);
      const last = await table.readRows(data.length - 6, 5);
      expect(last).toEqual(data.slice(-5).map((row) => row.map((value) => value || null)));
    },
  );

  test("a far page of a counted table reads little", async () => {
    const lines = Array.from({ length: 400_000 }, (_, row) => `${row},name ${row},${row / 7}`);
    const { file, bytesRead } = countedFile(`id,name,share\n${lines.join("\n")}\n`, "big.csv");
    const table = await openTable(file);
    expect(bytesRead()).toBeLessThan(300_000);
    expect(table.preview.rowCount).toBeNull();
    const told: number[] = [];
    expect(await table.countRows((done) => told.push(done))).toBe(400_000);
    expect(told.length).toBeGreaterThan(0);
    const before = bytesRead();
    expect((await table.readRows(350_123, 2)).map(([id]) => id)).toEqual(["350123", "350124"]);
    expect(bytesRead() - before).toBeLessThan(400_000);
  });

  test("guesses whether the first row names the columns", async () => {
    const columns = async (text: string): Promise<string[]> =>
      (await openTable(fileOf(text, "a.csv"))).preview.columns.map(({ name }) => name);
    expect(await columns("1,2\n3,4\n")).toEqual(["Column 1", "Column 2"]);
    expect(await columns("country,1990,1991\nPeru,3,4\n")).toEqual(["country", "1990", "1991"]);
    expect(await columns("first,last\nAda,Lovelace\n")).toEqual(["first", "last"]);
    expect(await columns(",x\n0,5\n1,6\n")).toEqual(["Column 1", "x"]);
  });

  test("finds other delimiters, types, line ends and UTF-16", async () => {
    const semicolons = await openTable(fileOf("a;b\n1,5;x\n2,5;y\n", "a.csv"));
    expect(semicolons.preview.rows).toEqual([
      ["1,5", "x"],
      ["2,5", "y"],
    ]);
    const oldMac = await openTable(fileOf("a,b\r1,x\r2,y\r", "a.csv"));
    expect(oldMac.preview.rows).toEqual([
      ["1", "x"],
      ["2", "y"],
    ]);
    const types = await openTable(
      fileOf("i,n,b,d,e\n1,1.5,true,2020-01-02,\n2,NA,FALSE,2020-01-03,\n", "a.csv"),
    );
    expect(types.preview.columns.map(({ type }) => type)).toEqual([
      "integer",
      "number",
      "boolean",
      "date",
      "empty",
    ]);
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(
        new Uint16Array([..."a\tb\n1\t2\n"].map((one) => one.charCodeAt(0))).buffer,
      ),
    ]);
    expect((await openTable(fileOf(wide, "excel.csv"))).preview.rows).toEqual([["1", "2"]]);
  });

  test("ragged rows keep their cells in place", async () => {
    const table = await openTable(fileOf("a,b,c\n1\n1,2,3,4\n", "a.csv"));
    expect(table.preview.rows).toEqual([
      ["1", null, null, null],
      ["1", "2", "3", "4"],
    ]);
    expect(table.preview.notes).toContain("Not all rows have the same number of cells.");
  });

  test("a quote that nothing closes doesn't swallow the rows after it", async () => {
    const rows = Array.from({ length: 50 }, (_, row) => `${row},x`).join("\n");
    const table = await openTable(fileOf(`id,text\n7,"open\n${rows}\n`, "a.csv"));
    expect(table.preview.rowCount).toBe(51);
    expect(table.preview.rows[0]).toEqual(["7", '"open']);
    expect(table.preview.notes.join()).toContain("quote");
  });

  test("quotes that are opened in every row take no more than a few looks ahead", async () => {
    const text = `a\n${'"x\n'.repeat(200_001)}`;
    const { file, bytesRead } = countedFile(text, "a.csv");
    const table = await openTable(file);
    expect(await table.countRows(() => undefined)).toBe(200_001);
    expect(bytesRead()).toBeLessThan(text.length + 24 * (1 << 20));
  });

  test("one line of 200 MB opens in bounded time and memory", async () => {
    const piece = "value,".repeat(1 << 20);
    const blob = new Blob(Array.from({ length: 33 }, () => piece));
    expect(blob.size).toBeGreaterThan(200e6);
    const { file, bytesRead } = countedFile(blob, "line.csv");
    const table = await openTable(file);
    expect(bytesRead()).toBeLessThan(12 << 20);
    expect(table.preview.columns).toHaveLength(1_000);
    expect(table.preview.notes.join()).toContain("cut");
  });

  test("100,000 columns are cut, with a note", async () => {
    const head = Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(",");
    const row = Array.from({ length: 100_000 }, (_, index) => index).join(",");
    const table = await openTable(fileOf(`${head}\n${row}\n${row}\n`, "wide.csv"));
    expect(table.preview.columns).toHaveLength(1_000);
    expect(table.preview.columns[999]?.name).toBe("c999");
    expect(table.preview.rows[1]).toHaveLength(1_000);
    expect(table.preview.notes).toContain("Only the first 1,000 columns are shown.");
  });

  test("closing ends a count", async () => {
    const table = await openTable(fileOf("a,b\n".repeat(3_000_000), "a.csv"));
    const counting = table.countRows(() => undefined);
    table.close();
    await expect(counting).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("a column's summary", () => {
  test("numbers have a range, a mean and a histogram", async () => {
    const rows = Array.from({ length: 1_000 }, (_, row) => `${row},x`).join("\n");
    const table = await openTable(fileOf(`n,t\n${rows}\nNA,y\n`, "a.csv"));
    const summary = await table.summarise(0);
    expect(summary).toMatchObject({ rowsRead: 1_001, isWhole: true, missing: 1, distinct: 1_000 });
    expect(summary).toMatchObject({ min: "0", max: "999", mean: 499.5 });
    expect(summary.histogram).toHaveLength(24);
    expect(summary.histogram.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  });

  test("texts have their most frequent values", async () => {
    const table = await openTable(fileOf("id,t\n1,a\n2,b\n3,a\n4,\n", "a.csv"));
    expect(await table.summarise(1)).toMatchObject({
      missing: 1,
      distinct: 2,
      mean: null,
      histogram: [],
      top: [
        { text: "a", count: 2 },
        { text: "b", count: 1 },
      ],
    });
  });

  test("stops after 100,000 rows", async () => {
    const table = await openTable(fileOf(`a,b\n${"1,2\n".repeat(150_000)}`, "a.csv"));
    expect(await table.summarise(0)).toMatchObject({ rowsRead: 100_000, isWhole: false });
  });
});

describe("JSON lines", () => {
  test("members are columns, whichever line brings them", async () => {
    const text = '{"a":1,"b":"x"}\n{"b":"y","c":[1,{"d":2}]}\n\n{"a":null}\n';
    const { preview } = await openTable(fileOf(text, "a.jsonl"));
    expect(preview.columns.map(({ name, type }) => [name, type])).toEqual([
      ["a", "integer"],
      ["b", "text"],
      ["c", "list"],
    ]);
    expect(preview.rows).toEqual([
      ["1", "x", null],
      [null, "y", '[1,{"d":2}]'],
      [null, null, null],
    ]);
  });

  test("long numbers keep their digits", async () => {
    const text = '{"id":12345678901234567890,"f":0.12345678901234567,"s":"1234567890123456789"}\n';
    const { preview } = await openTable(fileOf(text, "a.jsonl"));
    expect(preview.rows[0]?.[0]).toBe("12345678901234567890");
    expect(preview.rows[0]?.[2]).toBe("1234567890123456789");
    expect(preview.rows[0]?.[1]).toMatch(/^0\.1234567890123456/);
  });

  test("a line that is no JSON is shown as it is", async () => {
    const { preview } = await openTable(fileOf('{"a":1}\n{"a":\n"loose"\n', "a.jsonl"));
    expect(preview.rows).toEqual([
      [null, "1"],
      ['{"a":', null],
      ["loose", null],
    ]);
    expect(preview.notes.join()).toContain("Line 2 is not JSON");
  });

  test("nesting and names that attack objects do no harm", async () => {
    const deep = `{"__proto__":{"x":1},"constructor":2,"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const { preview } = await openTable(fileOf(`${deep}\n`, "a.jsonl"));
    expect(preview.columns.map(({ name }) => name)).toEqual(["__proto__", "constructor", "deep"]);
    expect(preview.rows[0]?.[1]).toBe("2");
  });

  test("a first line that is no JSON is refused", async () => {
    await expect(openTable(fileOf("hello\n", "a.jsonl"))).rejects.toMatchObject({
      code: "file_unreadable",
    });
  });
});
