// The tensors of a file as they are listed: searched, sorted, in groups.
import type { TensorInfo } from "../../protocol/preview-api.ts";

export const TENSOR_COLUMNS = ["name", "dtype", "shape", "parameters", "size"] as const;
export type TensorColumn = (typeof TENSOR_COLUMNS)[number];

/** `null` is the file's own order. */
export interface TensorSort {
  readonly column: TensorColumn;
  readonly isDescending: boolean;
}

/** A line of the list. */
export type TensorLine =
  | { readonly kind: "tensor"; readonly tensor: TensorInfo; readonly isInGroup: boolean }
  | {
      readonly kind: "group";
      readonly prefix: string;
      readonly tensors: number;
      readonly parameters: number;
      readonly sizeBytes: number | null;
      readonly isOpen: boolean;
    };

/** Those whose name or type contains the text, in order. */
export function pickTensors(
  tensors: readonly TensorInfo[],
  query: string,
  sort: TensorSort | null,
): readonly TensorInfo[] {
  const text = query.trim().toLowerCase();
  const found =
    text === ""
      ? tensors
      : tensors.filter(
          ({ name, dtype }) => name.toLowerCase().includes(text) || dtype.toLowerCase() === text,
        );
  if (sort === null) return found;
  const sign = sort.isDescending ? -1 : 1;
  return found.toSorted((a, b) => sign * compare(a, b, sort.column));
}

/** The tensors below the prefixes that several have; only those of open groups are listed. */
export function groupTensors(
  tensors: readonly TensorInfo[],
  open: ReadonlySet<string>,
): readonly TensorLine[] {
  const groups = new Map<string, TensorInfo[]>();
  for (const tensor of tensors) {
    const prefix = prefixOf(tensor.name);
    const group = groups.get(prefix);
    if (group === undefined) groups.set(prefix, [tensor]);
    else group.push(tensor);
  }
  const lines: TensorLine[] = [];
  for (const [prefix, members] of groups) {
    const [only, ...more] = members;
    if (only !== undefined && more.length === 0) {
      lines.push({ kind: "tensor", tensor: only, isInGroup: false });
      continue;
    }
    const isOpen = open.has(prefix);
    lines.push({
      kind: "group",
      prefix,
      tensors: members.length,
      parameters: members.reduce((sum, { parameters }) => sum + parameters, 0),
      sizeBytes: members.reduce<number | null>(
        (sum, { sizeBytes }) => (sum === null || sizeBytes === null ? null : sum + sizeBytes),
        0,
      ),
      isOpen,
    });
    if (isOpen)
      for (const tensor of members) lines.push({ kind: "tensor", tensor, isInGroup: true });
  }
  return lines;
}

/** `model.layers.0` of `model.layers.0.attn.weight`: up to the first number, or else the first part. */
export function prefixOf(name: string): string {
  const parts = name.split(/[./]/);
  const number = parts.findIndex((part, i) => i < parts.length - 1 && /^\d+$/.test(part));
  const end = parts.slice(0, number === -1 ? 1 : number + 1).join(".").length;
  return name.slice(0, end);
}

function compare(a: TensorInfo, b: TensorInfo, column: TensorColumn): number {
  switch (column) {
    case "name":
    case "dtype":
      return COLLATOR.compare(a[column], b[column]);
    case "shape":
      return a.shape.length - b.shape.length || (a.shape[0] ?? 0) - (b.shape[0] ?? 0);
    case "parameters":
      return a.parameters - b.parameters;
    case "size":
      return (a.sizeBytes ?? -1) - (b.sizeBytes ?? -1);
  }
}

/** Layer 10 comes after layer 9. */
const COLLATOR = new Intl.Collator("en", { numeric: true });
