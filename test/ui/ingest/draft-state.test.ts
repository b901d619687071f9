import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { LogResult, DraftComparison } from "../../../src/protocol/ingest.ts";
import { readyMadeRules } from "../../../src/client/pick/ignore-rules.ts";
import { takeTransfer } from "../../../src/client/pick/read-transfer.ts";
import { Catalog } from "../../../src/ui/ingest/catalog.ts";
import { DraftState } from "../../../src/ui/ingest/draft-state.ts";
import { olderTwins } from "../../../src/ui/ingest/draft-paths.ts";
import { takesPart } from "../../../src/ui/ingest/draft-file.ts";
import { fakeEntry, fakeTransfer, type FakeTree } from "../../client/pick/fake-entries.ts";
import { FakeCairn } from "./fake-cairn.ts";

let cairn: FakeCairn;
let logged: LogResult[];

beforeEach(() => {
  vi.useFakeTimers();
  cairn = new FakeCairn();
  logged = [];
});
afterEach(() => vi.useRealTimers());

function newDraft(): DraftState {
  return new DraftState({
    cairn,
    catalog: new Catalog(cairn),
    project: "digits",
    rules: readyMadeRules(),
    start: null,
    onCommitted: (result) => logged.push(result),
  });
}

const dropOf = (tree: FakeTree) =>
  takeTransfer(
    fakeTransfer(Object.entries(tree).map(([name, node]) => fakeEntry(name, node))).transfer,
  );

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_000);
}

async function draftOf(tree: FakeTree): Promise<DraftState> {
  const draft = newDraft();
  const adding = draft.add(dropOf(tree));
  await settle();
  await adding;
  return draft;
}

const logicalPaths = (draft: DraftState) => [...(draft.paths.value?.paths ?? [])].toSorted();

describe("root and name", () => {
  it.each([
    [
      "one folder",
      { "My Model": { "a.bin": "1", sub: { b: "2" } } },
      "My-Model",
      ["a.bin", "sub/b"],
    ],
    ["one file", { "net.onnx": "1" }, "net", ["net.onnx"]],
    ["two folders", { a: { x: "1" }, b: { x: "2" } }, "", ["a/x", "b/x"]],
    ["folder and file", { a: { x: "1" }, "r.md": "2" }, "", ["r.md", "x"]],
  ])("%s", async (_, tree: FakeTree, name, paths) => {
    const draft = await draftOf(tree);
    expect(draft.fields.name.value.value).toBe(name);
    expect(logicalPaths(draft)).toEqual(paths);
  });

  it("can be moved to another root, and back", async () => {
    const draft = await draftOf({ m: { a: "1" } });
    draft.setRoot({ strip: 0, prefix: "data" });
    await settle();
    expect(logicalPaths(draft)).toEqual(["data/m/a"]);
    draft.setRoot(null);
    await settle();
    expect(logicalPaths(draft)).toEqual(["a"]);
  });
});

describe("paths", () => {
  it("[F3] names both sources of a clash, and can keep the newest", async () => {
    const draft = await draftOf({ a: { x: "1" } });
    void draft.add(dropOf({ a: { x: "22" } }));
    await settle();
    expect(draft.blocker.value).toBe("path_conflict");
    expect(draft.paths.value?.conflict?.data).toMatchObject({
      path: "x",
      first: "a/x",
      second: "a/x (drop 2)",
    });
    if (draft.paths.value !== null) draft.files.remove(olderTwins(draft.paths.value));
    await settle();
    expect(draft.blocker.value).toBeNull();
    expect(draft.files.totals.value).toMatchObject({ files: 1, sizeBytes: 2 });
  });

  it("[F1] blocks a path that can't be kept, until it is removed", async () => {
    const draft = await draftOf({ d: { "a\\b": "1", ok: "2" } });
    expect(draft.blocker.value).toBe("invalid_paths");
    const invalid = draft.files.all.filter((file) => draft.paths.value?.invalid.has(file.index));
    draft.files.remove(invalid);
    await settle();
    expect(draft.isReady).toBe(true);
  });

  it("[F2] warns of look-alikes and allows them", async () => {
    const draft = await draftOf({ d: { "A.txt": "1", "a.txt": "2" } });
    expect(draft.paths.value?.twins).toHaveLength(1);
    expect(draft.isReady).toBe(true);
  });
});

