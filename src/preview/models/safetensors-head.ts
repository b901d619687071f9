// Reads the head of a safetensors file: its length, then JSON that says where each tensor lies.
import type { NamedValue } from "../../protocol/preview-api.ts";
import { isJsonObject } from "../../core/json.ts";
import type { ByteSource } from "../byte-source.ts";
import { HeadError } from "../heads/head-error.ts";
import { formatBytes, formatCount, Notes, type Fault } from "../heads/notes.ts";
import { readMembers, stringAt } from "./json-members.ts";
import type { ModelHead, PlacedTensor } from "./placed-tensor.ts";
import { layOut, type Span } from "./safetensors-layout.ts";
import { bitsOf } from "./safetensors-dtypes.ts";
import { MAX_TENSORS, parametersOf, sayIfCut, TensorTally } from "./tensor-tally.ts";

/** The format's own limit. */
const MAX_HEAD_BYTES = 100_000_000;
const LENGTH_BYTES = 8;
/** Characters of one tensor's description: enough for any number of dimensions. */
const MAX_DESCRIPTION = 10_000;
/** Members that are looked at: far more than any model has. */
const MAX_MEMBERS = 1_000_000;
/** Values of `__metadata__` that are kept, and that are counted. */
const MAX_METADATA = 5000;
const MAX_METADATA_COUNTED = 100_000;

const ODD: Fault = {
  one: "is not described as a tensor and was left out",
  many: "are not described as tensors and were left out",
};
const DUPLICATE: Fault = {
  one: "is listed twice; the first is shown",
  many: "are listed twice; the first of each is shown",
};
const UNKNOWN: Fault = {
  one: "has a type of number that Cairn doesn't know",
  many: "have types of numbers that Cairn doesn't know",
};
const WRONG_SIZE: Fault = {
  one: "takes a number of bytes that doesn't fit its type and shape",
  many: "take numbers of bytes that don't fit their types and shapes",
};

/**
 * Reads the head alone, whatever the size of the file. Texts of metadata come whole.
 *
 * @throws HeadError where nothing of it can be read
 */
export async function readSafetensorsHead(source: ByteSource): Promise<ModelHead> {
  const notes = new Notes("tensors");
  const { text, dataStart, isWhole } = await readText(source, notes);
  const tally = new TensorTally();
  const tensors: PlacedTensor[] = [];
  const spans: Span[] = [];
  const metadata: NamedValue[] = [];
  const dataBytes = Math.max(source.size - dataStart, 0);
  const seen = new Set<string>();

  const onMember = (name: string, start: number, end: number): void => {
    if (seen.has(name)) {
      notes.add(DUPLICATE, name);
      return;
    }
    seen.add(name);
    if (seen.size > MAX_MEMBERS)
      throw new HeadError(`it lists more than ${formatCount(MAX_MEMBERS)} tensors`);
    if (name === "__metadata__") {
      readMetadata(text, start, metadata, notes);
      return;
    }
    const described = end - start <= MAX_DESCRIPTION ? describe(text.slice(start, end)) : null;
    if (described === null) {
      notes.add(ODD, name);
      return;
    }
    const { dtype, shape, parameters, begin, end: dataEnd } = described;
    const bits = bitsOf(dtype);
    const sizeBytes = dataEnd - begin;
    const fits = bits === undefined || (parameters * bits) / 8 === sizeBytes;
    if (bits === undefined) notes.add(UNKNOWN, name);
    else if (!fits) notes.add(WRONG_SIZE, name);
    tally.add({ name, dtype, shape, parameters, sizeBytes });
    spans.push({ name, begin, end: dataEnd });
    if (tensors.length < MAX_TENSORS)
      tensors.push({
        name,
        dtype,
        shape,
        parameters,
        sizeBytes,
        begin: dataStart + begin,
        end: dataStart + dataEnd,
        isSound: fits && dataEnd <= dataBytes,
      });
  };

  try {
    readMembers(text, 0, onMember);
  } catch (error) {
    if (!(error instanceof HeadError) || (tally.count === 0 && metadata.length === 0)) throw error;
    notes.say(`The rest of the file can't be read: ${error.reason}.`);
  }
  // Of a head that is cut off, the layout would say nothing but that.
  if (isWhole) layOut(spans, dataBytes, notes);
  sayIfCut(notes, tally.count);
  return { tally, tensors, metadata, notes };
}

async function readText(
  source: ByteSource,
  notes: Notes,
): Promise<{ text: string; dataStart: number; isWhole: boolean }> {
  const first = await source.read(0, LENGTH_BYTES);
  if (first.length < LENGTH_BYTES) throw new HeadError("it is too short for a header");
  const claimed = new DataView(first.buffer, first.byteOffset).getBigUint64(0, true);
  if (claimed > BigInt(MAX_HEAD_BYTES))
    throw new HeadError(
      `its header claims ${formatCount(claimed)} bytes, and ${formatCount(MAX_HEAD_BYTES)} is the most`,
    );
  const dataStart = LENGTH_BYTES + Number(claimed);
  const bytes = await source.read(LENGTH_BYTES, Math.min(dataStart, source.size));
  const isWhole = bytes.length === Number(claimed);
  if (!isWhole)
    notes.say(
      `The file is cut off inside its header: ${formatBytes(Number(claimed))} were announced, and ${formatBytes(bytes.length)} are there.`,
    );
  try {
    return { text: new TextDecoder("utf-8", { fatal: isWhole }).decode(bytes), dataStart, isWhole };
  } catch {
    throw new HeadError("its header is not valid UTF-8");
  }
}

interface Described {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly begin: number;
  readonly end: number;
}

/** A tensor's description, or `null` where it is none. */
function describe(json: string): Described | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isJsonObject(value)) return null;
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string" || !isNumbers(shape) || !isNumbers(offsets)) return null;
  const parameters = parametersOf(shape);
  const [begin, end] = offsets;
  if (parameters === null || begin === undefined || end === undefined || offsets.length !== 2)
    return null;
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin < 0 || begin > end)
    return null;
  return { dtype: dtype.slice(0, 40), shape, parameters, begin, end };
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

function readMetadata(text: string, start: number, into: NamedValue[], notes: Notes): void {
  let count = 0;
  try {
    readMembers(text, start, (name, valueStart, valueEnd) => {
      if (++count > MAX_METADATA_COUNTED) throw new HeadError("its metadata are too long");
      if (count > MAX_METADATA) return;
      const value = stringAt(text, valueStart, valueEnd);
      into.push(
        value === null
          ? { name, type: "", text: text.slice(valueStart, valueEnd) }
          : { name, type: "string", text: value },
      );
    });
  } catch (error) {
    if (!(error instanceof HeadError)) throw error;
    notes.say(
      "The metadata are longer than any, or not as the format asks, and were read only in part.",
    );
  }
  if (count > MAX_METADATA && count <= MAX_METADATA_COUNTED)
    notes.say(
      `Only the first ${formatCount(MAX_METADATA)} of ${formatCount(count)} metadata values are listed.`,
    );
}
