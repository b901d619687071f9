// The types of values in ONNX graphs, as they are shown.
import { HeadError } from "../heads/head-error.ts";
import type { ProtobufWalk } from "./protobuf.ts";

/** By the number ONNX gives each type; bits of one value where it has a fixed width. */
const ELEMENTS: readonly (readonly [name: string, bits: number | null])[] = [
  ["undefined", null],
  ["float32", 32],
  ["uint8", 8],
  ["int8", 8],
  ["uint16", 16],
  ["int16", 16],
  ["int32", 32],
  ["int64", 64],
  ["string", null],
  ["bool", 8],
  ["float16", 16],
  ["float64", 64],
  ["uint32", 32],
  ["uint64", 64],
  ["complex64", 64],
  ["complex128", 128],
  ["bfloat16", 16],
  ["float8e4m3fn", 8],
  ["float8e4m3fnuz", 8],
  ["float8e5m2", 8],
  ["float8e5m2fnuz", 8],
  ["uint4", 4],
  ["int4", 4],
  ["float4e2m1", 4],
  ["float8e8m0", 8],
  ["uint2", 2],
  ["int2", 2],
];
const MAX_DIMENSIONS = 64;
/** Types within types: a sequence of maps of tensors is three. */
const MAX_DEPTH = 8;
const MAX_NAME = 200;

export function elementName(type: number): string {
  return ELEMENTS[type]?.[0] ?? `type ${type}`;
}

/** Bits of one value; `null` where that isn't fixed or known. */
export function elementBits(type: number): number | null {
  return ELEMENTS[type]?.[1] ?? null;
}

/** A value's type and shape, as text. */
export interface ValueType {
  readonly type: string;
  readonly text: string;
}

/** Reads a TypeProto from the cursor to `end`. */
export async function readType(walk: ProtobufWalk, end: number, depth = 0): Promise<ValueType> {
  if (depth > MAX_DEPTH) throw new HeadError("types in it are nested too deeply");
  let found: ValueType = { type: "", text: "" };
  await walk.message(end, ({ number, end: fieldEnd }) => {
    if (fieldEnd === null) return undefined;
    const read = async (): Promise<void> => {
      if (number === 1) found = await readTensorType(walk, fieldEnd);
      else if (number === 8) {
        const inner = await readTensorType(walk, fieldEnd);
        found = { ...inner, type: `sparse ${inner.type}` };
      } else if (number === 4) found = await readOuter(walk, fieldEnd, "sequence of", 1, depth);
      else if (number === 9) found = await readOuter(walk, fieldEnd, "optional", 1, depth);
      else if (number === 5) found = await readOuter(walk, fieldEnd, "map of", 2, depth);
    };
    return [1, 4, 5, 8, 9].includes(number) ? read() : undefined;
  });
  return found;
}

/** A sequence, optional or map: a message with another type in one of its fields. */
async function readOuter(
  walk: ProtobufWalk,
  end: number,
  word: string,
  innerField: number,
  depth: number,
): Promise<ValueType> {
  let inner: ValueType = { type: "", text: "" };
  await walk.message(end, (field) => {
    const { end: innerEnd } = field;
    if (field.number !== innerField || innerEnd === null) return undefined;
    return readType(walk, innerEnd, depth + 1).then((read) => {
      inner = read;
    });
  });
  return { type: `${word} ${inner.type}`.trimEnd(), text: inner.text };
}

async function readTensorType(walk: ProtobufWalk, end: number): Promise<ValueType> {
  let type = "";
  let text = "any shape";
  await walk.message(end, ({ number, value, end: shapeEnd }) => {
    if (number === 1) type = elementName(value);
    if (number !== 2 || shapeEnd === null) return undefined;
    return readShape(walk, shapeEnd).then((dimensions) => {
      text = dimensions.length === 0 ? "scalar" : `[${dimensions.join(", ")}]`;
    });
  });
  return { type, text };
}

async function readShape(walk: ProtobufWalk, end: number): Promise<readonly string[]> {
  const dimensions: string[] = [];
  await walk.message(end, ({ number, end: dimEnd }) => {
    if (number !== 1 || dimEnd === null || dimensions.length >= MAX_DIMENSIONS) return undefined;
    return readDimension(walk, dimEnd).then((dimension) => void dimensions.push(dimension));
  });
  return dimensions;
}

/** A dimension: its size or its name; `?` where it says neither. */
async function readDimension(walk: ProtobufWalk, end: number): Promise<string> {
  let text = "?";
  await walk.message(end, ({ number, value, end: nameEnd }) => {
    if (number === 1 && nameEnd === null) text = value < 0 ? "?" : String(value);
    if (number !== 2 || nameEnd === null) return undefined;
    return walk.text(nameEnd, MAX_NAME).then((name) => {
      text = name === "" ? "?" : name;
    });
  });
  return text;
}
