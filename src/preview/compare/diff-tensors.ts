// What changed between two files of tensors (safetensors or GGUF), tensor by tensor. Heads are read
// first; only tensors of equal type and shape are compared by their bytes.
import { CairnError } from "../../core/errors.ts";
import type { TensorChange, TensorDiff } from "../../protocol/compare-api.ts";
import type { NamedValue, TensorInfo } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import { sourceOf, type ByteSource } from "../byte-source.ts";
import { HeadError } from "../heads/head-error.ts";
import { cutText, Notes, type Fault } from "../heads/notes.ts";
import { readGgufHead } from "../models/gguf-head.ts";
import type { ModelHead, PlacedTensor } from "../models/placed-tensor.ts";
import { readSafetensorsHead } from "../models/safetensors-head.ts";
import { MAX_VALUE_LENGTH } from "../models/safetensors.ts";
import { haveSameBytes } from "./same-bytes.ts";

type OnProgress = (bytesDone: number, bytesTotal: number) => void;

/** The order of the list: what needs a look first. */
const ORDER: readonly TensorChange["change"][] = [
  "values",
  "shape",
  "dtype",
  "added",
  "removed",
  "same",
];
const PROGRESS_MS = 100;

const NOT_COMPARED: Fault = {
  one: "couldn't be compared, as its bytes are missing or not as its type and shape need. It counts as changed",
  many: "couldn't be compared, as their bytes are missing or not as their types and shapes need. They count as changed",
};

interface Side {
  readonly source: ByteSource;
  readonly head: ModelHead;
}

/**
 * Compares two files of tensors.
 *
 * @param onProgress told the bytes of both sides that need no more reading, at most ten times a second
 * @throws CairnError `file_unreadable` where a side is none, `aborted` by the signal
 */
export async function diffTensors(
  before: Blob,
  after: Blob,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<TensorDiff> {
  const [older, newer] = [
    await openSide(before, "the older file"),
    await openSide(after, "the newer file"),
  ];
  stopIfAborted(signal);
  const notes = new Notes("tensors");
  const found = matchTensors(older.head, newer.head);
  if ([older, newer].every(({ head }) => head.metadata.some(isList)))
    notes.say("Of lists in the metadata, only the first values were compared.");
  const values = await compareValues(found, older, newer, notes, onProgress, signal);
  const tensors = found
    .map((pair): TensorChange => ({
      name: pair.name,
      change: values.get(pair) ?? pair.change,
      before: pair.before === null ? null : infoOf(pair.before),
      after: pair.after === null ? null : infoOf(pair.after),
    }))
    .toSorted((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
  return {
    tensors,
    metadata: diffMetadata(older.head.metadata, newer.head.metadata),
    parametersBefore: older.head.tally.parameters,
    parametersAfter: newer.head.tally.parameters,
    notes: [
      ...older.head.notes.all().map((note) => `Older file: ${note}`),
      ...newer.head.notes.all().map((note) => `Newer file: ${note}`),
      ...notes.all(),
    ],
  };
}

async function openSide(blob: Blob, name: string): Promise<Side> {
  const source = sourceOf(blob);
  try {
    const isGguf = String.fromCharCode(...(await source.read(0, 4))) === "GGUF";
    return { source, head: await (isGguf ? readGgufHead : readSafetensorsHead)(source) };
  } catch (error) {
    if (error instanceof HeadError) throw badFile(name, error.reason, error);
    throw error;
  }
}

interface Pair {
  readonly name: string;
  readonly change: TensorChange["change"];
  readonly before: PlacedTensor | null;
  readonly after: PlacedTensor | null;
}

/** Pairs tensors by name, in the order of the newer file; those only the older one has come last. */
function matchTensors(older: ModelHead, newer: ModelHead): readonly Pair[] {
  const rest = new Map(older.tensors.map((tensor) => [tensor.name, tensor]));
  const pairs = newer.tensors.map((after): Pair => {
    const before = rest.get(after.name) ?? null;
    rest.delete(after.name);
    return { name: after.name, change: changeOf(before, after), before, after };
  });
  for (const before of rest.values())
    pairs.push({ name: before.name, change: "removed", before, after: null });
  return pairs;
}

function changeOf(before: PlacedTensor | null, after: PlacedTensor): TensorChange["change"] {
  if (before === null) return "added";
  const isSameShape =
    before.shape.length === after.shape.length &&
    before.shape.every((dim, index) => dim === after.shape[index]);
  if (!isSameShape) return "shape";
  return before.dtype === after.dtype ? "same" : "dtype";
}

/** Reads the pairs that may be the same, and says of each what it is. */
async function compareValues(
  pairs: readonly Pair[],
  older: Side,
  newer: Side,
  notes: Notes,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ReadonlyMap<Pair, TensorChange["change"]>> {
  const changes = new Map<Pair, TensorChange["change"]>();
  const candidates = pairs.filter(({ change }) => change === "same");
  const bytesTotal = candidates.reduce((sum, { before }) => sum + 2 * (before?.sizeBytes ?? 0), 0);
  let bytesDone = 0;
  let toldAt = -Infinity;
  const tell = (): void => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_MS && bytesDone < bytesTotal) return;
    toldAt = now;
    onProgress(bytesDone, bytesTotal);
  };
  for (const pair of candidates) {
    const { before, after } = pair;
    if (before === null || after === null) continue;
    const doneBefore = bytesDone;
    if (before.isSound && after.isSound && before.sizeBytes === after.sizeBytes) {
      const isSame = await haveSameBytes(
        { ...before, source: older.source },
        { ...after, source: newer.source },
        (bytes) => {
          stopIfAborted(signal);
          bytesDone += 2 * bytes;
          tell();
        },
      );
      if (!isSame) changes.set(pair, "values");
    } else {
      notes.add(NOT_COMPARED, pair.name);
      changes.set(pair, "values");
    }
    // What was left out after a difference needs no reading either.
    bytesDone = doneBefore + 2 * (before.sizeBytes ?? 0);
  }
  if (bytesDone > 0) tell();
  return changes;
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new CairnError("aborted", {});
}

function infoOf({ name, dtype, shape, parameters, sizeBytes }: PlacedTensor): TensorInfo {
  return { name, dtype, shape, parameters, sizeBytes };
}

/** Whether a value is a list, of which the head of a GGUF keeps the first values. */
function isList({ type }: NamedValue): boolean {
  return type.startsWith("list of");
}

/** Values of the head that differ, in the order of the newer file. */
function diffMetadata(
  older: readonly NamedValue[],
  newer: readonly NamedValue[],
): TensorDiff["metadata"] {
  const textsBefore = new Map(older.map(({ name, text }) => [name, text]));
  const textsAfter = new Map(newer.map(({ name, text }) => [name, text]));
  const show = (text: string | undefined): string | null =>
    text === undefined ? null : cutText(text, MAX_VALUE_LENGTH);
  return [...new Set([...textsAfter.keys(), ...textsBefore.keys()])]
    .filter((name) => textsBefore.get(name) !== textsAfter.get(name))
    .map((name) => ({
      name,
      before: show(textsBefore.get(name)),
      after: show(textsAfter.get(name)),
    }));
}
