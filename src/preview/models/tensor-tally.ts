// Sums up the tensors of a file while they are read. Keeps as many as a page can show, and counts all.
import type { TensorInfo, TensorsPreview } from "../../protocol/preview-api.ts";
import { formatCount, type Notes } from "../heads/notes.ts";

/** What {@link TensorsPreview} promises to hold. */
export const MAX_TENSORS = 100_000;
/** Types of numbers told apart: there are some forty, but a file may invent more. */
const MAX_DTYPES = 100;

interface DtypeTally {
  tensors: number;
  parameters: number;
}

export class TensorTally {
  /** The first tensors. */
  readonly tensors: TensorInfo[] = [];
  count = 0;
  parameters = 0;
  private readonly dtypes = new Map<string, DtypeTally>();

  add(tensor: TensorInfo): void {
    this.count++;
    this.parameters += tensor.parameters;
    if (this.tensors.length < MAX_TENSORS) this.tensors.push(tensor);
    const dtype =
      this.dtypes.has(tensor.dtype) || this.dtypes.size < MAX_DTYPES ? tensor.dtype : "other";
    const tally = this.dtypes.get(dtype) ?? { tensors: 0, parameters: 0 };
    tally.tensors++;
    tally.parameters += tensor.parameters;
    this.dtypes.set(dtype, tally);
  }

  /** What a preview says of the tensors. */
  summary(): Pick<TensorsPreview, "parameters" | "tensorCount" | "tensors" | "dtypes"> {
    return {
      parameters: this.parameters,
      tensorCount: this.count,
      tensors: this.tensors,
      dtypes: [...this.dtypes]
        .map(([dtype, tally]) => ({ dtype, ...tally }))
        .toSorted((a, b) => b.parameters - a.parameters),
    };
  }
}

/** The number of values in a shape; `null` for a shape that can't be. */
export function parametersOf(shape: readonly number[]): number | null {
  // A dimension of 0 makes any shape empty, but must not hide a lie beside it.
  if (!shape.every((dim) => Number.isSafeInteger(dim) && dim >= 0)) return null;
  const product = shape.includes(0) ? 0 : shape.reduce((result, dim) => result * dim, 1);
  return Number.isSafeInteger(product) ? product : null;
}

/** Says so where a file has more tensors than are listed. */
export function sayIfCut(notes: Notes, count: number): void {
  if (count > MAX_TENSORS)
    notes.say(
      `Only the first ${formatCount(MAX_TENSORS)} of ${formatCount(count)} tensors are listed.`,
    );
}
