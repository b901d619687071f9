// What must hold of the tables and the log, whatever was written.
import { expect } from "vitest";
import type { ArtifactUid } from "../../src/core/records.ts";
import type { Ctx } from "../../src/service/context.ts";
import { findBrokenLink } from "../../src/store/events.ts";
import { replayedTables, tablesAsReplayed } from "./replayed-tables.ts";

/** Counters, trash entries, aliases and the log agree with the versions. */
export async function expectSound({ db, hasher }: Ctx): Promise<void> {
  expect(await replayedTables(db)).toEqual(await tablesAsReplayed(db));
  expect(findBrokenLink(await db.getAll("events"), hasher.hashText)).toBeUndefined();
  const [live, deleted] = [await db.getAll("versions"), await db.getAll("deletedVersions")];
  const sum = (rows: readonly { readonly sizeBytes: number }[]): number =>
    rows.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  const artifacts = await db.getAll("artifacts");
  for (const { uid, versionCount, sizeBytes } of artifacts) {
    const own = live.filter(({ artifact }) => artifact === uid);
    expect([versionCount, sizeBytes]).toEqual([own.length, sum(own)]);
  }
  for (const project of await db.getAll("projects")) {
    const own = artifacts.filter((artifact) => artifact.project === project.name);
    expect(project).toMatchObject({
      artifactCount: own.filter(({ versionCount }) => versionCount > 0).length,
      versionCount: own.reduce((total, { versionCount }) => total + versionCount, 0),
      sizeBytes: sum(own),
    });
  }
  const totals = await db.get("totals", "all");
  expect([totals?.versions ?? 0, totals?.logicalBytes ?? 0]).toEqual([live.length, sum(live)]);
  for (const entry of await db.getAll("trash")) {
    const inside = deleted.filter(({ trash }) => trash === entry.uid);
    expect([entry.versionCount, entry.sizeBytes]).toEqual([inside.length, sum(inside)]);
    if (entry.kind === "versions")
      expect(entry.numbers).toEqual(inside.map(({ number }) => number).toSorted((a, b) => a - b));
  }
  for (const { trash } of deleted)
    if (trash !== undefined) expect(await db.get("trash", trash)).toBeDefined();
  const latest = (await db.getAll("aliases")).filter(({ alias }) => alias === "latest");
  expect(new Map(latest.map(({ artifact, number }) => [artifact, number]))).toEqual(
    new Map<ArtifactUid, number>(live.map(({ artifact, number }) => [artifact, number])),
  );
}
