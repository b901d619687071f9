import { expect, it } from "vitest";
import { manifestOf, type Manifest } from "../../../src/core/manifest.ts";
import { parsePath } from "../../../src/core/path.ts";
import { HUB_URL } from "../../../src/core/sync/remote.ts";
import type { AwayFiles } from "../../../src/protocol/remote-api.ts";
import {
  Away,
  describeAway,
  describeShare,
  downloadCommand,
  nameOfScope,
} from "../../../src/ui/state/copies-state.ts";
import { digestOfByte } from "../../core/arbitraries.ts";

const THERE = "the dataset ada/models";

function manifestWith(files: number): Manifest {
  return manifestOf(
    Array.from({ length: files }, (_, i) => ({
      path: parsePath(`f${i}`),
      digest: digestOfByte(i),
      size: 1000,
    })),
  );
}

function away(files: number, ...groups: readonly (readonly [string | null, number[]])[]): Away {
  const found = groups.map(([where, rows]): AwayFiles => ({ where, rows: Uint32Array.from(rows) }));
  return new Away(manifestWith(files), found);
}

it("[U5] says of each file who has it", () => {
  const some = away(4, [THERE, [1]], [null, [2]]);
  expect([0, 1, 2].map((row) => some.say(row))).toEqual([
    null,
    `in ${THERE}`,
    "not in this browser",
  ]);
  expect([some.has(0), some.has(2), some.files, some.lost]).toEqual([false, true, 2, 1]);
});

it("[U5] sums up how many are where, and what becomes of them", () => {
  const said = (total: number, ...groups: Parameters<typeof away>[1][]): string =>
    describeAway(away(total, ...groups), total);
  expect(said(3, [THERE, [0, 2]])).toBe(
    `2 of 3 files (2 kB) are in ${THERE}. They come when they are opened.`,
  );
  expect(said(2, [THERE, [0, 1]])).toMatch(/^All 2 files \(2 kB\) are in/);
  expect(said(1, [THERE, [0]])).toBe(`The file (1 kB) is in ${THERE}. It comes when it is opened.`);
  expect(said(3, [THERE, [0]], [null, [1]])).toBe(
    `1 of 3 files (1 kB) is in ${THERE}. It comes when it is opened. 1 file is nowhere that Cairn knows of: add it again from a copy.`,
  );
  expect(said(3, [null, [1, 2]])).toBe(
    "2 files are nowhere that Cairn knows of: add them again from a copy.",
  );
});

it("says how much of a version is in a place", () => {
  expect(describeShare(40, { totalFiles: 40 })).toBe("all 40 files");
  expect(describeShare(12, { totalFiles: 40 })).toBe("12 of 40 files");
  expect(describeShare(0, { totalFiles: 40 })).toBe("none of 40 files");
  expect(describeShare(1, { totalFiles: 1 })).toBe("its file");
});

it("gives the line that downloads a folder, as the hub and the kind need it", () => {
  const repo = "ada/models";
  expect(downloadCommand({ hubUrl: HUB_URL, type: "model", repo }, "artifacts/d/n/v0")).toBe(
    'hf download ada/models --include "artifacts/d/n/v0/*" --local-dir .',
  );
  expect(downloadCommand({ hubUrl: "http://hub.test", type: "space", repo }, "x")).toBe(
    'HF_ENDPOINT=http://hub.test hf download ada/models --repo-type space --include "x/*" --local-dir .',
  );
});

it("names what bytes are moved of", () => {
  expect(nameOfScope({ kind: "project", project: "digits" })).toBe("digits");
  expect(nameOfScope({ kind: "artifact", project: "digits", name: "cnn" })).toBe("digits/cnn");
  const version = { project: "digits" as never, name: "cnn" as never, number: 3 as never };
  expect(nameOfScope({ kind: "version", version })).toBe("digits/cnn:v3");
});
