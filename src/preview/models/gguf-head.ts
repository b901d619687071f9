// Reads the head of a GGUF file. @huggingface/gguf is not used for it: that reads from URLs only, and
// keeps the whole head and every token of the vocabulary in memory; one odd tensor fails the file.
import type { NamedValue, TensorInfo } from "../../protocol/preview-api.ts";
import type { ByteSource } from "../byte-source.ts";
import { ByteCursor } from "../heads/byte-cursor.ts";
import { HeadError } from "../heads/head-error.ts";
import { formatBytes, formatCount, Notes, type Fault } from "../heads/notes.ts";
import { fileTypeName, ggmlSizeOf, ggmlTypeName, isGgmlType } from "./ggml-types.ts";
import { readLength, readName, readValue, type GgufFormat } from "./gguf-values.ts";
import type { ModelHead, PlacedTensor } from "./placed-tensor.ts";
import { MAX_TENSORS, parametersOf, sayIfCut, TensorTally } from "./tensor-tally.ts";

const DEFAULT_ALIGNMENT = 32;
/** Values of metadata that are kept, and that are read. */
const MAX_METADATA = 5000;
const MAX_METADATA_READ = 100_000;
/** Far more than any model has. */
const MAX_TENSORS_READ = 1_000_000;
/** ggml itself knows four. */
const MAX_DIMENSIONS = 8;

const UNKNOWN: Fault = {
  one: "has a type that Cairn doesn't know",
  many: "have types that Cairn doesn't know",
};
const IMPOSSIBLE: Fault = {
  one: "claims an impossible shape and counts as empty",
  many: "claim impossible shapes and count as empty",
};
const UNALIGNED: Fault = {
  one: "doesn't begin where the file's alignment asks",
  many: "don't begin where the file's alignment asks",
};
const OUTSIDE: Fault = {
  one: "reaches beyond the end of the file",
  many: "reach beyond the end of the file",
};
const BAD_BLOCKS: Fault = {
  one: "has a shape that its type can't be packed in",
  many: "have shapes that their types can't be packed in",
};

/** A tensor as the head lists it: its offset counts from where the data begin, which is known last. */
interface Listed extends TensorInfo {
  readonly offset: number;
}

/**
 * Reads the head alone, whatever the size of the file. Long texts and lists of metadata come cut.
 *
 * @throws HeadError where nothing of it can be read
 */
export async function readGgufHead(source: ByteSource): Promise<ModelHead> {
  const cursor = new ByteCursor(source);
  const format = await readFormat(cursor);
  const tensorCount = await readLength(cursor, format);
  const valueCount = await readLength(cursor, format);
  const tally = new TensorTally();
  const notes = new Notes("tensors");
  const metadata: NamedValue[] = [
    {
      name: "GGUF version",
      type: "",
      text: `${format.version}, ${cursor.littleEndian ? "little" : "big"}-endian`,
    },
  ];
  const listed: Listed[] = [];
  // Where the data begin is known only after a whole head: without it no tensor has a place.
  let dataStart = Infinity;
  try {
    const alignment = await readMetadata(cursor, format, valueCount, metadata, notes);
    for (let index = 0; index < tensorCount; index++) {
      if (index === MAX_TENSORS_READ)
        throw new HeadError(`it has more than ${formatCount(MAX_TENSORS_READ)} tensors`);
      listed.push(await readTensor(cursor, format, tally, notes));
    }
    dataStart = Math.ceil(cursor.position / alignment) * alignment;
    checkPlaces(listed, dataStart, alignment, source.size, notes);
  } catch (error) {
    if (!(error instanceof HeadError)) throw error;
    if (metadata.length === 1 && tally.count === 0) throw error;
    notes.say(`The rest of the file can't be read: ${error.reason}.`);
    if (tally.count < tensorCount)
      notes.say(
        `Of its tensors, ${formatCount(tally.count)} of ${formatCount(tensorCount)} could be read.`,
      );
  }
  sayIfCut(notes, tally.count);
  const tensors = listed
    .slice(0, MAX_TENSORS)
    .map((tensor) => place(tensor, dataStart, source.size));
  return { tally, tensors, metadata, notes };
}

