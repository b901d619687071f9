// A tensor with its place in its file, and the head that lists such tensors.
import type { NamedValue, TensorInfo } from "../../protocol/preview-api.ts";
import type { Notes } from "../heads/notes.ts";
import type { TensorTally } from "./tensor-tally.ts";

/** A tensor and where its bytes lie in the file. */
export interface PlacedTensor extends TensorInfo {
  readonly begin: number;
  readonly end: number;
  /** Whether the file has all its bytes, as many as its type and shape need. */
  readonly isSound: boolean;
}

/** What the head of a file of tensors says. */
export interface ModelHead {
  readonly tally: TensorTally;
  /** The first tensors, as in the tally. */
  readonly tensors: readonly PlacedTensor[];
  readonly metadata: readonly NamedValue[];
  readonly notes: Notes;
}
