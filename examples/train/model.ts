// A neural network with one hidden layer: two numbers in, a probability out.
import type { Point } from "./data.ts";
import { gaussian, type Random } from "./random.ts";

/** How good a network is on some points. */
export interface Score {
  /** Mean log loss. */
  readonly loss: number;
  /** Share of the points that get their label. */
  readonly accuracy: number;
}

/** Two inputs, `hidden` units with tanh, one output with the logistic function. */
export class Net {
  readonly hidden: number;
  /** For each hidden unit its two input weights, its bias and its output weight; the output's bias last. */
  readonly weights: Float32Array<ArrayBuffer>;

  constructor(hidden: number, weights: Float32Array<ArrayBuffer>) {
    if (weights.length !== hidden * 4 + 1)
      throw new RangeError(`${hidden} units don't have ${weights.length} weights`);
    this.hidden = hidden;
    this.weights = weights;
  }

  /** A network that has learned nothing yet. */
  static fresh(hidden: number, random: Random): Net {
    const weights = Float32Array.from({ length: hidden * 4 + 1 }, () => gaussian(random));
    return new Net(hidden, weights);
  }

  /** The probability that a point is of the second moon. */
  predict(x: number, y: number): number {
    let sum = this.#at(this.hidden * 4);
    for (let unit = 0; unit < this.hidden; unit++)
      sum += this.#at(unit * 4 + 3) * this.#activate(unit, x, y);
    return 1 / (1 + Math.exp(-sum));
  }

  /** Goes one step down the gradient of the loss on a batch. */
  step(batch: readonly Point[], rate: number): void {
    const gradient = new Float64Array(this.weights.length);
    const add = (i: number, value: number): void => {
      gradient[i] = (gradient[i] ?? 0) + value / batch.length;
    };
    for (const { x, y, label } of batch) {
      const error = this.predict(x, y) - label;
      for (let unit = 0; unit < this.hidden; unit++) {
        const first = unit * 4;
        const active = this.#activate(unit, x, y);
        const back = error * this.#at(first + 3) * (1 - active * active);
        add(first, back * x);
        add(first + 1, back * y);
        add(first + 2, back);
        add(first + 3, error * active);
      }
      add(this.hidden * 4, error);
    }
    gradient.forEach((slope, i) => (this.weights[i] = this.#at(i) - rate * slope));
  }

  /** Its score on points, learned from or not. */
  score(points: readonly Point[]): Score {
    let loss = 0;
    let right = 0;
    for (const { x, y, label } of points) {
      const second = this.predict(x, y);
      loss -= Math.log(Math.max(label === 1 ? second : 1 - second, 1e-9));
      if (second > 0.5 === (label === 1)) right++;
    }
    return { loss: loss / points.length, accuracy: right / points.length };
  }

  #activate(unit: number, x: number, y: number): number {
    const first = unit * 4;
    return Math.tanh(this.#at(first) * x + this.#at(first + 1) * y + this.#at(first + 2));
  }

  #at(i: number): number {
    return this.weights[i] ?? 0;
  }
}
