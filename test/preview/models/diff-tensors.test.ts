// What changed between two files of tensors.
import { describe, expect, test } from "vitest";
import { diffTensors } from "../../../src/preview/compare/diff-tensors.ts";
import type { TensorDiff } from "../../../src/protocol/compare-api.ts";
import { utf8, type Bytes } from "../../support/byte-writer.ts";
import { codeOf } from "../../support/errors.ts";
import {
  f32Tensor,
  makeGguf,
  makeSafetensors,
  makeSafetensorsOf,
  type MadeTensor,
} from "../../support/make-model-files.ts";

const NEVER = new AbortController().signal;

function diff(before: Bytes, after: Bytes): Promise<TensorDiff> {
  return diffTensors(new Blob([before]), new Blob([after]), () => undefined, NEVER);
}

function changesOf({ tensors }: TensorDiff): readonly (readonly [string, string])[] {
  return tensors.map(({ name, change }) => [name, change]);
}

const HALF: MadeTensor = { name: "type", dtype: "F16", shape: [4], bytes: new Uint8Array(8) };

describe("two files", () => {
  test("[C5] each tensor is told by name, and moved ones stay the same", async () => {
    const before = makeSafetensors(
      [
        f32Tensor("same", [4, 4], 7),
        f32Tensor("gone", [2]),
        f32Tensor("values", [300_000]),
        f32Tensor("shape", [2, 3]),
        f32Tensor("type", [4]),
      ],
      { step: "100", kept: "yes", old: "1" },
    );
    const changed = f32Tensor("values", [300_000]);
    changed.bytes[changed.bytes.length - 1] = 9;
    const after = makeSafetensors(
      [
        f32Tensor("new", [5]),
        changed,
        HALF,
        f32Tensor("shape", [3, 2]),
        f32Tensor("same", [4, 4], 7),
      ],
      { step: "200", kept: "yes", fresh: "2" },
    );
    const found = await diff(before, after);
    expect(changesOf(found)).toEqual([
      ["values", "values"],
      ["shape", "shape"],
      ["type", "dtype"],
      ["new", "added"],
      ["gone", "removed"],
      ["same", "same"],
    ]);
    expect(found.tensors[2]).toMatchObject({
      before: { dtype: "F32", shape: [4], sizeBytes: 16 },
      after: { dtype: "F16", shape: [4], sizeBytes: 8 },
    });
    expect(found.tensors[3]?.before).toBeNull();
    expect(found.metadata).toEqual([
      { name: "step", before: "100", after: "200" },
      { name: "fresh", before: null, after: "2" },
      { name: "old", before: "1", after: null },
    ]);
    expect(found.parametersBefore).toBe(300_028);
    expect(found.parametersAfter).toBe(300_031);
    expect(found.notes).toEqual([]);
  });

  test("the same file has only tensors that are the same", async () => {
    const file = makeSafetensors([
      f32Tensor("a", [3]),
      f32Tensor("empty", [0]),
      f32Tensor("b", []),
    ]);
    expect(changesOf(await diff(file, file.slice()))).toEqual([
      ["a", "same"],
      ["empty", "same"],
      ["b", "same"],
    ]);
  });

  test("tensors of different type or shape are never read", async () => {
    const before = new Blob([makeSafetensors([f32Tensor("a", [1 << 20])])]);
    const after = new Blob([makeSafetensors([f32Tensor("a", [2, 1 << 19])])]);
    const told: number[] = [];
    await diffTensors(before, after, (done) => told.push(done), NEVER);
    expect(told).toEqual([]);
  });

  test("[C5] bytes that are missing make a note, and never a tensor that is the same", async () => {
    const whole = makeSafetensors([f32Tensor("a", [4]), f32Tensor("b", [4])]);
    const found = await diff(whole, whole.slice(0, whole.length - 4));
    expect(changesOf(found)).toEqual([
      ["b", "values"],
      ["a", "same"],
    ]);
    expect(found.notes.at(-1)).toContain("“b” couldn't be compared");
    expect(found.notes[0]).toContain("Newer file: The file is cut off");
  });

  test("a shape that claims more bytes than the tensor has is not trusted", async () => {
    const lie = makeSafetensorsOf(`{"a":{"dtype":"F32","shape":[99],"data_offsets":[0,4]}}`, [
      new Uint8Array(4),
    ]);
    const found = await diff(lie, lie.slice());
    expect(changesOf(found)).toEqual([["a", "values"]]);
  });
});

describe("two GGUF files", () => {
  const parts = {
    metadata: { epochs: { type: "u32", value: 1 }, tokens: { type: "strings", value: ["a"] } },
    tensors: [
      { name: "a", type: 0, shape: [8], offset: 0 },
      { name: "b", type: 8, shape: [32], offset: 32 },
      { name: "unknown", type: 77, shape: [4], offset: 96 },
    ],
    dataBytes: 128,
  } as const;

  test("are compared in the same way", async () => {
    const after = makeGguf({
      ...parts,
      metadata: { ...parts.metadata, epochs: { type: "u32", value: 2 } },
    });
    // Within "b": the last 64 bytes are the padding after it and the last tensor.
    after[after.length - 128 + 40] = 1;
    const found = await diff(makeGguf(parts), after);
    expect(changesOf(found)).toEqual([
      ["b", "values"],
      ["unknown", "values"],
      ["a", "same"],
    ]);
    expect(found.metadata).toEqual([{ name: "epochs", before: "1", after: "2" }]);
    expect(found.notes.at(-1)).toContain("“unknown” couldn't be compared");
    expect(found.notes).toContain("Of lists in the metadata, only the first values were compared.");
  });

  test("of which one is cut off inside its head are not taken for the same", async () => {
    const whole = makeGguf(parts);
    // The head ends within its last tensor.
    const found = await diff(whole, whole.slice(0, whole.length - 128 - 40));
    expect(changesOf(found)).toEqual([
      ["a", "values"],
      ["b", "values"],
      ["unknown", "removed"],
    ]);
  });
});

describe("a long comparison", () => {
  const large = makeSafetensors([f32Tensor("a", [3 << 20]), f32Tensor("b", [100])]);

  test("tells how far it is, up to the whole of both sides", async () => {
    const told: (readonly [number, number])[] = [];
    await diffTensors(
      new Blob([large]),
      new Blob([large]),
      (done, total) => told.push([done, total]),
      NEVER,
    );
    const total = 2 * 4 * ((3 << 20) + 100);
    expect(told.at(-1)).toEqual([total, total]);
    expect(told.every(([done], index) => done >= (told[index - 1]?.[0] ?? 0))).toBe(true);
  });

  test("ends when it is cancelled", async () => {
    const abort = new AbortController();
    const call = diffTensors(
      new Blob([large]),
      new Blob([large]),
      () => abort.abort(),
      abort.signal,
    );
    expect(await codeOf(call)).toBe("aborted");
  });

  test("a side that is no safetensors is refused", async () => {
    expect(await codeOf(diff(large, utf8("no safetensors at all")))).toBe("file_unreadable");
    await expect(diff(utf8("{}"), large)).rejects.toThrow("the older file");
  });
});
