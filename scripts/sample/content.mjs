// @ts-check
// What the sample project consists of: files, and the steps that log them. The same at every call.
import { drawDigits, randomFrom } from "./digits.mjs";
import { csv, digitsCsv, json, safetensors, sheetPng, utf8 } from "./formats.mjs";
import { CLASSES, indexOfMost, predict, surprise, train } from "./network.mjs";

/** @typedef {import("./digits.mjs").Digit} Digit */
/** @typedef {import("./network.mjs").Network} Network */
/** @typedef {import("../../src/ui/sample/sample-plan.ts").SamplePlan} SamplePlan */
/** @typedef {{ readonly plan: SamplePlan, readonly files: ReadonlyMap<string, Uint8Array> }} Sample */

const LICENSE =
  "Made for Cairn by `scripts/make-sample.mjs`, from no data of anyone's. Use it as you like (CC0).";

/** @returns {Sample} */
export function makeSample() {
  const random = randomFrom(20_26);
  const all = drawDigits(300, random);
  const small = all.slice(0, 120);
  const test = drawDigits(100, random);
  const runs = [
    attempt("train-1", small, test, { hidden: 8, epochs: 3, rate: 0.05 }),
    attempt("train-2", small, test, { hidden: 16, epochs: 12, rate: 0.05 }),
    attempt("train-3", all, test, { hidden: 24, epochs: 20, rate: 0.05 }),
  ];
  /** @type {Map<string, Uint8Array>} */
  const files = new Map([
    ["digits/train-120.csv", digitsCsv(small)],
    ["digits/train-300.csv", digitsCsv(all)],
    ["digits/test.csv", digitsCsv(test)],
    ["digits/samples.png", sheetPng(test, 2)],
    ["digits/README.md", utf8(DATASET_README)],
  ]);
  for (const { name, network, settings, scores } of runs) {
    files.set(`${name}/model.safetensors`, modelFile(network, settings.hidden));
    files.set(`${name}/config.json`, json({ layers: [64, settings.hidden, CLASSES], ...settings }));
    files.set(`${name}/README.md`, utf8(modelReadme(settings, scores)));
  }
  const last = runs.at(-1);
  if (last !== undefined) {
    files.set("report/evaluation.json", json(last.scores));
    files.set("report/report.md", utf8(reportText(last.scores)));
    files.set("report/predictions.csv", csv(last.predictions));
  }
  return { files, plan: planOf(runs) };
}

/**
 * @param {string} name
 * @param {readonly Digit[]} data
 * @param {readonly Digit[]} test
 * @param {{ hidden: number, epochs: number, rate: number }} settings
 */
function attempt(name, data, test, settings) {
  const network = train(data, settings, randomFrom(7));
  const confusion = Array.from({ length: CLASSES }, () => Array.from({ length: CLASSES }, () => 0));
  let loss = 0;
  /** @type {(string | number)[][]} */
  const predictions = [["row", "label", "predicted", "sureness"]];
  for (const [i, digit] of test.entries()) {
    const sureness = predict(network, digit);
    const guess = indexOfMost(sureness);
    const row = confusion[digit.label] ?? [];
    row[guess] = (row[guess] ?? 0) + 1;
    loss += surprise(sureness[digit.label] ?? 0);
    predictions.push([i, digit.label, guess, rounded(sureness[guess] ?? 0)]);
  }
  const right = confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  const scores = {
    accuracy: rounded(right / test.length),
    loss: rounded(loss / test.length),
    rows: test.length,
    confusion,
  };
  return { name, network, settings, trainRows: data.length, scores, predictions };
}

/** @typedef {ReturnType<typeof attempt>} Attempt */

/** @param {number} value */
const rounded = (value) => Math.round(value * 10_000) / 10_000;

/** @param {Network} network @param {number} hidden */
function modelFile({ hidden: first, output }, hidden) {
  return safetensors(
    {
      "hidden.weight": { shape: [hidden, 64], values: first.weight },
      "hidden.bias": { shape: [hidden], values: first.bias },
      "output.weight": { shape: [CLASSES, hidden], values: output.weight },
      "output.bias": { shape: [CLASSES], values: output.bias },
    },
    { format: "cairn-sample" },
  );
}

const DATASET_README = `# Drawn digits

Digits of 8 × 8 points, each with 0 to 16 of ink: \`label\`, then \`p00\` to \`p77\` row by row.
\`samples.png\` shows the 100 rows of \`test.csv\`.

${LICENSE}
`;

/** @param {Attempt["settings"]} settings @param {Attempt["scores"]} scores */
const modelReadme = (settings, scores) => `# Digit reader

A network of two layers, ${settings.hidden} units between them, trained for ${settings.epochs} epochs.
It reads ${Math.round(scores.accuracy * 100)} of 100 test digits right.

${LICENSE}
`;

/** @param {Attempt["scores"]} scores */
function reportText({ accuracy, loss, rows, confusion }) {
  const classes = confusion.map((row, label) => {
    const total = row.reduce((a, b) => a + b, 0);
    return `| ${label} | ${total} | ${row[label] ?? 0} |`;
  });
  return `# Evaluation

| Measure | Value |
| --- | ---: |
| Accuracy | ${accuracy} |
| Loss | ${loss} |
| Rows | ${rows} |

## By digit

| Digit | Rows | Right |
| ---: | ---: | ---: |
${classes.join("\n")}

\`predictions.csv\` has every row.
`;
}

/** @param {readonly Attempt[]} runs @returns {SamplePlan} */
function planOf(runs) {
  const dataset = {
    name: "digits",
    type: "dataset",
    description: "Small drawn digits to learn from, and 100 to test with.",
    tags: ["drawn"],
  };
  /** @param {number} rows */
  const digitFiles = (rows) => ({
    "train.csv": `digits/train-${rows}.csv`,
    "test.csv": "digits/test.csv",
    "samples.png": "digits/samples.png",
    "README.md": "digits/README.md",
  });
  const aliases = [[], ["prod"], ["best"]];
  const models = runs.map(({ name, settings, trainRows, scores }, i) => ({
    name: "reader",
    type: "model",
    description: `Trained on ${trainRows} digits.`,
    tags: ["safetensors"],
    metadata: {
      accuracy: scores.accuracy,
      loss: scores.loss,
      hidden: settings.hidden,
      epochs: settings.epochs,
      train_rows: trainRows,
    },
    aliases: aliases[i] ?? [],
    files: Object.fromEntries(
      ["model.safetensors", "config.json", "README.md"].map((file) => [file, `${name}/${file}`]),
    ),
    run: { name, config: { ...settings }, uses: [trainRows === 120 ? 0 : 1] },
  }));
  const last = runs.at(-1);
  return {
    project: "sample-digits",
    steps: [
      {
        ...dataset,
        metadata: { train_rows: 120, test_rows: 100 },
        aliases: [],
        files: digitFiles(120),
      },
      {
        ...dataset,
        metadata: { train_rows: 300, test_rows: 100 },
        aliases: ["full"],
        files: digitFiles(300),
      },
      ...models,
      {
        name: "evaluation",
        type: "report",
        description: "How well the best reader reads.",
        tags: [],
        metadata: { accuracy: last?.scores.accuracy ?? 0, loss: last?.scores.loss ?? 0 },
        aliases: [],
        files: Object.fromEntries(
          ["report.md", "evaluation.json", "predictions.csv"].map((file) => [
            file,
            `report/${file}`,
          ]),
        ),
        run: { name: "evaluate", config: { rows: 100 }, uses: [1, 4] },
      },
    ],
  };
}
