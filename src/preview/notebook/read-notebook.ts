// Reads the shape of a notebook, formats 3 and 4, without trusting any of it.

/** An output as it stands in the file. */
export interface RawOutput {
  readonly kind: "stream" | "data" | "error";
  readonly text: string;
  /** Media types and their contents, of rich outputs. */
  readonly data: ReadonlyMap<string, string>;
}
/** A cell as it stands in the file. */
export interface RawCell {
  readonly kind: "code" | "markdown" | "raw";
  readonly number: number | null;
  readonly source: string;
  readonly outputs: readonly RawOutput[];
}
export interface RawNotebook {
  readonly language: string;
  readonly cells: readonly RawCell[];
  /** Cells and outputs whose shape makes no sense. */
  readonly broken: number;
}

type Shape = Readonly<Record<string, unknown>>;

/** Names that format 3 has for media types. */
const OLD_TYPES: Readonly<Record<string, string>> = {
  text: "text/plain",
  html: "text/html",
  png: "image/png",
  jpeg: "image/jpeg",
  svg: "image/svg+xml",
  latex: "text/latex",
  json: "application/json",
};

/** The notebook in a parsed file; `null` where it is none. */
export function readNotebook(value: unknown): RawNotebook | null {
  if (!isShape(value)) return null;
  const list = Array.isArray(value["cells"]) ? value["cells"] : cellsOfSheets(value["worksheets"]);
  if (list === null) return null;
  let broken = 0;
  const cells = list.flatMap((cell: unknown): RawCell[] => {
    const read = readCell(cell, () => void broken++);
    if (read === null) broken++;
    return read === null ? [] : [read];
  });
  return { language: languageOf(value, list), cells, broken };
}

/** Format 3 keeps its cells in worksheets. */
function cellsOfSheets(sheets: unknown): unknown[] | null {
  if (!Array.isArray(sheets)) return null;
  return sheets.flatMap((sheet: unknown): unknown[] =>
    isShape(sheet) && Array.isArray(sheet["cells"]) ? sheet["cells"] : [],
  );
}

function languageOf(notebook: Shape, cells: readonly unknown[]): string {
  const metadata = shapeOf(notebook["metadata"]);
  const names = [
    shapeOf(metadata["language_info"])["name"],
    shapeOf(metadata["kernelspec"])["language"],
    cells.filter(isShape).find((cell) => typeof cell["language"] === "string")?.["language"],
  ];
  const name = names.find((found) => typeof found === "string" && found !== "");
  return typeof name === "string" ? name.toLowerCase().slice(0, 64) : "python";
}

function readCell(cell: unknown, onBroken: () => void): RawCell | null {
  if (!isShape(cell)) return null;
  const kind = cell["cell_type"];
  const source = textOf(cell["source"] ?? cell["input"]);
  if (typeof kind !== "string" || source === null) return null;
  if (kind === "heading") {
    const level = Math.min(6, Math.max(1, Number(cell["level"]) || 1));
    return {
      kind: "markdown",
      number: null,
      source: `${"#".repeat(level)} ${source}`,
      outputs: [],
    };
  }
  if (kind !== "code")
    return { kind: kind === "markdown" ? "markdown" : "raw", number: null, source, outputs: [] };
  const number = cell["execution_count"] ?? cell["prompt_number"];
  const outputs = Array.isArray(cell["outputs"]) ? cell["outputs"] : [];
  return {
    kind: "code",
    number: typeof number === "number" ? number : null,
    source,
    outputs: outputs.flatMap((output: unknown): RawOutput[] => {
      const read = readOutput(output);
      if (read === null) onBroken();
      return read === null ? [] : [read];
    }),
  };
}

function readOutput(output: unknown): RawOutput | null {
  if (!isShape(output)) return null;
  switch (output["output_type"]) {
    case "stream":
      return { kind: "stream", text: textOf(output["text"]) ?? "", data: new Map() };
    case "error":
    case "pyerr": {
      const trace = output["traceback"];
      const lines = Array.isArray(trace) ? trace.filter((line) => typeof line === "string") : [];
      const short = `${textOf(output["ename"]) ?? "Error"}: ${textOf(output["evalue"]) ?? ""}`;
      return { kind: "error", text: lines.length > 0 ? lines.join("\n") : short, data: new Map() };
    }
    case "display_data":
    case "execute_result":
    case "pyout":
      return { kind: "data", text: "", data: dataOf(output) };
    default:
      return null;
  }
}

function dataOf(output: Shape): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(shapeOf(output["data"]))) {
    const text = textOf(value);
    found.set(name, text ?? safeJson(value));
  }
  for (const [name, type] of Object.entries(OLD_TYPES)) {
    const text = Object.hasOwn(output, name) ? textOf(output[name]) : null;
    if (text !== null && !found.has(type)) found.set(type, text);
  }
  return found;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

/** Text is one string, or a list of its lines with their ends. */
function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return null;
  return value.every((line) => typeof line === "string") ? value.join("") : null;
}

function shapeOf(value: unknown): Shape {
  return isShape(value) ? value : {};
}

function isShape(value: unknown): value is Shape {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
