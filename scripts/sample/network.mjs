// @ts-check
// A small network and its training. Only +, −, ×, ÷ and √, whose results are the same on every machine.

/** @typedef {import("./digits.mjs").Digit} Digit */

const INPUTS = 64;
export const CLASSES = 10;
const BATCH = 16;

/**
 * @typedef {object} Layer
 * @property {Float32Array} weight one row for each output
 * @property {Float32Array} bias
 */

/**
 * @typedef {object} Network
 * @property {Layer} hidden
 * @property {Layer} output
 */

/**
 * @param {readonly Digit[]} digits
 * @param {{ hidden: number, epochs: number, rate: number }} settings
 * @param {() => number} random
 * @returns {Network}
 */
export function train(digits, { hidden, epochs, rate }, random) {
  const network = { hidden: layer(INPUTS, hidden, random), output: layer(hidden, CLASSES, random) };
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let from = 0; from < digits.length; from += BATCH)
      for (const digit of digits.slice(from, from + BATCH)) learn(network, digit, rate);
  return network;
}

/**
 * How sure the network is of each class.
 *
 * @param {Network} network
 * @param {Digit} digit
 */
export function predict(network, digit) {
  return softmax(apply(network.output, relu(apply(network.hidden, inputOf(digit)))));
}

/** @param {readonly number[]} values */
export function indexOfMost(values) {
  return values.indexOf(Math.max(...values));
}

/**
 * −ln p of the right class, by a series.
 *
 * @param {number} probability
 */
export function surprise(probability) {
  let rest = Math.max(probability, 1e-9);
  let doublings = 0;
  for (; rest < 0.75; doublings++) rest *= 2;
  const ratio = (rest - 1) / (rest + 1);
  let term = ratio;
  let sum = 0;
  for (let n = 1; n < 30; n += 2) {
    sum += term / n;
    term *= ratio * ratio;
  }
  return doublings * Math.LN2 - 2 * sum;
}

/** @param {Digit} digit */
const inputOf = ({ points }) => points.map((ink) => ink / 16);

/** @param {number} inputs @param {number} outputs @param {() => number} random @returns {Layer} */
function layer(inputs, outputs, random) {
  const reach = Math.sqrt(2 / inputs);
  const weight = Float32Array.from({ length: inputs * outputs }, () => (random() * 2 - 1) * reach);
  return { weight, bias: new Float32Array(outputs) };
}

/** @param {Layer} layer @param {readonly number[]} input */
function apply({ weight, bias }, input) {
  return Array.from(bias, (start, row) =>
    input.reduce((sum, value, i) => sum + value * (weight[row * input.length + i] ?? 0), start),
  );
}

/** @param {readonly number[]} values */
const relu = (values) => values.map((value) => Math.max(0, value));

/** @param {readonly number[]} values */
function softmax(values) {
  const most = Math.max(...values);
  const powers = values.map((value) => exponential(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** (1 + x / 1024) to the 1024th, near enough to e to the x. @param {number} x */
function exponential(x) {
  let power = Math.max(0, 1 + x / 1024);
  for (let i = 0; i < 10; i++) power *= power;
  return power;
}

/** One step down the slope. @param {Network} network @param {Digit} digit @param {number} rate */
function learn({ hidden, output }, digit, rate) {
  const input = inputOf(digit);
  const between = relu(apply(hidden, input));
  const wrong = softmax(apply(output, between)).map((p, i) => p - Number(i === digit.label));
  const back = between.map((value, i) =>
    value === 0
      ? 0
      : wrong.reduce(
          (sum, by, row) => sum + by * (output.weight[row * between.length + i] ?? 0),
          0,
        ),
  );
  correct(output, between, wrong, rate);
  correct(hidden, input, back, rate);
}

/**
 * @param {Layer} layer
 * @param {readonly number[]} input
 * @param {readonly number[]} wrong
 * @param {number} rate
 */
function correct({ weight, bias }, input, wrong, rate) {
  for (const [row, by] of wrong.entries()) {
    bias[row] = (bias[row] ?? 0) - rate * by;
    for (const [i, value] of input.entries()) {
      const at = row * input.length + i;
      weight[at] = (weight[at] ?? 0) - rate * by * value;
    }
  }
}
