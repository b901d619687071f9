// GGUF files of each version and byte order, and ones that lie.
import { describe, expect, test } from "vitest";
import { openGguf } from "../../../src/preview/models/gguf.ts";
import type { TensorsPreview } from "../../../src/protocol/preview-api.ts";
import { fixed, joinBytes, utf8, type Bytes } from "../../support/byte-writer.ts";
import { codeOf } from "../../support/errors.ts";
import { makeGguf } from "../../support/make-model-files.ts";
import { hugeFile, previewFile, type WatchedFile } from "../../support/preview-file.ts";

async function open(content: Bytes | WatchedFile): Promise<Omit<TensorsPreview, "alternatives">> {
  const file = content instanceof Uint8Array ? previewFile(content, "a.gguf") : content;
  const { preview } = await openGguf(file);
  if (preview.kind !== "gguf") throw new Error(`opened as ${preview.kind}`);
  return preview;
}

const VOCABULARY = Array.from({ length: 50_000 }, (_, index) => `token-${index}`);

/** The machine of a test may be busy with others. */
const LONG = 60_000;

describe("a sound file", () => {
  test.each([
    { version: 1, bigEndian: false },
    { version: 2, bigEndian: false },
    { version: 3, bigEndian: false },
    { version: 3, bigEndian: true },
  ] as const)("of version $version, big-endian: $bigEndian", async (format) => {
    const preview = await open(
      makeGguf({
        ...format,
        metadata: {
          "general.architecture": { type: "string", value: "llama" },
          "general.file_type": { type: "u32", value: 15 },
          "llama.context_length": { type: "u64", value: 2n ** 60n },
          "llama.norm_eps": { type: "f32", value: 1e-5 },
          "tokenizer.add_bos": { type: "bool", value: 1 },
          "tokenizer.tokens": { type: "strings", value: VOCABULARY },
          "tokenizer.types": { type: "i32s", value: [1, -2, 3] },
        },
        tensors: [
          { name: "embed", type: 12, shape: [512, 4], offset: 0 },
          { name: "norm", type: 0, shape: [8], offset: 1152 },
        ],
        dataBytes: 1152 + 32,
      }),
    );
    expect(preview).toEqual({
      kind: "gguf",
      notes: [],
      parameters: 2056,
      tensorCount: 2,
      tensors: [
        { name: "embed", dtype: "Q4_K", shape: [512, 4], parameters: 2048, sizeBytes: 1152 },
        { name: "norm", dtype: "F32", shape: [8], parameters: 8, sizeBytes: 32 },
      ],
      dtypes: [
        { dtype: "Q4_K", tensors: 1, parameters: 2048 },
        { dtype: "F32", tensors: 1, parameters: 8 },
      ],
      metadata: [
        {
          name: "GGUF version",
          type: "",
          text: `${format.version}, ${format.bigEndian ? "big" : "little"}-endian`,
        },
        { name: "general.architecture", type: "string", text: "llama" },
        { name: "general.file_type", type: "uint32", text: "15 (Q4_K_M)" },
        { name: "llama.context_length", type: "uint64", text: "1152921504606846976" },
        { name: "llama.norm_eps", type: "float32", text: "0.00001" },
        { name: "tokenizer.add_bos", type: "bool", text: "true" },
        {
          name: "tokenizer.tokens",
          type: "list of string",
          text: `[50,000] ${VOCABULARY.slice(0, 8)
            .map((token) => `"${token}"`)
            .join(", ")}, …`,
        },
        { name: "tokenizer.types", type: "list of int32", text: "[3] 1, -2, 3" },
      ],
      graph: null,
    });
  });

  test("of 40 GB opens by its head alone, and lists of numbers are jumped over", async () => {
    const head = makeGguf({
      metadata: { scores: { type: "i32s", value: Array.from({ length: 100_000 }, () => 7) } },
      tensors: [{ name: "w", type: 8, shape: [32, 1_000_000_000], offset: 0 }],
    });
    const file = hugeFile(head, 40e9, "large.gguf");
    const preview = await open(file);
    expect(preview.notes).toEqual([]);
    expect(preview.tensors[0]?.sizeBytes).toBe(34e9);
    expect(file.bytesRead()).toBeLessThan(100_000);
  });

  test("with an alignment of its own", async () => {
    const preview = await open(
      makeGguf({
        metadata: { "general.alignment": { type: "u32", value: 256 } },
        tensors: [
          { name: "a", type: 0, shape: [1], offset: 0 },
          { name: "b", type: 0, shape: [1], offset: 32 },
        ],
        dataBytes: 256,
        alignment: 256,
      }),
    );
    expect(preview.notes).toEqual(["“b” doesn't begin where the file's alignment asks."]);
  });
});

