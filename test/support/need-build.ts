// Journeys run against what `npm run build` made.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DIST } from "./server.ts";

/** Vitest calls this once before the journeys. */
export function setup(): void {
  if (!existsSync(join(DIST, "sw.js")))
    throw new Error("no built app in dist/: run `npm run build` first");
}
