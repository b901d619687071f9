// Writes small model files of each format, sound ones and lying ones.
import { fixed, joinBytes, utf8, type Bytes } from "./byte-writer.ts";

export interface MadeTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A tensor of F32 counting up from a number. */
export function f32Tensor(name: string, shape: readonly number[], first = 0): MadeTensor {
  const length = shape.reduce((product, dim) => product * dim, 1);
  const values = Float32Array.from({ length }, (_, index) => first + index);
  return { name, dtype: "F32", shape, bytes: new Uint8Array(values.buffer) };
}

/** A safetensors file. */
export function makeSafetensors(
  tensors: readonly MadeTensor[],
  metadata?: Readonly<Record<string, string>>,
): Bytes {
  let end = 0;
  const members = tensors.map(({ name, dtype, shape, bytes }) => {
    const begin = end;
    end += bytes.length;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`;
  });
  if (metadata !== undefined) members.unshift(`"__metadata__":${JSON.stringify(metadata)}`);
  return makeSafetensorsOf(
    `{${members.join(",")}}`,
    tensors.map(({ bytes }) => bytes),
  );
}

/** A safetensors file with a head as given, whatever that says. */
export function makeSafetensorsOf(head: string, data: readonly Uint8Array[]): Bytes {
  const bytes = utf8(head.padEnd(Math.ceil(head.length / 8) * 8));
  return joinBytes([fixed("u64", bytes.length), bytes, ...data]);
}

export type GgufValue =
  | { readonly type: "u32" | "u64" | "f32" | "bool"; readonly value: number | bigint }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "i32s"; readonly value: readonly number[] };
export interface GgufTensor {
  readonly name: string;
  /** The number ggml gives the type: 0 is F32, 12 is Q4_K. */
  readonly type: number;
  readonly shape: readonly (number | bigint)[];
  readonly offset: number | bigint;
}
export interface GgufParts {
  readonly version?: 1 | 2 | 3;
  readonly bigEndian?: boolean;
  readonly metadata?: Readonly<Record<string, GgufValue>>;
  readonly tensors?: readonly GgufTensor[];
  /** Bytes of data after the head, all zero. */
  readonly dataBytes?: number;
  readonly alignment?: number;
  /** What the head claims, where that is a lie. */
  readonly tensorCount?: bigint;
  readonly valueCount?: bigint;
}

/** A GGUF file. */
export function makeGguf(parts: GgufParts): Bytes {
  const { version = 3, metadata = {}, tensors = [], dataBytes = 0, alignment = 32 } = parts;
  const littleEndian = parts.bigEndian !== true;
  const u32 = (value: number): Bytes => fixed("u32", value, littleEndian);
  const size = (value: number | bigint): Bytes =>
    fixed(version === 1 ? "u32" : "u64", value, littleEndian);
  const string = (text: string): Bytes => {
    const bytes = utf8(text);
    return joinBytes([size(bytes.length), bytes]);
  };
  const valueOf = (given: GgufValue): Bytes => {
    switch (given.type) {
      case "u32":
        return joinBytes([u32(4), u32(Number(given.value))]);
      case "u64":
        return joinBytes([u32(10), fixed("u64", given.value, littleEndian)]);
      case "f32":
        return joinBytes([u32(6), fixed("f32", given.value, littleEndian)]);
      case "bool":
        return joinBytes([u32(7), fixed("u8", given.value)]);
      case "string":
        return joinBytes([u32(8), string(given.value)]);
      case "strings":
        return joinBytes([u32(9), u32(8), size(given.value.length), ...given.value.map(string)]);
      case "i32s":
        return joinBytes([u32(9), u32(5), size(given.value.length), ...given.value.map(u32)]);
    }
  };
  const head = joinBytes([
    utf8("GGUF"),
    u32(version),
    size(parts.tensorCount ?? tensors.length),
    size(parts.valueCount ?? Object.keys(metadata).length),
    ...Object.entries(metadata).map(([key, value]) => joinBytes([string(key), valueOf(value)])),
    ...tensors.map(({ name, shape, type, offset }) =>
      joinBytes([
        string(name),
        u32(shape.length),
        ...shape.map(size),
        u32(type),
        fixed("u64", offset, littleEndian),
      ]),
    ),
  ]);
  const padding = dataBytes === 0 ? 0 : -head.length & (alignment - 1);
  return joinBytes([head, new Uint8Array(padding + dataBytes)]);
}

/** A field of a protobuf message: a number, a text, bytes (of a message too), or several of them. */
export type ProtoValue = number | bigint | string | Uint8Array | readonly ProtoValue[];

/** A protobuf message; its keys are field numbers. */
export function proto(fields: Readonly<Record<number, ProtoValue>>): Bytes {
  return joinBytes(
    Object.entries(fields).flatMap(([number, value]) =>
      (Array.isArray(value) ? (value as readonly ProtoValue[]) : [value]).map((one) =>
        protoField(Number(number), one as Exclude<ProtoValue, readonly ProtoValue[]>),
      ),
    ),
  );
}

function protoField(number: number, value: number | bigint | string | Uint8Array): Bytes {
  if (typeof value === "number" || typeof value === "bigint")
    return joinBytes([varint(number << 3), varint(value)]);
  const bytes = typeof value === "string" ? utf8(value) : value;
  return joinBytes([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

export function varint(value: number | bigint): Bytes {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

/** The type of a graph's input or output: a tensor of a type of number and of named or fixed dimensions. */
export function onnxValue(name: string, type: number, shape: readonly (number | string)[]): Bytes {
  const dims = shape.map((dim) => proto(typeof dim === "number" ? { 1: dim } : { 2: dim }));
  return proto({ 1: name, 2: proto({ 1: proto({ 1: type, 2: proto({ 1: dims }) }) }) });
}

/** A tensor of float32 with its bytes in `raw_data`. */
export function onnxTensor(name: string, shape: readonly number[]): Bytes {
  const length = shape.reduce((product, dim) => product * dim, 1);
  return proto({ 1: shape, 2: 1, 8: name, 9: new Uint8Array(4 * length) });
}

/** An ONNX model of one graph: two operators of ONNX, one of another domain, and two initialisers. */
export function makeOnnx(): Bytes {
  const graph = proto({
    1: [
      proto({ 1: ["x", "w"], 2: "h", 4: "MatMul" }),
      proto({ 1: ["h", "b"], 2: "s", 4: "Add" }),
      proto({ 1: "s", 2: "y", 4: "FastGelu", 7: "com.microsoft" }),
    ],
    2: "tiny",
    5: [onnxTensor("w", [4, 2]), onnxTensor("b", [2])],
    11: onnxValue("x", 1, ["batch", 4]),
    12: onnxValue("y", 1, ["batch", 2]),
  });
  return proto({
    1: 8,
    2: "cairn-tests",
    3: "1.0",
    6: "A model of two layers.",
    7: graph,
    8: [proto({ 2: 17 }), proto({ 1: "com.microsoft", 2: 1 })],
    14: proto({ 1: "task", 2: "classify" }),
  });
}
