import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readyMadeRules } from "../../../src/client/pick/ignore-rules.ts";
import { takeTransfer } from "../../../src/client/pick/read-transfer.ts";
import { digestFromHex } from "../../../src/core/digest.ts";
import { CairnError } from "../../../src/core/errors.ts";
import { manifestOf } from "../../../src/core/manifest.ts";
import { parsePath } from "../../../src/core/path.ts";
import type { VersionRef } from "../../../src/core/records.ts";
import type { LogResult } from "../../../src/protocol/ingest.ts";
import { Catalog } from "../../../src/ui/ingest/catalog.ts";
import type { DraftStart } from "../../../src/ui/ingest/draft-file.ts";
import { DraftState } from "../../../src/ui/ingest/draft-state.ts";
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

function newDraft(start: DraftStart): DraftState {
  return new DraftState({
    cairn,
    catalog: new Catalog(cairn),
    project: "digits",
    rules: readyMadeRules(),
    start,
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

const logicalPaths = (draft: DraftState) => [...(draft.paths.value?.paths ?? [])].toSorted();

describe("a draft that starts from a version", () => {
  const digest = digestFromHex("0".repeat(64));
  const start = (): DraftStart => ({
    version: { project: "digits", name: "net", number: 3 } as VersionRef,
    type: "model",
    digest,
    manifest: manifestOf(
      ["config.json", "weights/a.bin", "weights/b.bin"].map((path) => ({
        path: parsePath(path),
        digest,
        size: 10,
      })),
    ),
  });

  it("is ready at once, under the version's own name, with all its files", async () => {
    const draft = newDraft(start());
    await settle();
    expect(draft.phase.value).toBe("ready");
    expect(draft.fields.input.value).toMatchObject({ project: "digits", name: "net" });
    expect(draft.files.totals.value).toMatchObject({ files: 3, stagedFiles: 3, sizeBytes: 30 });
    expect(cairn.startedFrom).toEqual([digest]);
    expect(cairn.only.requests).toEqual([]);
  });

  it("keeps, adds, removes and replaces", async () => {
    const draft = newDraft(start());
    const adding = draft.add(dropOf({ run: { "config.json": "{}", "notes.md": "new" } }));
    await settle();
    await adding;
    draft.files.remove(draft.files.all.filter(({ source }) => source === "weights/b.bin"));
    await settle();
    expect(logicalPaths(draft)).toEqual(["config.json", "notes.md", "weights/a.bin"]);
    draft.commit();
    await settle();
    expect(cairn.commits[0]?.entries).toMatchObject({
      paths: ["config.json", "notes.md"],
      base: { manifest: digest, removed: ["weights/b.bin"] },
    });
  });

  it("puts back what was removed of it", async () => {
    const draft = newDraft(start());
    draft.files.remove(draft.files.all);
    await settle();
    expect(draft.blocker.value).toBe("no_files");
    draft.files.undoRemoval();
    await settle();
    expect(draft.isReady).toBe(true);
  });

  it("starts from it again when the staging area was lost", async () => {
    cairn.open = () => Promise.reject(new CairnError("storage_failed", { reason: "gone" }));
    const draft = newDraft(start());
    await settle();
    draft.commit();
    await settle();
    cairn.open = () => Promise.resolve();
    await draft.resume();
    draft.commit();
    await settle();
    expect(cairn.startedFrom).toEqual([digest]);
    expect(logged).toHaveLength(1);
  });
});
