// Journeys run against what `npm run build` made, in browsers whose profiles end with the run.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { makeProfilesFolder, removeProfile } from "./profiles.ts";
import { DIST } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of all profiles. */
    profiles: string;
  }
}

/** Vitest calls this once before the journeys; what it gives, after them. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(join(DIST, "sw.js")))
    throw new Error("no built app in dist/: run `npm run build` first");
  const profiles = await makeProfilesFolder();
  provide("profiles", profiles);
  return () => removeProfile(profiles);
}
