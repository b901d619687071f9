// The rules of identifying files by their bytes, against any IndexedDB.
import { beforeEach, describe, expect, test } from "vitest";
import { describeError } from "../../src/core/errors.ts";
import { parseArtifactName, parseProjectName } from "../../src/core/names.ts";
import { newJobId } from "../../src/protocol/jobs.ts";
import type { Identified, IdentifyProgress } from "../../src/protocol/find-api.ts";
import type { StageRequest } from "../../src/protocol/ingest.ts";
import { FileCatalog } from "../../src/service/find/file-catalog.ts";
import { identify } from "../../src/service/find/identify.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import {
  log,
  openHarness,
  stageRequests,
  type Files,
  type Harness,
} from "../support/service-harness.ts";

let tab: Harness;
beforeEach(async () => {
  tab = await openHarness();
});

async function logged(name: string, files: Files) {
  const [project = "", artifact = ""] = name.split("/");
  return log(tab.api, files, { project, name: artifact });
}

function ask(requests: readonly StageRequest[], places = 20): Promise<readonly Identified[]> {
  return tab.api.identify(newJobId(), requests, places, () => undefined);
}

/** Each answer in short: its places, such as `p/net:v1/a.txt`, or its problem. */
function short(answers: readonly Identified[]): readonly (readonly string[] | string)[] {
  return answers.map((answer) =>
    "problem" in answer
      ? describeError(answer.problem)
      : answer.places.map(
          ({ project, name, number, path, state }) =>
            `${project}/${name}:v${number}/${path}${state === "live" ? "" : " in trash"}`,
        ),
  );
}

async function identified(files: Files): Promise<readonly (readonly string[] | string)[]> {
  return short(await ask(stageRequests(files)));
}

/** As large as files that are hashed each by itself. */
function large(seed: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 100_000 }, (_, i) => (i * seed) & 255);
}

export function identifyContract(): void {
  describe("identify", () => {
    test("[Q3] says which versions and paths hold the bytes, newest first, small and large files alike", async () => {
      await logged("p/net", { "a.txt": "same", "big.bin": large(3) });
      await logged("p/net", { "b.txt": "same", "copy/c.txt": "same" });
      await logged("q/other", { "big-too.bin": large(3), x: "x" });
      const answers = await ask(stageRequests({ any: "same", none: "not here", big: large(3) }));
      expect(short(answers)).toEqual([
        ["p/net:v1/b.txt", "p/net:v1/copy/c.txt", "p/net:v0/a.txt"],
        [],
        ["q/other:v0/big-too.bin", "p/net:v0/big.bin"],
      ]);
      expect(answers[0]).toMatchObject({ id: 0, count: 3 });
      expect(answers[1]).toMatchObject({ id: 1, count: 0 });
      const manifest = await tab.api.getManifest(
        (await tab.api.getVersion("q", "other", "v0")).version.digest,
      );
      expect(answers[2]).toMatchObject({
        digest: `blake3:${Array.from(manifest.digests.slice(0, 32), (byte) => byte.toString(16).padStart(2, "0")).join("")}`,
      });
    });

    test("[Q3] stores nothing: every store is exactly as before", async () => {
      await logged("p/net", { "a.txt": "same" });
      const before = await dump(tab.ctx.db);
      const notices = tab.notices.length;
      await identified({ known: "same", new: "never seen", big: large(5), empty: "" });
      expect(await dump(tab.ctx.db)).toEqual(before);
      expect(tab.notices).toHaveLength(notices);
    });

    test("[D1] versions in the trash are found after all others; those gone for good are not", async () => {
      await logged("p/net", { "a.txt": "same" });
      const { version } = await logged("p/net", { "a.txt": "same", more: "1" });
      const target = {
        kind: "versions",
        project: parseProjectName("p"),
        name: parseArtifactName("net"),
        numbers: [version.number],
      } as const;
      expect(await identified({ a: "same" })).toEqual([["p/net:v1/a.txt", "p/net:v0/a.txt"]]);
      await tab.api.deleteVersions(target, []);
      expect(await identified({ a: "same" })).toEqual([
        ["p/net:v0/a.txt", "p/net:v1/a.txt in trash"],
      ]);
      await tab.api.emptyTrash(null);
      expect(await identified({ a: "same", b: "1" })).toEqual([["p/net:v0/a.txt"], []]);
    });

    test("a file that changed or can't be read is named, and the others are answered", async () => {
      await logged("p/net", { "a.txt": "same", "big.bin": large(7) });
      const [small, grown, big, lost] = stageRequests({
        small: "same",
        grown: "grown",
        big: large(7),
        lost: large(9),
      });
      if (small === undefined || grown === undefined || big === undefined || lost === undefined)
        throw new Error("no requests");
      const answers = await ask([
        small,
        { ...grown, sizeBytes: 2 },
        big,
        { ...lost, sizeBytes: 200_000 },
      ]);
      expect(short(answers)).toEqual([
        ["p/net:v0/a.txt"],
        "“grown” changed or disappeared while it was being read. Add it again, or remove it from the list.",
        ["p/net:v0/big.bin"],
        "“lost” changed or disappeared while it was being read. Add it again, or remove it from the list.",
      ]);
    });

    test("a file that was deleted before its size was known is not taken for an empty one", async () => {
      await logged("p/net", { "empty.txt": "", "a.txt": "a" });
      const [empty, gone] = stageRequests({ empty: "", gone: "" });
      if (empty === undefined || gone === undefined) throw new Error("no requests");
      // As browsers have it: no size, and a read that fails.
      gone.file.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
      expect(short(await ask([empty, gone]))).toEqual([
        ["p/net:v0/empty.txt"],
        "“gone” changed or disappeared while it was being read. Add it again, or remove it from the list.",
      ]);
    });

    test("answers no more places than asked for, and counts them all", async () => {
      for (let i = 0; i < 30; i++) await logged("p/net", { "a.txt": "same", other: `${i}` });
      const [answer] = await ask(stageRequests({ a: "same" }), 2);
      expect(short([answer as Identified])).toEqual([["p/net:v29/a.txt", "p/net:v28/a.txt"]]);
      expect(answer).toMatchObject({ count: 30 });
    });

    test("[Q3] beyond the room of the index it looks into the versions themselves", async () => {
      await logged("p/net", { "old.txt": "same" });
      await logged("p/net", { "new.txt": "same", "and.txt": "2" });
      const files = new FileCatalog(tab.ctx.db, 2);
      const { signal } = new AbortController();
      const requests = stageRequests({ a: "same" });
      const answers = await identify(tab.ctx, files, requests, 20, () => undefined, signal);
      expect(short(answers)).toEqual([["p/net:v1/new.txt", "p/net:v0/old.txt"]]);
    });

    test("tells how far it is, to the end, and can be cancelled", async () => {
      const requests = stageRequests({ a: "1", b: "22", big: large(11) });
      const told: IdentifyProgress[] = [];
      await tab.api.identify(newJobId(), requests, 1, (progress) => told.push(progress));
      expect(told.at(-1)).toEqual({
        filesDone: 3,
        filesTotal: 3,
        bytesDone: 100_003,
        bytesTotal: 100_003,
        reading: null,
      });
      const job = newJobId();
      const running = tab.api.identify(job, requests, 1, () => undefined);
      await tab.api.cancelJob(job);
      expect(await codeOf(running)).toBe("aborted");
    });
  });
}