describe("staging", () => {
  it("sends at most 500 files a message, each once", async () => {
    const sizes: number[] = [];
    const { stageFiles } = cairn.store;
    vi.spyOn(cairn.store, "stageFiles").mockImplementation((uid, files) => {
      sizes.push(files.length);
      return stageFiles(uid, files);
    });
    const tree = Object.fromEntries(Array.from({ length: 1_234 }, (_, n) => [`f${n}`, "x"]));
    const draft = await draftOf({ d: tree });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(new Set(cairn.sentPaths).size).toBe(1_234);
    expect(cairn.sentPaths).toHaveLength(1_234);
    expect(draft.files.totals.value.stagedFiles).toBe(1_234);
  });

  it("forgets a removed file in the store, and sends it anew when it is put back", async () => {
    const draft = await draftOf({ d: { a: "1", b: "22" } });
    const [a] = draft.files.all;
    if (a === undefined) throw new Error("no file");
    draft.files.remove([a]);
    await settle();
    expect(cairn.only.unstaged).toHaveLength(1);
    expect(draft.files.totals.value).toMatchObject({ files: 1, leftOut: 1 });
    draft.files.undoRemoval();
    expect(draft.files.undoableCount).toBe(0);
    await settle();
    expect(cairn.sentPaths).toEqual(["d/a", "d/b", "d/a"]);
    expect(draft.isReady).toBe(true);
  });

  it("doesn't listen to news of a file's earlier sending", async () => {
    const draft = await draftOf({ d: { a: "1" } });
    cairn.stagesAtOnce = false;
    const [a] = draft.files.all;
    const earlier = a?.stageId ?? -1;
    if (a !== undefined) draft.files.remove([a]);
    draft.files.undoRemoval();
    await settle();
    cairn.only.notify({ staged: [earlier] });
    expect(a?.status).toBe("waiting");
  });

  it("[F6] leaves ignored files out, with counts, until their rule is off", async () => {
    const draft = await draftOf({ d: { ".DS_Store": "1", ".git": { config: "c" }, a: "2" } });
    expect(cairn.sentPaths).toEqual(["d/a"]);
    expect(draft.files.leftOutCounts()).toEqual(
      new Map([
        [".DS_Store", { files: 1, folders: 0 }],
        [".git/", { files: 0, folders: 1 }],
      ]),
    );
    void draft.setRules(readyMadeRules().map((rule) => ({ ...rule, isOn: false })));
    await settle();
    expect(logicalPaths(draft)).toEqual([".DS_Store", ".git/config", "a"]);
    expect(draft.files.totals.value.leftOut).toBe(0);
  });

  it("takes back files that a new rule leaves out", async () => {
    const draft = await draftOf({ d: { "a.tmp": "1", a: "2" } });
    void draft.setRules([
      ...readyMadeRules(),
      { pattern: "*.tmp", isReadyMade: false, isOn: true },
    ]);
    await settle();
    expect(cairn.only.unstaged).toHaveLength(1);
    expect(logicalPaths(draft)).toEqual(["a"]);
  });

  it("commits a file that failed and was read when tried again", async () => {
    const draft = await draftOf({ m: { a: "1", b: "2" } });
    const [, second] = cairn.only.requests;
    if (second === undefined) throw new Error("two files were staged");
    const quota = { code: "quota_exceeded", data: { neededBytes: null } } as const;
    const changed = { code: "file_changed", data: { path: "m/b" } } as const;
    cairn.only.notify({ failed: [{ id: second.id, problem: changed }], halted: quota });
    await settle();
    await draft.resume();
    cairn.only.notify({ staged: [second.id] });
    await settle();
    draft.commit();
    await settle();
    expect(cairn.commits.map(({ entries }) => entries.paths)).toEqual([["a", "b"]]);
  });

  it("is no longer halted once the store says so, even when old news came late", async () => {
    const draft = await draftOf({ m: { a: "1" } });
    const quota = { code: "quota_exceeded", data: { neededBytes: null } } as const;
    cairn.only.notify({ halted: quota });
    await draft.resume();
    cairn.only.notify({ halted: quota });
    cairn.only.notify({ halted: null });
    expect(draft.phase.value).toBe("ready");
  });

  it("halts, keeps what is staged, and goes on when told", async () => {
    cairn.stagesAtOnce = false;
    const draft = await draftOf({ d: { a: "1" } });
    cairn.only.notify({ halted: { code: "quota_exceeded", data: { neededBytes: null } } });
    expect(draft.phase.value).toBe("halted");
    await draft.resume();
    expect(cairn.only.resumed).toBe(1);
    expect(draft.phase.value).toBe("staging");
  });

  it("sends everything again when the staging area could not be opened at first", async () => {
    cairn.open = () => Promise.reject(new CairnError("storage_blocked", {}));
    const draft = await draftOf({ d: { a: "1" } });
    expect(draft.halted.value?.code).toBe("storage_blocked");
    cairn.open = () => Promise.resolve();
    await draft.resume();
    await settle();
    expect(cairn.sentPaths).toEqual(["d/a"]);
    expect(draft.isReady).toBe(true);
  });
});

