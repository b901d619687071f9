// A Parquet file's columns: their types in words, and how their values become text.
import type { SchemaElement, SchemaTree } from "hyparquet";
import type { TableColumn } from "../../protocol/preview-api.ts";
import { cutCell } from "./cells.ts";
import { decimalText, textOfBytes, timeText, valueText } from "./parquet-values.ts";

/** A top-level column. */
export interface ParquetColumn extends TableColumn {
  /** As the file has it: its key for the library. */
  readonly key: string;
  readonly isFlat: boolean;
  /** The schema's root and this column's part of it. */
  readonly trees: readonly [root: SchemaTree, column: SchemaTree];
  readonly toText: (value: unknown) => string | null;
}

/** The columns below the schema's root. */
export function parquetColumns(root: SchemaTree): ParquetColumn[] {
  return root.children.map((child) => {
    const { element } = child;
    const isFlat = child.children.length === 0 && element.repetition_type !== "REPEATED";
    return {
      name: element.name.slice(0, 256),
      key: element.name,
      type: typeOf(child),
      isNumeric: isFlat && isNumeric(element),
      isFlat,
      trees: [root, child],
      toText: isFlat ? formatOf(element) : valueText,
    };
  });
}

/** The way from the schema's root to one of a column's leaves. Throws where the schema has no such. */
export function pathToLeaf(
  { trees: [root, top] }: ParquetColumn,
  names: readonly string[],
): SchemaTree[] {
  const path = [root, top];
  let tree = top;
  for (const name of names.slice(1)) {
    const next = tree.children.find(({ element }) => element.name === name);
    if (next === undefined) throw new RangeError("a column is not in the schema");
    path.push(next);
    tree = next;
  }
  return path;
}

/**
 * Takes off what the library would convert with loss or refuses: exact decimals, and types it has no words for.
 * Call it after {@link parquetColumns} has read them.
 */
export function keepRaw(root: SchemaTree): void {
  for (const { element, children } of root.children)
    if (children.length === 0 && element.converted_type === "DECIMAL")
      delete element.converted_type;
  const waiting = [root];
  for (let tree = waiting.pop(); tree !== undefined; tree = waiting.pop()) {
    const { element } = tree;
    if (element.converted_type === "BSON" || element.converted_type === "INTERVAL")
      delete element.converted_type;
    waiting.push(...tree.children);
  }
}

function isNumeric({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): boolean {
  if (logical?.type === "DECIMAL" || converted === "DECIMAL" || logical?.type === "FLOAT16")
    return true;
  if (logical !== undefined && logical.type !== "INTEGER") return false;
  if (converted !== undefined && !/^U?INT_/.test(converted)) return false;
  return type === "INT32" || type === "INT64" || type === "FLOAT" || type === "DOUBLE";
}

function formatOf(element: SchemaElement): (value: unknown) => string | null {
  const { logical_type: logical, converted_type: converted } = element;
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") {
    const scale = logical?.type === "DECIMAL" ? logical.scale : (element.scale ?? 0);
    return (value) => decimalText(value, scale);
  }
  if (logical?.type === "TIME") return (value) => timeText(value, logical.unit);
  if (converted === "TIME_MILLIS") return (value) => timeText(value, "MILLIS");
  if (converted === "TIME_MICROS") return (value) => timeText(value, "MICROS");
  return (value) => (value instanceof Uint8Array ? cutCell(textOfBytes(value)) : valueText(value));
}

/** The type as people who work with Parquet name it. */
function typeOf({ element, children }: SchemaTree): string {
  const repeated = element.repetition_type === "REPEATED" ? "[]" : "";
  if (children.length === 0) return leafType(element) + repeated;
  const kind = element.logical_type?.type ?? element.converted_type;
  const [only] = children;
  if (kind === "MAP") return "map";
  if (kind === "LIST" && only !== undefined) {
    const [item] = only.children;
    const inner = item === undefined ? only : item;
    return `list<${inner.children.length === 0 ? leafType(inner.element) : "…"}>`;
  }
  return `struct${repeated}`;
}

function leafType(element: SchemaElement): string {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (logical?.type === "INTEGER") return `${logical.isSigned ? "int" : "uint"}${logical.bitWidth}`;
  if (logical?.type === "DECIMAL") return `decimal(${logical.precision}, ${logical.scale})`;
  if (logical?.type === "TIME" || logical?.type === "TIMESTAMP")
    return `${logical.type.toLowerCase()}[${UNITS[logical.unit]}${logical.isAdjustedToUTC ? ", UTC" : ""}]`;
  if (logical !== undefined) return logical.type.toLowerCase();
  if (converted === "UTF8") return "string";
  if (converted === "DECIMAL") return `decimal(${element.precision ?? "?"}, ${element.scale ?? 0})`;
  if (converted !== undefined) return converted.toLowerCase().replace("int_", "int");
  if (type === "FIXED_LEN_BYTE_ARRAY") return `binary(${element.type_length ?? "?"})`;
  if (type === "INT96") return "timestamp[ns]";
  return type === "BYTE_ARRAY" ? "binary" : (type ?? "unknown").toLowerCase();
}

const UNITS = { MILLIS: "ms", MICROS: "µs", NANOS: "ns" } as const;
