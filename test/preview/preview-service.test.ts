// The preview worker's half: the best kind for each file, and a note where it can't be shown so.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Preview, PreviewKind } from "../../src/protocol/preview-api.ts";
import { createPreviews } from "../../src/preview/preview-service.ts";
import { kindsOf } from "../../src/preview/detect.ts";
import { fileOf, vegaFile } from "./files.ts";

async function open(
  content: BlobPart,
  path: string,
  as: PreviewKind | null = null,
): Promise<Preview> {
  return createPreviews().openPreview("one", new Blob([content]), path, as);
}

describe("the kind of a file", () => {
  test.each<[string, BlobPart, readonly PreviewKind[]]>([
    ["a.py", "x = 1", ["text", "hex"]],
    ["index.html", "<script>alert(1)</script>", ["text", "hex"]],
    ["a.svg", "<svg><script/></svg>", ["image", "text", "hex"]],
    ["a.json", "{}", ["json", "text", "hex"]],
    ["config", '{"a": 1}', ["text", "json", "hex"]],
    ["a.ipynb", "{}", ["notebook", "text", "json", "hex"]],
    ["a.md", "# x", ["markdown", "text", "hex"]],
    ["a.csv", "a,b", ["table", "text", "hex"]],
    ["a.csv", "\0\0\0", ["hex"]],
    ["a.csv", "a\xe9,b".repeat(3), ["table", "text", "hex"]],
    ["any", "PAR1....", ["table", "text", "hex"]],
    ["any", "GGUF\x03\0\0\0", ["gguf", "hex"]],
    ["a.npz", "PK\x03\x04\0", ["archive", "hex"]],
    ["m.onnx", "\x08\x07\0", ["onnx", "hex"]],
    ["m.bin", '\x10\0\0\0\0\0\0\0{"a":1}', ["safetensors", "hex"]],
    ["m.bin", "\0\x01\x02", ["hex"]],
    ["any", "", ["text", "hex"]],
  ])("%s", async (path, content, kinds) => {
    expect(await kindsOf(fileOf(content, path))).toEqual(kinds);
  });
});

describe("openPreview", () => {
  test("shows a file in its best kind and says what else it can be", async () => {
    const preview = await open(await vegaFile("stocks.csv"), "stocks.csv");
    expect(preview).toMatchObject({ kind: "table", alternatives: ["text", "hex"], notes: [] });
    expect(await open(await vegaFile("stocks.csv"), "stocks.csv", "text")).toMatchObject({
      kind: "text",
      alternatives: ["table", "hex"],
    });
    expect(await open("abc", "a.txt", "hex")).toEqual({
      kind: "hex",
      notes: [],
      alternatives: ["text"],
    });
  });

  test("[L2] falls back with a note that says why", async () => {
    expect(await open('{"a": }', "a.json")).toMatchObject({
      kind: "text",
      alternatives: ["hex"],
      notes: [
        "The JSON tree can't be shown: there is an unexpected character at line 1, column 7.",
      ],
    });
    expect(await open(new Uint8Array([0, 1, 2]), "a.png")).toMatchObject({ kind: "hex" });
    expect(await open("[".repeat(9_000), "a.md")).toMatchObject({ kind: "text" });
    expect(await open("not one", "a.parquet")).toMatchObject({ kind: "text" });
    expect(await open("x,y\n", "a.csv", "pdf")).toMatchObject({
      kind: "text",
      alternatives: ["table", "hex"],
    });
  });

  test("looks into what gzip packed", async () => {
    const packed = (text: string): BlobPart => new Uint8Array(gzipSync(Buffer.from(text)));
    expect(await open(packed("a,b\n1,2\n"), "a.csv.gz")).toMatchObject({
      kind: "table",
      rows: [["1", "2"]],
      alternatives: ["text", "hex"],
      notes: ["It is packed by gzip. This is what is inside."],
    });
    expect(await open(packed('{"a":1}'), "a.json.gz", "text")).toMatchObject({ sizeBytes: 7 });
    expect(await open(packed("\0\x01\x02"), "a.npy.gz")).toMatchObject({
      kind: "hex",
      notes: ["It is packed by gzip, and what is inside can't be shown."],
    });
    const whole = gzipSync(Buffer.from("line of text\n".repeat(50_000)));
    const cut = await open(new Uint8Array(whole.subarray(0, whole.length / 2)), "a.log.gz");
    expect(cut.notes.join()).toContain("damaged or cut off");
  });

  test("unpacks no more than it may", async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(40 << 20, "a b\n")));
    const preview = await open(bomb, "bomb.txt.gz");
    expect(preview).toMatchObject({ kind: "text", sizeBytes: 32 << 20 });
    expect(preview.notes).toContain("Only its first 32 MiB were unpacked.");
  });

  test("reports bytes that the browser no longer has", async () => {
    const gone = new Blob(["abc"]);
    gone.slice = () => {
      throw new DOMException("gone", "NotReadableError");
    };
    await expect(createPreviews().openPreview("one", gone, "a.txt", null)).rejects.toMatchObject({
      code: "blob_missing",
      data: { path: "a.txt" },
    });
  });
});

describe("an open preview", () => {
  test("answers until it is closed", async () => {
    const previews = createPreviews();
    await previews.openPreview("one", new Blob(["a,b\n1,2\n"]), "a.csv", null);
    expect(await previews.readRows("one", 0, 5)).toEqual([["1", "2"]]);
    expect(await previews.countRows("one", () => undefined)).toBe(1);
    expect((await previews.summarise("one", 1)).mean).toBe(2);
    expect(await previews.readBytes("one", 2, 3)).toEqual(new Uint8Array([0x62, 0x0a, 0x31]));
    expect(await previews.readBytes("one", 1_000, 3)).toHaveLength(0);
    await expect(previews.readText("one", 0)).rejects.toMatchObject({ code: "internal" });
    await previews.closePreview("one");
    await expect(previews.readRows("one", 0, 5)).rejects.toMatchObject({ code: "not_found" });
  });

  test("closed while it is being opened, it never opens", async () => {
    const previews = createPreviews();
    const opening = previews.openPreview("one", new Blob(["a"]), "a.txt", null);
    await previews.closePreview("one");
    await expect(opening).rejects.toMatchObject({ code: "aborted" });
  });

  test("opened again under its id, the later file stays", async () => {
    const previews = createPreviews();
    const first = previews.openPreview("one", new Blob(["first"]), "a.txt", null);
    const second = previews.openPreview("one", new Blob(["second"]), "a.txt", null);
    await expect(first).rejects.toMatchObject({ code: "aborted" });
    expect(await second).toMatchObject({ lines: [[{ text: "second" }]] });
    expect(await previews.readBytes("one", 0, 6)).toHaveLength(6);
  });
});
