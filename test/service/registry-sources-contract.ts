// What a browser knows of the sources of very many links, which it asks for in groups.
import { describe, expect, test } from "vitest";
import type { ArtifactUid, VersionRecord, VersionUid } from "../../src/core/records.ts";
import type { ArtifactName, ArtifactType, ProjectName } from "../../src/core/names.ts";
import type { LinkSource } from "../../src/core/registry/records.ts";
import type { Tag } from "../../src/core/tags.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { readSources } from "../../src/service/registry/sources.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { digestOfByte } from "../core/arbitraries.ts";
import { openHarness } from "../support/service-harness.ts";

const uidOf = (place: number): VersionUid =>
  `01SOURCE${String(place).padStart(4, "0")}` as VersionUid;

function versionRow(place: number): VersionRecord {
  return {
    uid: uidOf(place),
    artifact: "01ARTIFACT" as ArtifactUid,
    number: place as VersionNumber,
    digest: digestOfByte(place % 256),
    sizeBytes: 1,
    fileCount: 1,
    newBytes: 1,
    description: "",
    metadata: {},
    tags: [`tag${place}` as Tag],
    pinned: false,
    createdAt: "2026-01-01T00:00:00.000Z",
  };
}

function sourceAt(place: number): LinkSource {
  const { uid: version, digest, number, sizeBytes, fileCount } = versionRow(place);
  const names = { project: "digits" as ProjectName, name: "net" as ArtifactName };
  return { version, ...names, number, type: "model" as ArtifactType, digest, sizeBytes, fileCount };
}

/** Places of the versions asked for, out of a thousand; in no order. */
const ASKED: readonly (readonly [how: string, places: readonly number[]])[] = [
  ["side by side", Array.from({ length: 350 }, (_, i) => (i * 37) % 350)],
  ["far apart", Array.from({ length: 250 }, (_, i) => 996 - 4 * i)],
  ["side by side but one", [...Array.from({ length: 200 }, (_, i) => i), 999]],
  ["one", [500]],
  ["none", []],
];

export function registrySourcesContract(): void {
  describe("sources of many links", () => {
    test.each(ASKED)("[G8] are each found, %s", async (_, places) => {
      const { ctx } = await openHarness();
      await withWrite(ctx.db, ["versions"], async (tx) => {
        for (let i = 0; i < 1_000; i += 1) await tx.objectStore("versions").put(versionRow(i));
      });
      const asked = [...places, 2_000].map((place) => ({ source: sourceAt(place) }));
      const found = await withRead(ctx.db, ["versions", "deletedVersions"], (tx) =>
        readSources(tx, asked),
      );
      const expected = places.map(
        (place) =>
          [uidOf(place), { state: "live", tags: [`tag${place}`], description: "" }] as const,
      );
      expect(found).toEqual(new Map(expected));
    });
  });
}
