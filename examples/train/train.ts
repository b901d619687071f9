// The first run: trains a network and logs a checkpoint after each epoch.
import { Api, Artifact } from "../../src/index.ts";
import { toFiles } from "./checkpoint.ts";
import { draw, fromCsv, makeMoons, toCsv } from "./data.ts";
import { Net, type Score } from "./model.ts";
import { seeded } from "./random.ts";
import { inRun, PROJECT } from "./runs.ts";

const DATA = { count: 600, noise: 0.2, seed: 3 };
/** The points that the network learns from; those after them choose the best checkpoint. */
const LEARNED = 400;
/** What the run is started with. */
export const CONFIG = { epochs: 8, steps: 40, batch: 16, rate: 0.6, hidden: 12, seed: 7 };

/** A checkpoint that was logged. */
export interface Epoch extends Score {
  readonly epoch: number;
  readonly net: Net;
  /** Such as `v3`. */
  readonly version: string;
  readonly isBest: boolean;
  /** False when these weights were a version before. */
  readonly isNew: boolean;
}

/** The data set as it is logged. */
export function csvOfMoons(): string {
  return toCsv(makeMoons(DATA));
}

/** Logs the data set, uses it in a run, and tells of each epoch once its checkpoint is logged. */
export async function train(onEpoch: (epoch: Epoch) => void): Promise<void> {
  // No run made the points, so they are logged without one.
  const moons = new Artifact({ name: "moons", type: "dataset", metadata: DATA });
  moons.addFile(csvOfMoons(), "moons.csv");
  await new Api().logArtifact(moons, PROJECT);

  await inRun("train", CONFIG, async (run) => {
    const data = await run.useArtifact("moons:latest", { type: "dataset" });
    const points = fromCsv(await data.text("moons.csv"));
    const [learned, validation] = [points.slice(0, LEARNED), points.slice(LEARNED)];
    const random = seeded(CONFIG.seed);
    const net = Net.fresh(CONFIG.hidden, random);
    let best = 0;

    for (let epoch = 1; epoch <= CONFIG.epochs; epoch++) {
      for (let step = 0; step < CONFIG.steps; step++)
        net.step(draw(learned, CONFIG.batch, random), CONFIG.rate);
      const score = net.score(validation);
      const isBest = score.accuracy > best;
      best = Math.max(best, score.accuracy);

      const metadata = { epoch, ...score };
      const checkpoint = new Artifact({ name: "moons-net", type: "model", metadata });
      for (const [path, file] of Object.entries(toFiles(net))) checkpoint.addFile(file, path);
      await run.logArtifact(checkpoint, { aliases: isBest ? ["best"] : [] });

      // Weights that are known already are the version they were: nothing is stored again.
      const { version, outcome } = checkpoint;
      onEpoch({ epoch, net, ...score, version, isBest, isNew: outcome?.created === true });
    }
    await run.finish();
  });
}