describe("failures", () => {
  it("block the commit until they are removed, or the file is given again", async () => {
    cairn.stagesAtOnce = false;
    const draft = await draftOf({ d: { a: "1", b: "2", c: "3" } });
    for (const path of ["d/a", "d/b"]) cairn.fail(path, { code: "file_changed", data: { path } });
    draft.commit();
    expect(draft.isCommitWanted.value).toBe(false);
    expect(draft.blocker.value).toBe("failed");
    cairn.stagesAtOnce = true;
    void draft.add(dropOf({ d: { a: "new" } }));
    await settle();
    expect(draft.files.totals.value.failed).toBe(1);
    draft.files.remove(
      draft.files.all.filter((file) => takesPart(file) && file.status === "failed"),
    );
    cairn.only.notify({ staged: cairn.only.requests.map((request) => request.id) });
    await settle();
    expect(draft.blocker.value).toBeNull();
    expect(logicalPaths(draft)).toEqual(["a", "c"]);
  });

  it("take back a commit that waits", async () => {
    cairn.stagesAtOnce = false;
    const draft = await draftOf({ d: { a: "1" } });
    draft.commit();
    expect(draft.isCommitWanted.value).toBe(true);
    cairn.fail("d/a", { code: "file_changed", data: { path: "d/a" } });
    await settle();
    expect(draft.isCommitWanted.value).toBe(false);
    expect(cairn.commits).toHaveLength(0);
  });
});

