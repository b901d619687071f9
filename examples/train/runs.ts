// What both runs share. In your own page, import from "cairn-registry" instead.
import { init, type Run } from "../../src/index.ts";

export const PROJECT = "two-moons";

/** Does some work in a run; the work finishes it, or it has failed. */
export async function inRun<T>(
  name: string,
  config: object,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const run = await init({ project: PROJECT, name, config });
  try {
    return await work(run);
  } catch (error) {
    // Should this fail too, the first error says more; the run is abandoned with its page then.
    if (run.state === "running") await run.fail().catch(() => undefined);
    throw error;
  }
}
