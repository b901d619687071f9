// Safetensors files: sound ones, ones larger than memory, and ones that lie.
import { describe, expect, test } from "vitest";
import { openSafetensors } from "../../../src/preview/models/safetensors.ts";
import type { TensorsPreview } from "../../../src/protocol/preview-api.ts";
import { fixed, joinBytes, utf8, type Bytes } from "../../support/byte-writer.ts";
import { codeOf } from "../../support/errors.ts";
import { f32Tensor, makeSafetensors, makeSafetensorsOf } from "../../support/make-model-files.ts";
import { hugeFile, previewFile, type WatchedFile } from "../../support/preview-file.ts";

async function open(content: Bytes | WatchedFile): Promise<Omit<TensorsPreview, "alternatives">> {
  const file = content instanceof Uint8Array ? previewFile(content, "a.safetensors") : content;
  const { preview } = await openSafetensors(file);
  if (preview.kind !== "safetensors") throw new Error(`opened as ${preview.kind}`);
  return preview;
}

/** A file of one tensor `t` described by JSON, with so many bytes of data. */
function oneTensor(description: string, dataBytes: number): Bytes {
  return makeSafetensorsOf(`{"t":${description}}`, [new Uint8Array(dataBytes)]);
}

async function reasonOf(content: Bytes): Promise<string> {
  return open(content).then(
    () => "no error",
    (error: unknown) => String(error),
  );
}

/** The machine of a test may be busy with others. */
const LONG = 60_000;

describe("a sound file", () => {
  test("lists tensors in its order, metadata, and parameters by type", async () => {
    const half = { name: "b", dtype: "BF16", shape: [3], bytes: new Uint8Array(6) };
    const preview = await open(
      makeSafetensors([f32Tensor("a", [2, 3]), half, f32Tensor("c", [])], {
        format: "pt",
        name: "weiß 模型",
      }),
    );
    expect(preview).toEqual({
      kind: "safetensors",
      notes: [],
      parameters: 10,
      tensorCount: 3,
      tensors: [
        { name: "a", dtype: "F32", shape: [2, 3], parameters: 6, sizeBytes: 24 },
        { name: "b", dtype: "BF16", shape: [3], parameters: 3, sizeBytes: 6 },
        { name: "c", dtype: "F32", shape: [], parameters: 1, sizeBytes: 4 },
      ],
      metadata: [
        { name: "format", type: "string", text: "pt" },
        { name: "name", type: "string", text: "weiß 模型" },
      ],
      dtypes: [
        { dtype: "F32", tensors: 2, parameters: 7 },
        { dtype: "BF16", tensors: 1, parameters: 3 },
      ],
      graph: null,
    });
  });

  test.each([
    ["F8_E4M3", 16, 16],
    ["F8_E5M2", 16, 16],
    ["F8_E8M0", 16, 16],
    ["F4", 16, 8],
    ["F6_E2M3", 16, 12],
    ["BOOL", 16, 16],
    ["I64", 16, 128],
    ["C64", 16, 128],
  ])("knows the size of %s", async (dtype, values, bytes) => {
    const sound = await open(
      oneTensor(`{"dtype":"${dtype}","shape":[${values}],"data_offsets":[0,${bytes}]}`, bytes),
    );
    expect(sound.notes).toEqual([]);
    expect(sound.tensors[0]).toMatchObject({ dtype, parameters: values, sizeBytes: bytes });
  });

  test("[L1] of 5 GiB opens by its head alone", async () => {
    const gib = 1024 ** 3;
    const tensors = Array.from({ length: 5 }, (_, index) => ({
      dtype: "F16",
      shape: [gib / 2],
      data_offsets: [index * gib, (index + 1) * gib],
    }));
    const head = makeSafetensorsOf(JSON.stringify(Object.fromEntries(tensors.entries())), []);
    const file = hugeFile(head, head.length + 5 * gib, "large.safetensors");
    const preview = await open(file);
    expect(preview.notes).toEqual([]);
    expect(preview.parameters).toBe((5 * gib) / 2);
    expect(file.bytesRead()).toBeLessThan(head.length + 100);
  });

  test(
    "of 110,000 tensors lists as many as promised and counts them all",
    async () => {
      const members = Array.from(
        { length: 110_000 },
        (_, index) =>
          `"t${index}":{"dtype":"U8","shape":[1],"data_offsets":[${index},${index + 1}]}`,
      );
      const preview = await open(
        makeSafetensorsOf(`{${members.join(",")}}`, [new Uint8Array(110_000)]),
      );
      expect(preview.tensors).toHaveLength(100_000);
      expect(preview.tensorCount).toBe(110_000);
      expect(preview.parameters).toBe(110_000);
      expect(preview.notes).toEqual(["Only the first 100,000 of 110,000 tensors are listed."]);
    },
    LONG,
  );

  test("may be without tensors", async () => {
    expect(await open(makeSafetensors([]))).toMatchObject({ tensorCount: 0, notes: [] });
  });
});