async function readFormat(cursor: ByteCursor): Promise<GgufFormat> {
  await cursor.want(8);
  if (String.fromCharCode(...cursor.take(4)) !== "GGUF")
    throw new HeadError("it doesn't begin with “GGUF”");
  const read = cursor.u32();
  // Versions are small, so one in the upper half is written in the other order.
  cursor.littleEndian = (read & 0xffff) !== 0;
  const version = cursor.littleEndian ? read : ((read >>> 24) | ((read >>> 8) & 0xff00)) >>> 0;
  if (version < 1 || version > 3)
    throw new HeadError(`it is of version ${version} of GGUF, and Cairn knows 1 to 3`);
  return { version, lengthBytes: version === 1 ? 4 : 8 };
}

/** Reads the values and returns the alignment they ask for. */
async function readMetadata(
  cursor: ByteCursor,
  format: GgufFormat,
  count: number,
  metadata: NamedValue[],
  notes: Notes,
): Promise<number> {
  let alignment = DEFAULT_ALIGNMENT;
  for (let index = 0; index < count; index++) {
    if (index === MAX_METADATA_READ)
      throw new HeadError(`it has more than ${formatCount(MAX_METADATA_READ)} metadata values`);
    const name = await readName(cursor, format);
    const { type, text } = await readValue(cursor, format);
    if (name === "general.alignment") {
      const asked = Number(text);
      if (Number.isInteger(Math.log2(asked)) && asked >= 1 && asked <= 1 << 30) alignment = asked;
      else notes.say("The file asks for an alignment that can't be; 32 bytes were assumed.");
    }
    const fileType = name === "general.file_type" ? fileTypeName(Number(text)) : undefined;
    if (metadata.length <= MAX_METADATA)
      metadata.push({ name, type, text: fileType === undefined ? text : `${text} (${fileType})` });
  }
  if (count > MAX_METADATA)
    notes.say(
      `Only the first ${formatCount(MAX_METADATA)} of ${formatCount(count)} metadata values are listed.`,
    );
  return alignment;
}

async function readTensor(
  cursor: ByteCursor,
  format: GgufFormat,
  tally: TensorTally,
  notes: Notes,
): Promise<Listed> {
  const name = await readName(cursor, format);
  await cursor.want(4);
  const dimensions = cursor.u32();
  if (dimensions > MAX_DIMENSIONS)
    throw new HeadError(`a tensor in its header claims ${formatCount(dimensions)} dimensions`);
  const shape: number[] = [];
  for (let index = 0; index < dimensions; index++) shape.push(await readLength(cursor, format));
  await cursor.want(12);
  const type = cursor.u32();
  const offset = Number(cursor.u64());
  const parameters = parametersOf(shape);
  if (parameters === null) notes.add(IMPOSSIBLE, name);
  if (!isGgmlType(type)) notes.add(UNKNOWN, name);
  const size = ggmlSizeOf(type, shape[0] ?? 1, parameters ?? 0);
  if (size === undefined) notes.add(BAD_BLOCKS, name);
  const tensor = {
    name,
    dtype: ggmlTypeName(type),
    shape,
    parameters: parameters ?? 0,
    sizeBytes: size ?? null,
  };
  tally.add(tensor);
  return { ...tensor, offset };
}

function place({ offset, ...tensor }: Listed, dataStart: number, fileSize: number): PlacedTensor {
  const begin = dataStart + offset;
  const end = begin + (tensor.sizeBytes ?? 0);
  return { ...tensor, begin, end, isSound: tensor.sizeBytes !== null && end <= fileSize };
}

function checkPlaces(
  listed: readonly Listed[],
  dataStart: number,
  alignment: number,
  fileSize: number,
  notes: Notes,
): void {
  let missing = 0;
  for (const { name, offset, sizeBytes } of listed) {
    const end = dataStart + offset + (sizeBytes ?? 0);
    if (offset % alignment !== 0) notes.add(UNALIGNED, name);
    if (end > fileSize) {
      notes.add(OUTSIDE, name);
      missing = Math.max(missing, end - fileSize);
    }
  }
  if (missing > 0)
    notes.say(`The file is cut off: ${formatBytes(missing)} of its data are missing.`);
}
