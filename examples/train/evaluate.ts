// The second run: takes the best checkpoint, whichever that is, and logs a report about it.
import { Artifact, type LineageGraph } from "../../src/index.ts";
import { fromFiles } from "./checkpoint.ts";
import { makeMoons } from "./data.ts";
import type { Score } from "./model.ts";
import { inRun } from "./runs.ts";

/** Points that no training has seen. */
const HELD_OUT = { count: 500, noise: 0.2, seed: 99 };

/** What the run found. */
export interface Evaluation extends Score {
  readonly points: number;
  /** The version that `best` was on, such as `v6`. */
  readonly version: string;
  /** All that the report came from. */
  readonly lineage: LineageGraph;
}

/** Uses and downloads `moons-net:best`, tries it on points held out, and logs a report. */
export async function evaluate(): Promise<Evaluation> {
  return inRun("evaluate", HELD_OUT, async (run) => {
    const best = await run.useArtifact("moons-net:best", { type: "model" });
    const net = await fromFiles(await best.download());
    const score = net.score(makeMoons(HELD_OUT));

    const metadata = { model: best.qualifiedName, points: HELD_OUT.count, ...score };
    const report = new Artifact({ name: "moons-report", type: "evaluation", metadata });
    report.addFile(`${JSON.stringify(metadata, null, 2)}\n`, "scores.json");
    report.addFile(markdownOf(best.qualifiedName, score), "report.md");
    await run.logArtifact(report);
    await run.finish();

    const lineage = await report.lineage({ direction: "up" });
    return { ...score, points: HELD_OUT.count, version: best.version, lineage };
  });
}

function markdownOf(model: string, { loss, accuracy }: Score): string {
  return `# Two moons

\`${model}\` on ${HELD_OUT.count} points it has never seen:

- accuracy ${(accuracy * 100).toFixed(1)} %
- loss ${loss.toFixed(3)}
`;
}
