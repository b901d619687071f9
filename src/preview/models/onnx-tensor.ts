// Reads what an ONNX tensor says of itself. Its values are skipped.
import type { TensorInfo } from "../../protocol/preview-api.ts";
import { elementBits, elementName } from "./onnx-types.ts";
import type { ProtobufWalk } from "./protobuf.ts";
import { parametersOf } from "./tensor-tally.ts";

const MAX_DIMENSIONS = 64;
const MAX_NAME = 500;
/** Fields that hold values: `raw_data` and the typed ones. */
const DATA_FIELDS = new Set([4, 5, 6, 7, 9, 10, 11]);
const RAW_DATA = 9;

export interface OnnxTensor extends TensorInfo {
  readonly fault: "shape" | "size" | null;
  /** The file its values are in, where that is another one. */
  readonly externalFile: string | null;
}

/** Reads a TensorProto from the cursor to `end`. */
export async function readTensor(walk: ProtobufWalk, end: number): Promise<OnnxTensor> {
  let name = "";
  let type = 0;
  let shape: number[] = [];
  let dataBytes = 0;
  let rawBytes: number | null = null;
  let isExternal = false;
  const external = new Map<string, string>();
  const { cursor } = walk;
  await walk.message(end, ({ number, value, end: fieldEnd }) => {
    if (fieldEnd === null) {
      if (number === 1 && shape.length < MAX_DIMENSIONS) shape.push(value);
      if (number === 2) type = value;
      if (number === 14) isExternal = value === 1;
      return undefined;
    }
    if (number === 1)
      return walk.varints(fieldEnd, MAX_DIMENSIONS).then((dims) => {
        shape = [...shape, ...dims].slice(0, MAX_DIMENSIONS);
      });
    if (number === 8)
      return walk.text(fieldEnd, MAX_NAME).then((text) => {
        name = text;
      });
    if (number === 13)
      return readPair(walk, fieldEnd).then(([key, text]) => {
        if (external.size < 20) external.set(key, text);
      });
    if (DATA_FIELDS.has(number)) dataBytes += fieldEnd - cursor.position;
    if (number === RAW_DATA) rawBytes = fieldEnd - cursor.position;
    return undefined;
  });
  const parameters = parametersOf(shape);
  const bits = elementBits(type);
  const needed = bits === null ? null : Math.ceil(((parameters ?? 0) * bits) / 8);
  const isWrong = rawBytes !== null && needed !== null && rawBytes !== needed;
  return {
    name,
    dtype: elementName(type),
    shape,
    parameters: parameters ?? 0,
    sizeBytes: isExternal ? (externalSize(external) ?? needed) : (rawBytes ?? needed ?? dataBytes),
    fault: parameters === null ? "shape" : isWrong ? "size" : null,
    externalFile: isExternal ? (external.get("location") ?? "") : null,
  };
}

function externalSize(external: ReadonlyMap<string, string>): number | null {
  const length = Number(external.get("length") ?? Number.NaN);
  return Number.isSafeInteger(length) && length >= 0 ? length : null;
}

/** Reads a key with its value, two texts. */
export async function readPair(
  walk: ProtobufWalk,
  end: number,
): Promise<readonly [string, string]> {
  let key = "";
  let text = "";
  await walk.message(end, ({ number, end: textEnd }) => {
    if (textEnd === null || (number !== 1 && number !== 2)) return undefined;
    return walk.text(textEnd, number === 1 ? MAX_NAME : 10_000).then((read) => {
      if (number === 1) key = read;
      else text = read;
    });
  });
  return [key, text];
}
