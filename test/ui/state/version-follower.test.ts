import { beforeEach, expect, it } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { VersionRecord, VersionUid } from "../../../src/core/records.ts";
import type { ArtifactDetail, VersionDetail } from "../../../src/protocol/browse-api.ts";
import { describeMove, VersionFollower } from "../../../src/ui/state/version-follower.ts";
import { fakeStore } from "../../support/fake-store.ts";
import { anArtifact, aVersion } from "../ingest/records.ts";
import { codeOf } from "../../support/errors.ts";

let versions: VersionRecord[];
let lists: number;
let follower: VersionFollower;

function named(number: number, uid: string, twins?: readonly string[]): VersionRecord {
  const version = { ...aVersion(number), uid: uid as VersionUid };
  return twins === undefined ? version : { ...version, twins: twins as readonly VersionUid[] };
}

beforeEach(() => {
  versions = [named(0, "first"), named(1, "mine")];
  lists = 0;
  const artifact = anArtifact("net", "model");
  const store = fakeStore({
    getVersion(_project, _name, selector) {
      const found =
        selector === "latest"
          ? versions.at(-1)
          : versions.find(({ number }) => `v${number}` === selector);
      return found === undefined
        ? Promise.reject(new CairnError("not_found", { what: "version", name: selector }))
        : Promise.resolve({ artifact, version: found } as VersionDetail);
    },
    getArtifact() {
      lists++;
      const all: ArtifactDetail = {
        artifact,
        versions: versions.map((version) => ({ version, aliases: [] })),
      };
      return Promise.resolve(all);
    },
  });
  follower = new VersionFollower(store, "digits", "net");
});

async function shown(selector: string): Promise<string> {
  const { detail, hasMoved } = await follower.load(selector);
  return `${detail.version.uid}${hasMoved ? ` at v${detail.version.number}` : ""}`;
}

it("[S3] stays with the version when another one takes its number", async () => {
  expect(await shown("v1")).toBe("mine");
  expect(await shown("v1")).toBe("mine");
  expect(lists).toBe(0);
  versions = [named(0, "first"), named(1, "theirs"), named(2, "mine")];
  const moved = await follower.load("v1");
  expect(moved).toMatchObject({ hasMoved: true, isAbsorbed: false, asked: "v1" });
  expect(describeMove(moved)).toBe(
    "What was v1 here is v2 now, as another device synced its v1 first.",
  );
  expect(await shown("v2")).toBe("mine");
  versions = [named(0, "first"), named(1, "theirs"), named(2, "more"), named(3, "mine")];
  expect(await shown("v2")).toBe("mine at v3");
});

it("[S3] goes to the version that it became one with", async () => {
  await shown("v1");
  versions = [named(0, "first", ["mine"])];
  const moved = await follower.load("v1");
  expect(moved).toMatchObject({ hasMoved: true, isAbsorbed: true });
  expect(describeMove(moved)).toContain("same content as v0");
  await shown("v0");
  versions = [named(0, "other", ["first"])];
  expect(await shown("v0")).toBe("other");
});

it("follows nothing that the address doesn't name by its number, or names anew", async () => {
  await shown("latest");
  versions = [...versions, named(2, "newer")];
  expect(await shown("latest")).toBe("newer");
  await shown("v1");
  await shown("v0");
  versions = [named(0, "first"), named(1, "theirs"), named(2, "mine")];
  expect(await shown("v1")).toBe("theirs");
});

it("says that it is gone when it is nowhere", async () => {
  await shown("v1");
  versions = [named(0, "first")];
  expect(await codeOf(follower.load("v1"))).toBe("not_found");
  versions = [named(0, "first"), named(1, "theirs")];
  expect(await shown("v1")).toBe("theirs");
});
