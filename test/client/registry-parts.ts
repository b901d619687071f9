// What the tests of registries in the public API share.
import { expect } from "vitest";
import { formatVersion } from "../../src/core/version.ts";
import {
  init,
  isCairnError,
  type Api,
  type Artifact,
  type AuditRow,
  type Registry,
  type Run,
} from "../../src/index.ts";
import { aModel } from "./api-parts.ts";

/** The message a call is refused with. */
export async function messageOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isCairnError(error)) throw error ?? new Error("it was not refused");
  return error.message;
}

/** A registry for models, and a run of a project, of their own. */
export async function startTraining(
  api: Api,
): Promise<{ readonly project: string; readonly registry: Registry; readonly run: Run }> {
  const project = `p-${crypto.randomUUID()}`;
  const registry = await api.createRegistry({
    name: `r-${crypto.randomUUID()}`,
    types: ["model"],
  });
  return { project, registry, run: await init({ project, name: "train" }) };
}

/** Logs as many versions of `my-model` and links each to `net`. */
export async function linkVersions(
  run: Run,
  registry: Registry,
  count: number,
): Promise<readonly Artifact[]> {
  const artifacts: Artifact[] = [];
  for (let i = 0; i < count; i++) {
    const artifact = await run.logArtifact(aModel(`weights ${i}`));
    await registry.link(artifact, "net");
    artifacts.push(artifact);
  }
  return artifacts;
}

/** The versions of `net` with their aliases. */
export async function aliasesOfNet(registry: Registry): Promise<Record<string, readonly string[]>> {
  const { linkList } = await registry.collection("net");
  return Object.fromEntries(
    linkList.map(({ number, aliases }) => [
      formatVersion(number),
      aliases.map(({ alias }) => alias),
    ]),
  );
}

/** The whole log, newest first. */
export async function rowsOf(registry: Registry): Promise<readonly AuditRow[]> {
  const rows: AuditRow[] = [];
  for await (const row of registry.audit()) rows.push(row);
  return rows;
}

/** Waits until the next event has a later time. */
export async function nextMillisecond(after: string): Promise<void> {
  await expect.poll(() => new Date().toISOString() > after, { interval: 1 }).toBe(true);
}
