// Opens an ONNX model by walking through its protobuf. A library would load it whole, weights and all.
import type { NamedValue } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import { ByteCursor } from "../heads/byte-cursor.ts";
import { HeadError } from "../heads/head-error.ts";
import { formatCount, quoted } from "../heads/notes.ts";
import type { BarePreview, OpenedPreview, PreviewFile } from "../opened.ts";
import { OnnxFindings, readGraph, readNode } from "./onnx-graph.ts";
import { readPair } from "./onnx-tensor.ts";
import { ProtobufWalk } from "./protobuf.ts";
import { sayIfCut } from "./tensor-tally.ts";

const MAX_TEXT = 10_000;
const MAX_METADATA = 5000;
/** Texts of a ModelProto, by field. */
const TEXTS: ReadonlyMap<number, string> = new Map([
  [2, "producer"],
  [3, "producer version"],
  [4, "domain"],
  [6, "description"],
]);

/** The opener of `onnx`. */
export async function openOnnx({ source, path }: PreviewFile): Promise<OpenedPreview> {
  const found = new OnnxFindings();
  const metadata: NamedValue[] = [];
  try {
    const hasGraph = await readModel(
      new ProtobufWalk(new ByteCursor(source)),
      source.size,
      found,
      metadata,
    );
    if (!hasGraph) throw new HeadError("it has no graph");
    if (found.operators.size + found.tally.count + found.outputs.length === 0)
      throw new HeadError("its graph is empty");
  } catch (error) {
    if (!(error instanceof HeadError)) throw error;
    // Random bytes can pass for a few fields, but seldom for operators or tensors with names.
    if (found.operators.size === 0 && found.tally.count === 0)
      throw badFile(path, error.reason, error);
    found.notes.say(`The rest of the file can't be read: ${error.reason}.`);
  }
  return { preview: previewOf(found, metadata) };
}

/** Reads a ModelProto, and returns whether it has a graph. */
async function readModel(
  walk: ProtobufWalk,
  end: number,
  found: OnnxFindings,
  metadata: NamedValue[],
): Promise<boolean> {
  let hasGraph = false;
  let functions = 0;
  const add = (name: string, type: string, text: string): void => {
    if (metadata.length < MAX_METADATA && text !== "") metadata.push({ name, type, text });
  };
  await walk.message(end, ({ number, value, end: fieldEnd }) => {
    if (fieldEnd === null) {
      if (number === 1) add("ir version", "", String(value));
      if (number === 5) add("model version", "", String(value));
      return undefined;
    }
    const name = TEXTS.get(number);
    if (name !== undefined)
      return walk.text(fieldEnd, MAX_TEXT).then((text) => add(name, "", text));
    switch (number) {
      case 7:
        hasGraph = true;
        return readGraph(walk, fieldEnd, found).then((graph) => {
          add("graph", "", graph.name);
          add("graph description", "", graph.description);
        });
      case 8:
        return readOpset(walk, fieldEnd).then(({ domain, version }) =>
          add(`opset ${domain === "" ? "ai.onnx" : domain}`, "", String(version)),
        );
      case 14:
        return readPair(walk, fieldEnd).then(([key, text]) => add(key, "string", text));
      case 25:
        functions++;
        return walk.message(fieldEnd, ({ number: part, end: partEnd }) =>
          part === 7 && partEnd !== null ? readNode(walk, partEnd, found, 0) : undefined,
        );
      default:
        return undefined;
    }
  });
  if (functions > 0) add("functions of its own", "", formatCount(functions));
  return hasGraph;
}

async function readOpset(
  walk: ProtobufWalk,
  end: number,
): Promise<{ domain: string; version: number }> {
  let domain = "";
  let version = 0;
  await walk.message(end, ({ number, value, end: fieldEnd }) => {
    if (number === 2 && fieldEnd === null) version = value;
    if (number !== 1 || fieldEnd === null) return undefined;
    return walk.text(fieldEnd, 200).then((text) => {
      domain = text;
    });
  });
  return { domain, version };
}

function previewOf(found: OnnxFindings, metadata: NamedValue[]): BarePreview {
  const { tally, notes, subgraphs, constants, externalTensors, externalFiles } = found;
  if (subgraphs > 0)
    metadata.push({ name: "graphs within the graph", type: "", text: formatCount(subgraphs) });
  if (constants > 0)
    metadata.push({
      name: "tensors in Constant operators",
      type: "",
      text: formatCount(constants),
    });
  if (externalTensors > 0) {
    const files = [...externalFiles].slice(0, 3).map(quoted).join(", ");
    const more = externalFiles.size > 3 ? ` and ${formatCount(externalFiles.size - 3)} more` : "";
    notes.say(
      externalTensors === 1
        ? `The values of 1 tensor are in another file: ${files}.`
        : `The values of ${formatCount(externalTensors)} tensors are in other files: ${files}${more}.`,
    );
  }
  sayIfCut(notes, tally.count);
  return {
    kind: "onnx",
    notes: notes.all(),
    metadata,
    graph: {
      // Older models list their initialisers among the inputs too.
      inputs: found.inputs.filter(({ name }) => !found.initialiserNames.has(name)),
      outputs: found.outputs,
      operators: [...found.operators]
        .map(([name, count]) => ({ name, count }))
        .toSorted((a, b) => b.count - a.count),
    },
    ...tally.summary(),
  };
}
