import { describe, expect, it } from "vitest";
import { newJobId } from "../../../src/protocol/jobs.ts";
import { createComparer } from "../../../src/preview/compare/comparer.ts";
import { f32Tensor, makeSafetensors } from "../../support/make-model-files.ts";

const file = (text: BlobPart, path: string): { file: Blob; path: string } => ({
  file: new Blob([text]),
  path,
});
const nothing = (): void => undefined;

describe("ways to compare", () => {
  const { waysToCompare } = createComparer();

  it.each([
    ["a.txt", "a", "b", ["text"]],
    ["a.json", "{}", "[]", ["text"]],
    ["a.csv", "a,b\n1,2\n", "a\n1\n", ["table", "text"]],
    ["a.txt", "a", new Uint8Array([0, 1, 2, 3]), []],
    ["a.bin", new Uint8Array([0, 1]), new Uint8Array([0, 2]), []],
  ] as const)("of two %s", async (path, before, after, ways) => {
    expect(await waysToCompare(file(before, path), file(after, path))).toEqual(ways);
  });

  it("[C5] are those of both, by their bytes and not by their names alone", async () => {
    const model = makeSafetensors([f32Tensor("a", [2])]);
    expect(await waysToCompare(file(model, "m"), file(model, "m"))).toEqual(["tensors"]);
    expect(await waysToCompare(file("text", "m.txt"), file(model, "m.txt"))).toEqual([]);
  });
});

describe("tables", () => {
  const diff = (before: string, after: string, path = "a.csv") =>
    createComparer().diffTables(newJobId(), new Blob([before]), new Blob([after]), path, nothing);

  it("differ in columns, types and rows", async () => {
    const found = await diff("id,name,score\n1,a,2\n", "id,score,lang\n1,x,en\n2,y,de\n");
    expect(found).toMatchObject({ rowsBefore: 1, rowsAfter: 2, notes: [] });
    expect(
      found.columns.map(({ name, before, after }) => [name, before !== null, after !== null]),
    ).toEqual([
      ["id", true, true],
      ["score", true, true],
      ["lang", false, true],
      ["name", true, false],
    ]);
    const score = found.columns[1];
    expect(score?.before?.type).not.toBe(score?.after?.type);
  });

  it("may only have their columns in another order", async () => {
    const found = await diff("a,b\n1,2\n", "b,a\n2,1\n");
    expect(found.columns.every(({ before, after }) => before !== null && after !== null)).toBe(
      true,
    );
    expect(found.notes).toEqual(["The columns are in another order."]);
  });

  it("of JSON lines are compared by their keys", async () => {
    const found = await diff('{"a":1}\n', '{"a":1,"b":2}\n{"a":3}\n', "a.jsonl");
    expect(found).toMatchObject({ rowsBefore: 1, rowsAfter: 2 });
    expect(found.columns.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("stop counting when they are told to", async () => {
    const { diffTables, cancelCompare } = createComparer();
    const large = new Blob([`a,b\n${"1,2\n".repeat(4_000_000)}`]);
    const job = newJobId();
    const found = diffTables(job, large, large, "a.csv", () => void cancelCompare(job));
    await expect(found).rejects.toMatchObject({ code: "aborted" });
  });
});

it("names a file whose bytes the browser can't give", async () => {
  const lost = new Blob(["a"]);
  lost.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
  await expect(
    createComparer().diffText(newJobId(), lost, new Blob(["b"]), "a.txt"),
  ).rejects.toMatchObject({ code: "blob_missing", data: { path: "a.txt" } });
});

describe("a text diff", () => {
  it("keeps the newer text for unfolding until it is let go of", async () => {
    const { diffText, readSkipped, cancelCompare } = createComparer();
    const text = (last: string): Blob => new Blob([`${"same\n".repeat(50)}${last}\n`]);
    const job = newJobId();
    await diffText(job, text("a"), text("b"), "a.txt");
    expect(await readSkipped(job, 1, 2)).toEqual([
      [{ scope: "", text: "same" }],
      [{ scope: "", text: "same" }],
    ]);
    await cancelCompare(job);
    await expect(readSkipped(job, 1, 2)).rejects.toMatchObject({ code: "aborted" });
  });

  it("that was cancelled throws, and keeps nothing", async () => {
    const { diffText, readSkipped, cancelCompare } = createComparer();
    const job = newJobId();
    const found = diffText(job, new Blob(["a"]), new Blob(["b"]), "a.txt");
    await cancelCompare(job);
    await expect(found).rejects.toMatchObject({ code: "aborted" });
    await expect(readSkipped(job, 1, 1)).rejects.toMatchObject({ code: "aborted" });
  });
});