describe("a file that is odd in parts is listed with notes", () => {
  test("a type that isn't known is shown by its number", async () => {
    const preview = await open(
      makeGguf({ tensors: [{ name: "w", type: 77, shape: [4], offset: 0 }], dataBytes: 32 }),
    );
    expect(preview.tensors).toEqual([
      { name: "w", dtype: "type 77", shape: [4], parameters: 4, sizeBytes: null },
    ]);
    expect(preview.notes).toEqual(["“w” has a type that Cairn doesn't know."]);
  });

  test("data that are missing, shapes that can't be", async () => {
    const preview = await open(
      makeGguf({
        tensors: [
          { name: "short", type: 0, shape: [100], offset: 0 },
          { name: "huge", type: 0, shape: [2n ** 63n, 2n ** 63n], offset: 0 },
          { name: "far", type: 0, shape: [1], offset: 2n ** 64n - 32n },
          { name: "block", type: 2, shape: [31], offset: 0 },
        ],
        dataBytes: 64,
      }),
    );
    expect(preview.tensorCount).toBe(4);
    const notes = preview.notes.join(" ");
    expect(notes).toContain("The file is cut off");
    expect(notes).toContain("“huge” claims an impossible shape");
    expect(notes).toContain("“block” has a shape that its type can't be packed in");
    expect(notes).toContain("2 tensors reach beyond the end of the file");
  });

  test("a head that is cut off shows what came before", async () => {
    const whole = makeGguf({
      metadata: { a: { type: "string", value: "first" }, b: { type: "string", value: "second" } },
      tensors: [{ name: "w", type: 0, shape: [4], offset: 0 }],
    });
    const preview = await open(whole.slice(0, 60));
    expect(preview.metadata.map(({ name }) => name)).toEqual(["GGUF version", "a"]);
    expect(preview.notes).toEqual([
      "The rest of the file can't be read: it ends in the middle of its header.",
      "Of its tensors, 0 of 1 could be read.",
    ]);
  });
});

describe("a file that lies from the start is refused with a reason", () => {
  const list = (itemType: number, length: bigint): Bytes =>
    joinBytes([
      utf8("GGUF"),
      fixed("u32", 3),
      fixed("u64", 0n),
      fixed("u64", 1n),
      fixed("u64", 1n),
      utf8("k"),
      fixed("u32", 9),
      fixed("u32", itemType),
      fixed("u64", length),
    ]);

  test.each([
    ["empty", new Uint8Array(), "ends in the middle"],
    ["other bytes", utf8("GGML rather than the other one"), "GGUF"],
    ["version 99", joinBytes([utf8("GGUF"), fixed("u32", 99), new Uint8Array(16)]), "version 99"],
    ["version 0", joinBytes([utf8("GGUF"), new Uint8Array(20)]), "version 0"],
    ["10^9 tensors in 24 bytes", makeGguf({ tensorCount: 10n ** 9n }), "ends in the middle"],
    ["2^64 - 1 values", makeGguf({ valueCount: 2n ** 64n - 1n }), "ends in the middle"],
    ["a list of 2^64 - 1 bytes", list(0, 2n ** 64n - 1n), "claims"],
    ["a list of 2^64 - 1 texts", list(8, 2n ** 64n - 1n), "ends in the middle"],
    ["a list of lists without end", list(9, 2n ** 64n - 1n), "ends in the middle"],
    ["a list of what isn't", list(99, 1n), "type 99"],
  ])("%s", async (_, content, reason) => {
    expect(await codeOf(open(content))).toBe("file_unreadable");
    await expect(open(content)).rejects.toThrow(reason);
  });

  test("a text that claims 2^63 bytes, and one dimension too many", async () => {
    const text = joinBytes([list(8, 1n), fixed("u64", 2n ** 63n)]);
    await expect(open(text)).rejects.toThrow("claims");
    const shape = Array.from({ length: 9 }, () => 1);
    await expect(
      open(makeGguf({ tensors: [{ name: "w", type: 0, shape, offset: 0 }] })),
    ).rejects.toThrow("9 dimensions");
  });

  test("lists nested without end", async () => {
    const level = joinBytes([fixed("u32", 9), fixed("u64", 1n)]);
    const nested = joinBytes([list(9, 1n), ...Array.from({ length: 1000 }, () => level)]);
    await expect(open(nested)).rejects.toThrow("nested too deeply");
  });

  test(
    "a list of a billion empty texts is given up within seconds",
    async () => {
      const zeros = new Uint8Array(1 << 20);
      const head = list(8, 10n ** 9n);
      const source = {
        size: 8e9,
        read: async (start: number, end: number) =>
          start < head.length
            ? joinBytes([head.subarray(start), zeros]).subarray(0, end - start)
            : zeros.subarray(0, end - start),
      };
      const file = { ...previewFile(head, "a.gguf"), source };
      expect(await codeOf(openGguf(file))).toBe("file_unreadable");
    },
    LONG,
  );
});