describe("commit", () => {
  it("waits for staging and then happens by itself", async () => {
    cairn.stagesAtOnce = false;
    const draft = await draftOf({ d: { a: "1" } });
    draft.commit();
    await settle();
    expect(cairn.commits).toHaveLength(0);
    cairn.only.notify({ staged: [0] });
    await settle();
    expect(logged).toHaveLength(1);
    expect(cairn.commits[0]?.entries.paths).toEqual(["a"]);
    expect(draft.phase.value).toBe("committed");
  });

  it("can be taken back while it waits", async () => {
    cairn.stagesAtOnce = false;
    const draft = await draftOf({ d: { a: "1" } });
    draft.commit();
    draft.takeBackCommit();
    cairn.only.notify({ staged: [0] });
    await settle();
    expect(logged).toHaveLength(0);
    expect(draft.phase.value).toBe("ready");
  });

  it("holds the files that are left when one is removed right after the press", async () => {
    const draft = await draftOf({ d: { a: "1", b: "2" } });
    draft.commit();
    draft.files.remove(draft.files.all.filter((file) => file.source === "d/b"));
    await settle();
    expect(cairn.commits).toHaveLength(1);
    expect(cairn.commits[0]?.entries).toEqual({ fileIds: Uint32Array.of(0), paths: ["a"] });
  });

  it("that fails leaves the draft as it was, to be mended", async () => {
    cairn.commit = () => Promise.reject(new CairnError("storage_failed", { reason: "no" }));
    const draft = await draftOf({ d: { a: "1" } });
    draft.commit();
    await settle();
    expect(draft.commitProblem.value?.code).toBe("storage_failed");
    expect(draft.phase.value).toBe("ready");
    cairn.commit = () => Promise.resolve({});
    draft.commit();
    await settle();
    expect(logged).toHaveLength(1);
  });

  it("doesn't start with a wrong name", async () => {
    const draft = await draftOf({ d: { a: "1" } });
    draft.fields.name.type("a b");
    draft.commit();
    await settle();
    expect(draft.blocker.value).toBe("fields");
    expect(cairn.commits).toHaveLength(0);
  });

  it("[F5] doesn't start with no files", async () => {
    const draft = await draftOf({ d: { a: "1" } });
    draft.files.remove(draft.files.all);
    await settle();
    expect(draft.blocker.value).toBe("no_files");
  });
});

describe("existing names", () => {
  it("[N4] fixes the type of an existing artifact, and refuses another", async () => {
    cairn.known = [{ name: "net", type: "model", latest: 3 }];
    const draft = await draftOf({ "net.onnx": "1" });
    expect(draft.fields.type.value.value).toBe("model");
    draft.fields.type.type("dataset");
    expect(draft.fields.problems.value.type?.code).toBe("type_mismatch");
    draft.fields.type.type(null);
    expect(draft.fields.problems.value.type).toBeUndefined();
  });

  it("[N2] warns of a name that differs only in letter case", async () => {
    cairn.known = [{ name: "Net", type: "model", latest: 0 }];
    const draft = await draftOf({ "net.onnx": "1" });
    expect(draft.fields.nameTwin.value).toBe("Net");
    expect(draft.isReady).toBe(true);
  });
});

describe("comparison", () => {
  const answer = (marks: number[], sameAs = null): DraftComparison => ({
    existing: null,
    sameAs,
    marks: Uint8Array.from(marks),
    removed: ["gone"],
    newBytes: 5,
  });

  it("marks the files and counts", async () => {
    cairn.compare = () => Promise.resolve(answer([0, 1, 2]));
    const draft = await draftOf({ d: { a: "1", b: "2", c: "3" } });
    expect(draft.files.all.map((file) => file.mark)).toEqual(["unchanged", "added", "changed"]);
    expect(draft.comparison.value).toMatchObject({
      kind: "ready",
      value: { addedCount: 1, changedCount: 1 },
    });
    expect(cairn.compared).toBe(1);
  });

  it("is dropped when it comes too late", async () => {
    const answers: ((value: DraftComparison) => void)[] = [];
    cairn.compare = () => new Promise((resolve) => answers.push(resolve));
    const draft = await draftOf({ d: { a: "1" } });
    draft.fields.name.type("other");
    await settle();
    expect(answers).toHaveLength(2);
    answers[1]?.(answer([1]));
    await settle();
    answers[0]?.(answer([0]));
    await settle();
    expect(draft.files.all[0]?.mark).toBe("added");
  });

  it("waits until everything is staged", async () => {
    cairn.stagesAtOnce = false;
    const draft = await draftOf({ d: { a: "1" } });
    expect(cairn.compared).toBe(0);
    expect(draft.comparison.value.kind).toBe("none");
    cairn.only.notify({ staged: [0] });
    await settle();
    expect(cairn.compared).toBe(1);
  });
});
