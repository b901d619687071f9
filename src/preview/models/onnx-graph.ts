// Reads an ONNX graph: its inputs, outputs, operators and tensors, and those of the graphs within it.
import type { NamedValue } from "../../protocol/preview-api.ts";
import { HeadError } from "../heads/head-error.ts";
import { Notes, type Fault } from "../heads/notes.ts";
import { readTensor, type OnnxTensor } from "./onnx-tensor.ts";
import { readType } from "./onnx-types.ts";
import type { Field, ProtobufWalk } from "./protobuf.ts";
import { TensorTally } from "./tensor-tally.ts";

const MAX_NAME = 500;
/** Graphs within graphs, as loops and conditions have them. */
const MAX_DEPTH = 32;
const MAX_VALUES = 1000;
/** Different operators that are told apart. */
const MAX_OPERATORS = 5000;
/** Names of initialisers that are remembered, to tell real inputs from those with a value. */
const MAX_NAMES = 200_000;

const WRONG_SHAPE: Fault = {
  one: "claims an impossible shape and counts as empty",
  many: "claim impossible shapes and count as empty",
};
const WRONG_SIZE: Fault = {
  one: "has a number of bytes that doesn't fit its type and shape",
  many: "have numbers of bytes that don't fit their types and shapes",
};

/** What is gathered while the file is walked through, so that it outlives a broken end. */
export class OnnxFindings {
  readonly tally = new TensorTally();
  readonly notes = new Notes("tensors");
  readonly inputs: NamedValue[] = [];
  readonly outputs: NamedValue[] = [];
  readonly operators = new Map<string, number>();
  readonly initialiserNames = new Set<string>();
  /** Tensors that are values of `Constant` operators. */
  constants = 0;
  subgraphs = 0;
  externalTensors = 0;
  readonly externalFiles = new Set<string>();

  addTensor(tensor: OnnxTensor, name: string): void {
    const { dtype, shape, parameters, sizeBytes, fault, externalFile } = tensor;
    this.tally.add({ name, dtype, shape, parameters, sizeBytes });
    if (fault !== null) this.notes.add(fault === "shape" ? WRONG_SHAPE : WRONG_SIZE, name);
    if (externalFile === null) return;
    this.externalTensors++;
    if (this.externalFiles.size < MAX_VALUES) this.externalFiles.add(externalFile);
  }

  countOperator(domain: string, type: string): void {
    const name = domain === "" || domain === "ai.onnx" ? type : `${domain}.${type}`;
    const key =
      this.operators.has(name) || this.operators.size < MAX_OPERATORS ? name : "other operators";
    this.operators.set(key, (this.operators.get(key) ?? 0) + 1);
  }
}

/** Reads a GraphProto from the cursor to `end`, and returns its name and description. */
export async function readGraph(
  walk: ProtobufWalk,
  end: number,
  found: OnnxFindings,
  depth = 0,
): Promise<{ name: string; description: string }> {
  if (depth > MAX_DEPTH) throw new HeadError("graphs in it are nested too deeply");
  if (depth > 0) found.subgraphs++;
  let name = "";
  let description = "";
  await walk.message(end, ({ number, end: fieldEnd }) => {
    if (fieldEnd === null) return undefined;
    switch (number) {
      case 1:
        return readNode(walk, fieldEnd, found, depth);
      case 2:
        return walk.text(fieldEnd, MAX_NAME).then((text) => {
          name = text;
        });
      case 5:
        return readInitialiser(walk, fieldEnd, found);
      case 10:
        return walk.text(fieldEnd, 10_000).then((text) => {
          description = text;
        });
      case 11:
        return depth === 0 ? readValue(walk, fieldEnd, found.inputs) : undefined;
      case 12:
        return depth === 0 ? readValue(walk, fieldEnd, found.outputs) : undefined;
      case 15:
        return walk.message(fieldEnd, ({ number: part, end: partEnd }) =>
          part === 1 && partEnd !== null ? readInitialiser(walk, partEnd, found) : undefined,
        );
      default:
        return undefined;
    }
  });
  return { name, description };
}

async function readInitialiser(
  walk: ProtobufWalk,
  end: number,
  found: OnnxFindings,
): Promise<void> {
  const tensor = await readTensor(walk, end);
  if (found.initialiserNames.size < MAX_NAMES) found.initialiserNames.add(tensor.name);
  found.addTensor(tensor, tensor.name);
}

/** Reads a NodeProto: counts its operator, looks for graphs within it, and keeps a constant's tensor. */
export async function readNode(
  walk: ProtobufWalk,
  end: number,
  found: OnnxFindings,
  depth: number,
): Promise<void> {
  let type = "";
  let domain = "";
  let output: string | null = null;
  let tensor: OnnxTensor | null = null;
  await walk.message(end, ({ number, end: fieldEnd }) => {
    if (fieldEnd === null) return undefined;
    if (number === 5)
      return readAttribute(walk, fieldEnd, found, depth).then((value) => {
        tensor = value ?? tensor;
      });
    // Texts, all of them short; only the first output is of use.
    if (number === 4 || number === 7 || (number === 2 && output === null))
      return walk.text(fieldEnd, MAX_NAME).then((text) => {
        if (number === 4) type = text;
        else if (number === 7) domain = text;
        else output = text;
      });
    return undefined;
  });
  found.countOperator(domain, type);
  const constant = tensor as OnnxTensor | null;
  if (type !== "Constant" || constant === null) return;
  found.constants++;
  found.addTensor(constant, output ?? constant.name);
}

/** Reads an AttributeProto: the graphs in it are walked through, a tensor in it is returned. */
async function readAttribute(
  walk: ProtobufWalk,
  end: number,
  found: OnnxFindings,
  depth: number,
): Promise<OnnxTensor | null> {
  let tensor: OnnxTensor | null = null;
  await walk.message(end, ({ number, end: fieldEnd }: Field) => {
    if (fieldEnd === null) return undefined;
    if (number === 5)
      return readTensor(walk, fieldEnd).then((read) => {
        tensor = read;
      });
    if (number === 6 || number === 11)
      return readGraph(walk, fieldEnd, found, depth + 1).then(() => undefined);
    return undefined;
  });
  return tensor;
}

async function readValue(walk: ProtobufWalk, end: number, into: NamedValue[]): Promise<void> {
  let value: NamedValue = { name: "", type: "", text: "" };
  await walk.message(end, ({ number, end: fieldEnd }) => {
    if (fieldEnd === null) return undefined;
    if (number === 1)
      return walk.text(fieldEnd, MAX_NAME).then((name) => {
        value = { ...value, name };
      });
    if (number === 2)
      return readType(walk, fieldEnd).then((type) => {
        value = { ...value, ...type };
      });
    return undefined;
  });
  if (into.length < MAX_VALUES) into.push(value);
}
