// One file of each kind that the pane previews: real ones, and ones made by the format's own library.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { parquetWriteBuffer } from "hyparquet-writer";
import { fixed, joinBytes, utf8, type Bytes } from "./byte-writer.ts";
import { DATASET_DIR, MODEL_DIR, noise, type FolderContent } from "./fixtures.ts";
import { f32Tensor, makeGguf, makeSafetensors } from "./make-model-files.ts";
import { makeTar } from "./make-tar.ts";

/** Rows of the Parquet file. */
export const PARQUET_ROWS = 30_000;

/** Sound files of every kind but film, which a browser records. */
export async function makeGoodFiles(): Promise<FolderContent> {
  const logo = await readFile(join(DATASET_DIR, "7zip.png"));
  return {
    "README.md": README,
    "train.py": 'import math\n\ndef loss(x: float) -> float:\n    return math.exp(-x)  # "ok"\n',
    "long.log": Array.from({ length: 20_000 }, (_, i) => `${i + 1} epoch done`).join("\n"),
    "config.json": JSON.stringify({
      model: { layers: 2, name: "tiny" },
      seeds: Array.from({ length: 1000 }, (_, i) => i),
      resume: null,
    }),
    "notes.ipynb": NOTEBOOK,
    "page.html": "<!doctype html>\n<h1>Report</h1>\n<script>window.wasRun = true</script>\n",
    "blob.bin": noise(70_000),
    "data/zipcodes.csv": await readFile(join(DATASET_DIR, "zipcodes.csv")),
    "data/unemployment.tsv": await readFile(join(DATASET_DIR, "unemployment.tsv")),
    "data/scores.jsonl": Array.from(
      { length: 500 },
      (_, i) =>
        `${JSON.stringify({ step: i, loss: 1 / (i + 1), note: i % 7 === 0 ? null : "ok" })}\n`,
    ).join(""),
    "data/flights.parquet": makeParquet(),
    "img/7zip.png": logo,
    "img/logo.svg":
      '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><circle cx="60" cy="40" r="30" fill="teal"/><script>parent.wasRun = true</script></svg>',
    "media/tone.wav": makeWav(),
    "docs/hello.pdf": makePdf("Hello from a PDF"),
    "models/tiny.safetensors": makeTinyModel(),
    "models/tiny.gguf": makeGguf({
      metadata: {
        "general.architecture": { type: "string", value: "llama" },
        "general.name": { type: "string", value: "Tiny llama" },
        "llama.block_count": { type: "u32", value: 2 },
        "tokenizer.ggml.tokens": { type: "strings", value: ["<s>", "</s>", "the"] },
      },
      tensors: [
        { name: "token_embd.weight", type: 0, shape: [8, 3], offset: 0 },
        { name: "blk.0.attn_q.weight", type: 0, shape: [8, 8], offset: 96 },
      ],
      dataBytes: 352,
    }),
    "models/angle.onnx": await readFile(join(MODEL_DIR, "ch_ppocr_mobile_v2.0_cls_infer.onnx")),
    "packed/bundle.zip": zipSync({
      "bundle/readme.txt": utf8("zipped"),
      "bundle/logo.png": [logo, { level: 0 }],
    }),
    "packed/old.tar": makeTar([
      { name: "old/", type: "5" },
      { name: "old/weights.txt", bytes: utf8("0.1 0.2"), modified: 1_700_000_000 },
    ]),
  };
}

function makeTinyModel(): Bytes {
  const layers = Array.from({ length: 24 }, (_, i) => [
    f32Tensor(`h.${i}.attn.weight`, [16, 48]),
    f32Tensor(`h.${i}.attn.bias`, [48]),
    f32Tensor(`h.${i}.mlp.weight`, [16, 64]),
    { name: `h.${i}.norm.weight`, dtype: "BF16", shape: [16], bytes: new Uint8Array(32) },
  ]);
  return makeSafetensors([f32Tensor("wte.weight", [1000, 16]), ...layers.flat()], {
    format: "pt",
    license: "mit",
  });
}

function makeParquet(): Uint8Array {
  const rows = Array.from({ length: PARQUET_ROWS }, (_, i) => i);
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "id", data: rows, type: "INT32" },
        { name: "delay", data: rows.map((i) => ((i * 37) % 101) - 20), type: "DOUBLE" },
        { name: "origin", data: rows.map((i) => ["SFO", "JFK", "TXL"][i % 3]), type: "STRING" },
        ...Array.from({ length: 40 }, (_, column) => ({
          name: `feature_${column}`,
          data: rows.map((i) => (i * (column + 3)) % 1000),
          type: "INT32" as const,
        })),
      ],
    }),
  );
}

/** A second of a tone, 8 kHz, one channel, 16 bit. */
function makeWav(): Bytes {
  const rate = 8000;
  const samples = Int16Array.from({ length: rate }, (_, i) =>
    Math.round(8000 * Math.sin((i / rate) * 440 * 2 * Math.PI)),
  );
  const data = new Uint8Array(samples.buffer);
  const u16 = (value: number): Bytes => Uint8Array.of(value & 255, value >> 8);
  return joinBytes([
    utf8("RIFF"),
    fixed("u32", 36 + data.length),
    utf8("WAVEfmt "),
    fixed("u32", 16),
    u16(1),
    u16(1),
    fixed("u32", rate),
    fixed("u32", rate * 2),
    u16(2),
    u16(16),
    utf8("data"),
    fixed("u32", data.length),
    data,
  ]);
}

/** One page with one line on it. */
export function makePdf(text: string): Bytes {
  const content = `BT /F1 24 Tf 40 100 Td (${text}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let pdf = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = pdf.length;
  pdf += `xref\n0 6\n0000000000 65535 f \n${offsets.join("")}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  return utf8(pdf);
}

const README = `# Tiny model

A **small** model with _few_ parameters. See the [settings](config.json), the
[paper](https://example.org/paper) or [nowhere](javascript:alert(1)).

![7-Zip](img/7zip.png) ![Tracker](https://example.org/pixel.png)

## Use

\`\`\`python
from tiny import load
model = load("tiny")  # quick
\`\`\`

- [x] trained
- [ ] published

| Metric | Value |
| :----- | ----: |
| loss   |  0.12 |

<script>window.wasRun = true</script>
`;

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { language_info: { name: "python" } },
  cells: [
    { cell_type: "markdown", metadata: {}, source: ["# Findings\n", "Loss goes down."] },
    {
      cell_type: "code",
      execution_count: 3,
      metadata: {},
      source: ["print(1 + 1)"],
      outputs: [
        { output_type: "stream", name: "stdout", text: ["2\n"] },
        {
          output_type: "display_data",
          metadata: {},
          data: {
            "image/png":
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
            "text/html": ["<img src=x onerror='window.wasRun = true'>"],
          },
        },
        { output_type: "error", ename: "ValueError", evalue: "no", traceback: ["ValueError: no"] },
      ],
    },
  ],
});
