// The files of a remote as texts: equal for equal things, and read back as they were.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entriesOf } from "../../../src/core/manifest.ts";
import {
  formatIndex,
  formatRemoteManifest,
  formatRound,
  manifestOfRemote,
  readIndex,
  readRemoteManifest,
  readRound,
} from "../../../src/core/sync/file-texts.ts";
import { roundPath } from "../../../src/core/sync/layout.ts";
import { readSnapshot, snapshotFiles, stateText } from "../../../src/core/sync/snapshot.ts";
import { digest } from "../arbitraries.ts";
import { CNN, digestOf, project, version, versionUid } from "./world.ts";
import {
  HEAD,
  INDEX,
  MANIFEST,
  MANIFEST_PATH,
  REMOTE,
  ROUND,
  ROUND_PATH,
  STATE,
} from "./sample-texts.ts";

describe("what is written is what is read", () => {
  test("the index", () => {
    expect(readIndex(formatIndex(INDEX), REMOTE)).toEqual(INDEX);
  });

  test("a round with every kind of change", () => {
    const READ = { ...ROUND, refused: [] };
    expect(readRound(formatRound(ROUND), ROUND_PATH, REMOTE)).toEqual(READ);
    expect(readRound(formatRound(ROUND), roundPath(ROUND, true), REMOTE)).toEqual(READ);
  });

  test("a manifest", () => {
    const read = readRemoteManifest(formatRemoteManifest(MANIFEST), MANIFEST_PATH, REMOTE);
    expect(read).toEqual(MANIFEST);
    expect([...entriesOf(manifestOfRemote(read))]).toEqual([
      { path: "a/ä.bin", size: 7, digest: digestOf(6) },
      { path: "b", size: 5, digest: digestOf(7) },
      { path: "c", size: 0, digest: digestOf(8) },
      { path: "far", ref: "s3://x/y", digest: "etag", size: 9 },
    ]);
  });

  test("a project", () => {
    const files = snapshotFiles(STATE);
    expect([...files.keys()]).toEqual([
      "artifacts/cnn",
      "artifacts/empty",
      "runs/2025-12",
      "runs/2026-01",
    ]);
    expect(readSnapshot(HEAD, files, REMOTE)).toEqual(STATE);
  });

  test("any metadata", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })),
        digest,
        (metadata, of) => {
          const given = project([
            { versions: [version("a", 0, { metadata: metadata as never, digest: of })] },
          ]);
          const read = readSnapshot(HEAD, snapshotFiles(given), REMOTE);
          expect(stateText(read)).toBe(stateText(given));
          expect(
            JSON.parse(
              JSON.stringify(read.artifacts.get(CNN)?.versions.get(versionUid("a"))?.metadata),
            ),
          ).toEqual(JSON.parse(JSON.stringify(metadata)));
        },
      ),
    );
  });
});

describe("texts", () => {
  test("equal states have equal ones, in whatever order they were made", () => {
    const turned = project(
      [...STATE.artifacts.values()].toReversed().map((each) => ({
        ...each,
        versions: new Map([...each.versions].toReversed()),
        aliases: new Map([...each.aliases].toReversed()),
        edges: new Map([...each.edges].toReversed()),
        derivations: new Map([...each.derivations].toReversed()),
      })),
      [...STATE.runs.values()].toReversed(),
    );
    expect(stateText(turned)).toBe(stateText(STATE));
    expect([...snapshotFiles(turned)]).toEqual([...snapshotFiles(STATE)]);
  });

  test("one more version is one more line, and the comma before it", () => {
    const one = project([{ versions: [version("a", 0)] }]);
    const two = project([{ versions: [version("a", 0), version("b", 1)] }]);
    const [before, after] = [one, two].map(
      (state) => new Set(snapshotFiles(state).get("artifacts/cnn")?.split("\n")),
    );
    expect([...(after ?? [])].filter((line) => before?.has(line) !== true)).toHaveLength(3);
  });

  test("they end in one line end, and say what they are", () => {
    for (const text of [formatIndex(INDEX), formatRound(ROUND), formatRemoteManifest(MANIFEST)]) {
      expect(text).toMatch(/[^\n]\n$/);
      expect(JSON.parse(text)).toMatchObject({ format: "cairn-sync", version: 1 });
    }
  });
});