describe("a file that is odd in parts is listed with notes", () => {
  test.each([
    [
      "size and shape disagree",
      `{"dtype":"F32","shape":[3],"data_offsets":[0,8]}`,
      8,
      "doesn't fit",
    ],
    ["an unknown type", `{"dtype":"F99","shape":[2],"data_offsets":[0,8]}`, 8, "doesn't know"],
    [
      "data missing",
      `{"dtype":"F32","shape":[4],"data_offsets":[0,16]}`,
      8,
      "8 bytes of its data are missing",
    ],
    [
      "data left over",
      `{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`,
      8,
      "4 bytes of the data belong to no tensor",
    ],
    [
      "offsets beyond any file",
      `{"dtype":"U8","shape":[9007199254740991],"data_offsets":[0,9007199254740991]}`,
      8,
      "beyond the end",
    ],
  ])("%s", async (_, description, dataBytes, note) => {
    const preview = await open(oneTensor(description, dataBytes));
    expect(preview.tensorCount).toBe(1);
    expect(preview.notes.join(" ")).toContain(note);
  });

  test.each([
    ["begin after end", `{"dtype":"F32","shape":[2],"data_offsets":[8,0]}`],
    ["a negative offset", `{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}`],
    ["an offset beyond 2^53", `{"dtype":"F32","shape":[2],"data_offsets":[0,1e300]}`],
    ["a negative dimension", `{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}`],
    ["a product beyond 2^53", `{"dtype":"F32","shape":[1e9,1e9],"data_offsets":[0,8]}`],
    ["no offsets", `{"dtype":"F32","shape":[2]}`],
    ["no object", `[[[[[[[[]]]]]]]]`],
    ["broken inside", `{"dtype":F32}`],
  ])("a tensor with %s is left out", async (_, description) => {
    const preview = await open(
      makeSafetensorsOf(
        `{"t":${description},"good":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`,
        [new Uint8Array(8)],
      ),
    );
    expect(preview.tensors.map(({ name }) => name)).toEqual(["good"]);
    expect(preview.notes).toEqual(["“t” is not described as a tensor and was left out."]);
  });

  test("duplicate names, shared bytes and hidden characters", async () => {
    const tensor = `{"dtype":"U8","shape":[4],"data_offsets":[0,4]}`;
    const preview = await open(
      makeSafetensorsOf(`{"a\u202e":${tensor},"b":${tensor},"b":${tensor}}`, [new Uint8Array(4)]),
    );
    expect(preview.tensorCount).toBe(2);
    expect(preview.notes).toEqual([
      "“b” is listed twice; the first is shown.",
      "“b” shares bytes with another tensor.",
    ]);
  });

  test("metadata that hold no texts", async () => {
    const preview = await open(makeSafetensorsOf(`{"__metadata__":{"a":[1,2],"b":"x"}}`, []));
    expect(preview.metadata).toEqual([
      { name: "a", type: "", text: "[1,2]" },
      { name: "b", type: "string", text: "x" },
    ]);
  });

  test("a long value is cut", async () => {
    const preview = await open(makeSafetensors([], { log: "x".repeat(50_000) }));
    expect(preview.metadata[0]?.text).toHaveLength(10_001);
  });

  test("a header that is cut off shows what came before", async () => {
    const whole = makeSafetensors([f32Tensor("first", [2]), f32Tensor("second", [2])]);
    const preview = await open(whole.slice(0, 100));
    expect(preview.tensors.map(({ name }) => name)).toEqual(["first"]);
    expect(preview.notes[0]).toContain("cut off inside its header");
  });
});

describe("a file that is none", () => {
  test.each([
    ["empty", new Uint8Array(), "too short"],
    ["7 bytes", new Uint8Array(7), "too short"],
    ["a length of 2^64 - 1", joinBytes([fixed("u64", -1n), utf8("{}")]), "the most"],
    ["a length beyond the limit", joinBytes([fixed("u64", 100_000_001), utf8("{}")]), "the most"],
    [
      "a length beyond the file",
      joinBytes([fixed("u64", 99_000_000), utf8("{")]),
      "ends too early",
    ],
    ["a list for a header", makeSafetensorsOf("[1,2,3]", []), "no JSON object"],
    ["text for a header", makeSafetensorsOf("hello there", []), "no JSON object"],
    [
      "brackets without end",
      makeSafetensorsOf(`{"a":${"[".repeat(1_000_000)}`, []),
      "ends too early",
    ],
    [
      "invalid UTF-8",
      joinBytes([fixed("u64", 8), Uint8Array.of(123, 34, 255, 254, 34, 58, 49, 125)]),
      "UTF-8",
    ],
    ["a bad escape in a name", makeSafetensorsOf(String.raw`{"\q":1}`, []), "malformed"],
  ])("%s is refused with a reason", async (_, content, reason) => {
    expect(await codeOf(open(content))).toBe("file_unreadable");
    expect(await reasonOf(content)).toContain(reason);
  });

  test("a million brackets in a value that closes are only left out", async () => {
    const deep = "[".repeat(500_000) + "]".repeat(500_000);
    const preview = await open(
      makeSafetensorsOf(`{"a":${deep},"b":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}`, []),
    );
    expect(preview.tensors.map(({ name }) => name)).toEqual(["b"]);
  });
});
