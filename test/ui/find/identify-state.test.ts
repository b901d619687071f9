import { expect, test } from "vitest";
import { pickAgain } from "../../../src/client/pick/pick-again.ts";
import { found, type Picked } from "../../../src/client/pick/found.ts";
import { deferred } from "../../../src/core/deferred.ts";
import type { Digest } from "../../../src/core/digest.ts";
import { CairnError } from "../../../src/core/errors.ts";
import type { IdentifyOptions } from "../../../src/client/cairn.ts";
import type { Identified } from "../../../src/protocol/find-api.ts";
import type { StageRequest } from "../../../src/protocol/ingest.ts";
import { describeTotals, linesOf } from "../../../src/ui/find/identify-lines.ts";
import { IdentifyState } from "../../../src/ui/find/identify-state.ts";

const DIGEST = `blake3:${"0".repeat(64)}` as Digest;
const PLACE = {
  project: "p",
  name: "net",
  number: 1,
  path: "a.txt",
  state: "live",
  createdAt: "2026-01-01T00:00:00.000Z",
} as never;

type Ask = (
  files: readonly StageRequest[],
  places: number,
  options: IdentifyOptions,
) => Promise<readonly Identified[]>;

/** Files named `known…` are in a hundred places, `bad…` can't be read, others are nowhere. */
const answerAll: Ask = (files) =>
  Promise.resolve(
    files.map(({ id, path }): Identified => {
      if (path.startsWith("bad")) return { id, problem: { code: "file_changed", data: { path } } };
      const isKnown = path.startsWith("known");
      const places = isKnown ? Array.from({ length: 20 }, () => PLACE) : [];
      return { id, digest: DIGEST, places, count: isKnown ? 100 : 0 };
    }),
  );

function picked(...names: string[]): Picked {
  return pickAgain(names.map((name) => found(name, new File([name], name))));
}

async function ended(state: IdentifyState): Promise<void> {
  await expect.poll(() => state.phase.value).not.toBe("running");
}

test("counts what is known, not here and unreadable, and keeps what can be logged", async () => {
  const state = new IdentifyState({ identify: answerAll }, picked("known", "new", "bad", "new2"));
  await ended(state);
  expect(state.totals()).toEqual({ files: 4, known: 1, notHere: 2, failed: 1 });
  expect(describeTotals(state.totals())).toBe("1 found, 2 not here, 1 couldn't be read.");
  expect(state.notHere().map(({ path }) => path)).toEqual(["new", "new2"]);
});

test("thousands of files are asked about in groups, and progress counts them all", async () => {
  const groups: number[] = [];
  const names = Array.from({ length: 1_200 }, (_, i) => `f${i}`);
  const identify: Ask = (files, places, options) => {
    groups.push(files.length);
    options.onProgress({
      filesDone: files.length,
      filesTotal: files.length,
      bytesDone: 10,
      bytesTotal: 20,
      reading: null,
    });
    return answerAll(files, places, options);
  };
  const state = new IdentifyState({ identify }, picked(...names));
  await ended(state);
  expect(groups).toEqual([512, 512, 176]);
  expect(state.progress.value).toMatchObject({ filesDone: 1_200, filesTotal: 1_200 });
  expect(state.totals()).toMatchObject({ files: 1_200, notHere: 1_200 });
});

test("what could not be opened is counted without being asked about", async () => {
  const problem = { code: "file_unreadable", data: { path: "x", reason: "it is locked" } } as const;
  const state = new IdentifyState(
    { identify: answerAll },
    {
      tops: [],
      read: ({ onBatch }) => {
        const problems = [{ path: "x", isFolder: false, problem }];
        onBatch({ files: [], skipped: [], problems, emptyFolders: 0 });
        return Promise.resolve();
      },
    },
  );
  await ended(state);
  expect(state.totals()).toEqual({ files: 1, known: 0, notHere: 0, failed: 1 });
});

test("after a cancel nothing more is asked, and what is known stays", async () => {
  const second = deferred<readonly Identified[]>();
  let asked = 0;
  const identify: Ask = (files, places, options) => {
    asked++;
    if (asked === 1) return answerAll(files, places, options);
    options.signal.addEventListener("abort", () => second.reject(new CairnError("aborted", {})));
    return second.promise;
  };
  const names = Array.from({ length: 1_500 }, (_, i) => `f${i}`);
  const state = new IdentifyState({ identify }, picked(...names));
  await expect.poll(() => asked).toBe(2);
  state.cancel();
  await expect(second.promise).rejects.toThrow("Cancelled");
  expect(state.phase.value).toBe("cancelled");
  expect(state.problem.value).toBeNull();
  expect(asked).toBe(2);
  expect(describeTotals(state.totals())).toBe("0 found, 512 not here, 988 not looked at.");
});

test("a failure ends it and is told", async () => {
  const identify: Ask = () => Promise.reject(new CairnError("worker_lost", { reason: "gone" }));
  const state = new IdentifyState({ identify }, picked("a"));
  await ended(state);
  expect(state.problem.value).toMatchObject({ code: "worker_lost" });
});

test("a few files show every place they have, many only the newest of each", async () => {
  const few = new IdentifyState({ identify: answerAll }, picked("known"));
  const many = new IdentifyState({ identify: answerAll }, picked("known", "a", "b", "c"));
  await Promise.all([ended(few), ended(many)]);
  const kinds = (state: IdentifyState): string =>
    linesOf(state.files, "known")
      .map((line) => (line.kind === "more" ? `+${line.count}` : (line.kind[0] ?? "")))
      .join(" ");
  expect(kinds(few)).toBe(`f${" p".repeat(20)} +80`);
  expect(kinds(many)).toBe("f p p p +97");
  expect(linesOf(many.files, "notHere")).toHaveLength(3);
  expect(linesOf(many.files, "failed")).toEqual([]);
});
