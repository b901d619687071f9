import { beforeEach, describe, expect, it } from "vitest";
import type { Json } from "../../../src/core/json.ts";
import { parseArtifactName, parseProjectName } from "../../../src/core/names.ts";
import type {
  ArtifactRecord,
  EventKind,
  EventRecord,
  RunRecord,
  TrashRecord,
  VersionDetails,
  VersionRecord,
} from "../../../src/core/records.ts";
import { parseTags } from "../../../src/core/tags.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type { NamedVersion, VersionDetail } from "../../../src/protocol/browse-api.ts";
import type { StoreApi } from "../../../src/protocol/store-api.ts";
import { Toasts } from "../../../src/ui/parts/toasts.tsx";
import type { AppState } from "../../../src/ui/state/app-state.ts";
import { UndoState } from "../../../src/ui/state/undo-state.ts";
import { wayBackFrom, type Present } from "../../../src/ui/screens/version/history-undo.ts";
import { fakeStore } from "../../support/fake-store.ts";

let calls: unknown[];
let app: AppState;

/** Answers to every call it is given a name for, and notes what it was asked. */
function storeOf(answers: Readonly<Partial<Record<keyof StoreApi, unknown>>>): StoreApi {
  return fakeStore(
    Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => [
        name,
        (...given: unknown[]) => {
          calls.push([name, ...given]);
          return Promise.resolve(answer);
        },
      ]),
    ) as Partial<StoreApi>,
  );
}

beforeEach(() => {
  calls = [];
  const toasts = new Toasts();
  const store = storeOf({
    editVersion: { description: "old", tags: ["a"] },
    setArtifactTags: undefined,
    setKeep: null,
    restore: { versions: 1, aliases: [], takenAliases: [] },
    removeRunEdge: 0,
    restoreRunEdge: true,
    removeDerivation: true,
  });
  app = { toasts, undo: new UndoState(toasts), cairn: { store } } as AppState;
});

function event(kind: EventKind, before: Json, after: Json): EventRecord {
  return { seq: 9, kind, subject: "p/net:v1", before, after } as EventRecord;
}

function present(more: Partial<VersionDetail> = {}, trash: readonly string[] = []): Present {
  const now: Pick<VersionDetail, "usedBy" | "producedBy" | "derivedFrom"> = {
    producedBy: [{ uid: "r1", name: "train" } as RunRecord],
    usedBy: { items: [], count: 0 },
    derivedFrom: [{ project: "p", name: "base", number: 0 } as NamedVersion],
  };
  const artifact: Pick<ArtifactRecord, "project" | "name" | "tags" | "keep"> = {
    project: parseProjectName("p"),
    name: parseArtifactName("net"),
    tags: parseTags(["a"]),
    keep: null,
  };
  const detail = { artifact, version: versionOf("new"), ...now, ...more } as VersionDetail;
  return { detail, trash: trash.map((uid) => ({ uid }) as TrashRecord) };
}

function versionOf(description: string): VersionDetail["version"] {
  const version: Pick<VersionRecord, "number" | keyof VersionDetails> = {
    number: 1 as VersionNumber,
    description,
    metadata: {},
    tags: [],
    pinned: false,
  };
  return version as VersionRecord;
}

const ref = { project: "p", name: "net", number: 1 };

describe("an edit", () => {
  const edited = event("version-edited", { description: "old" }, { description: "new" });

  it("[W2] is undone only from what it left", async () => {
    const back = wayBackFrom(edited, present());
    expect(back?.label).toBe("Undo");
    await back?.run(app);
    expect(calls).toEqual([["editVersion", ref, { description: "old" }, { description: "new" }]]);
  });

  it("has no way back once something newer stands there", () => {
    expect(wayBackFrom(edited, present({ version: versionOf("newer") }))).toBeNull();
  });
});

it("tags and keep rules of the artifact go back from what they are now", async () => {
  await wayBackFrom(event("artifact-edited", { tags: [] }, { tags: ["a"] }), present())?.run(app);
  const rule = { lastN: 3, olderThanDays: null };
  await wayBackFrom(event("artifact-edited", { keep: rule }, { keep: null }), present())?.run(app);
  expect(calls).toEqual([
    ["setArtifactTags", "p", "net", [], ["a"]],
    ["setKeep", "p", "net", rule, null],
  ]);
  expect(
    wayBackFrom(event("artifact-edited", { tags: [] }, { tags: ["b"] }), present()),
  ).toBeNull();
});

it("a delete is put back while its entry is in the trash", async () => {
  const deleted = event("versions-deleted", null, { trash: "t1", numbers: [0] });
  const back = wayBackFrom(deleted, present({}, ["t1"]));
  expect(back?.label).toBe("Put back");
  await back?.run(app);
  expect(calls).toEqual([["restore", "t1"]]);
  expect(wayBackFrom(deleted, present({}, ["t2"]))).toBeNull();
});

it("lines to runs go while they are there, and come back while they are gone", async () => {
  const line = { run: "r1", direction: "output" };
  await wayBackFrom(event("edge-added", null, line), present())?.run(app);
  expect(wayBackFrom(event("edge-removed", line, null), present())).toBeNull();
  await wayBackFrom(event("edge-removed", line, null), present({ producedBy: [] }))?.run(app);
  expect(wayBackFrom(event("edge-added", null, line), present({ producedBy: [] }))).toBeNull();
  expect(calls).toEqual([
    ["removeRunEdge", ref, "r1", "output"],
    ["restoreRunEdge", ref, "r1", "output"],
  ]);
});

it("a source named by hand goes while it is there", async () => {
  const added = event("derivation-added", null, { parentName: "p/base:v0" });
  await wayBackFrom(added, present())?.run(app);
  expect(calls).toEqual([["removeDerivation", ref, { project: "p", name: "base", number: 0 }]]);
  expect(wayBackFrom(added, present({ derivedFrom: [] }))).toBeNull();
});

it("what can't be taken back offers nothing, whatever it says", () => {
  expect(wayBackFrom(event("version-logged", null, null), present())).toBeNull();
  expect(wayBackFrom(event("version-edited", null, null), present())).toBeNull();
  expect(wayBackFrom(event("artifact-edited", 3, ["x"]), present())).toBeNull();
});
