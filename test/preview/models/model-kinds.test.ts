// Models and archives find their opener by their first bytes or their name, and fall back with a reason.
import { gzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { createPreviews } from "../../../src/preview/preview-service.ts";
import type { Preview } from "../../../src/protocol/preview-api.ts";
import { utf8, type Bytes } from "../../support/byte-writer.ts";
import { f32Tensor, makeGguf, makeOnnx, makeSafetensors } from "../../support/make-model-files.ts";
import { makeTar } from "../../support/make-tar.ts";

function open(bytes: Bytes, path: string): Promise<Preview> {
  return createPreviews().openPreview("one", new Blob([bytes]), path, null);
}

const SAFETENSORS = makeSafetensors([f32Tensor("a", [2])]);
const GGUF = makeGguf({ metadata: { name: { type: "string", value: "x" } } });
const TAR = makeTar([{ name: "a.txt", bytes: utf8("hello") }]);
const ZIP = new Uint8Array(zipSync({ "a.txt": utf8("hello") }));

test.each([
  ["model.safetensors", SAFETENSORS, "safetensors"],
  ["weights.bin", SAFETENSORS, "safetensors"],
  ["model.gguf", GGUF, "gguf"],
  ["no-ending", GGUF, "gguf"],
  ["model.onnx", makeOnnx(), "onnx"],
  ["data.zip", ZIP, "archive"],
  ["checkpoint.pt", ZIP, "archive"],
  ["data.tar", TAR, "archive"],
  ["data.TAR.GZ", new Uint8Array(gzipSync(TAR)), "archive"],
  ["data.tgz", new Uint8Array(gzipSync(TAR)), "archive"],
  ["model.safetensors.index.json", utf8('{"weight_map":{"a":"b"}}'), "json"],
])("%s", async (path, bytes, kind) => {
  const preview = await open(bytes, path);
  expect(preview.kind).toBe(kind);
  expect(preview.notes).toEqual([]);
  expect(preview.alternatives).toContain(kind === "json" ? "text" : "hex");
});

test.each([
  ["model.safetensors", new Uint8Array(100), "The safetensors header can't be shown"],
  ["model.onnx", new Uint8Array(100), "The ONNX model can't be shown"],
  [
    "data.tar.gz",
    new Uint8Array(100).fill(200),
    "The list of files in this archive can't be shown",
  ],
  ["model.gguf", GGUF.slice(0, 20), "The GGUF header can't be shown"],
])("a broken %s is shown as bytes, and the note says why", async (path, bytes, note) => {
  const preview = await open(bytes, path);
  expect(preview.kind).toBe("hex");
  expect(preview.notes.join(" ")).toContain(note);
});
